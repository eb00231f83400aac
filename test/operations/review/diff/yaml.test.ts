import { yamlScalar } from "../../../../operations/review/diff/yaml";
import { Sensitive, Unknown } from "../../../../operations/terraform/plan/value";

test.each([
  ["known after apply", new Unknown()],
  ["sensitive value", new Sensitive(true)],
])("text that reads '%s' stands between quotes, or it would look like a value that is not shown", (text, hidden) => {
  expect(yamlScalar(text)).toBe(`"${text}"`);
  expect(yamlScalar(hidden)).toBe(text);
});
