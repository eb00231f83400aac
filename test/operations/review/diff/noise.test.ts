import { readableChange } from "../../../../operations/review/diff/change";
import { changed, policy, statement } from "../../../support/plan";

test.each([
  ["a reordered set", "aws_vpc", "security_group_ids", ["a", "b"], ["b", "a"], /order/],
  [
    "a reordered set in a block",
    "aws_vpc",
    "vpc_config",
    [{ subnet_ids: ["a", "b"] }],
    [{ subnet_ids: ["b", "a"] }],
    /order/,
  ],
  ["JSON written differently", "aws_sqs_queue", "settings", '{"a":1,"b":[2]}', '{ "b": [2], "a": 1 }', /JSON/],
  ["null that becomes empty", "aws_vpc", "labels", null, {}, /null and empty/],
  ["an empty list that becomes null", "aws_vpc", "labels", [], null, /null and empty/],
  [
    "a policy in another order",
    "aws_iam_policy",
    "policy",
    policy(statement("A", "a", "b"), statement("B", "c")),
    policy({ ...statement("B"), Action: "c" }, statement("A", "b", "a")),
    /differently/,
  ],
  ["Helm values with a comment", "helm_release", "values", ["a: 1"], ["# why\na: 1"], /differently/],
])("%s is noise, and why is said", (_, type, attribute, before, after, why) => {
  const { noise, allNoise } = readableChange(
    changed(`${type}.main`, "update", { [attribute]: before }, { [attribute]: after }),
  );

  expect(noise).toEqual([{ path: attribute, why: expect.stringMatching(why) }]);
  expect(allNoise).toBe(true);
});

test.each([
  ["a list whose order may matter", "aws_vpc", "command", ["a", "b"], ["b", "a"], {}],
  [
    "a list of another provider's with the name of a set of AWS's",
    "acme_rule",
    "source_ids",
    ["a", "b"],
    ["b", "a"],
    {},
  ],
  ["a text that becomes empty", "aws_vpc", "description", "a", "", {}],
  ["JSON with another value", "aws_sqs_queue", "settings", '{"a":1}', '{"a":"1"}', {}],
  [
    "a set that will be known after the apply",
    "aws_vpc_endpoint",
    "subnet_ids",
    ["a"],
    undefined,
    { after_unknown: { subnet_ids: true } },
  ],
  ["a secret in a set", "aws_vpc", "login_ids", ["a"], ["b"], { after_sensitive: { login_ids: true } }],
])("%s is no noise", (_, type, attribute, before, after, masks) => {
  const resource = changed(`${type}.main`, "update", { [attribute]: before }, { [attribute]: after }, masks);

  expect(readableChange(resource)).toMatchObject({ noise: [], allNoise: false });
});

test.each([{ importing: { id: "a" } }, { previous_address: "aws_vpc.old" }])(
  "an update that is noise is still told with %j",
  (more) => {
    expect(readableChange(changed("aws_vpc.main", "update", { a: null }, { a: [] }, more)).allNoise).toBe(false);
  },
);
