import { projectFile } from "../../../constructs/project-files";
import { readDispositions } from "../../../scripts/security/dispositions";
import { withDispositions } from "../../../scripts/security/page";

test("docs/security.md has the dispositions as they are; if not, run npm run docs", () => {
  const page = projectFile("docs/security.md");

  expect(withDispositions(page, readDispositions())).toBe(page);
});
