import { projectFile } from "../../constructs/project-files";
import { withVerifyRole } from "../../scripts/verify-role";

test("docs/verify.md shows the role that Flux applies, as it is; if this fails, run npm run docs", () => {
  const page = projectFile("docs/verify.md");

  expect(withVerifyRole(page, projectFile("gitops/access/verify.yaml"))).toBe(page);
  expect(withVerifyRole(page, "other: role\n")).not.toBe(page);
});
