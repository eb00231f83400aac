import { TerraformOutput } from "cdktf";

import { githubTokenState } from "../../constructs/github-token-state";
import { define } from "../support/define";

test("it looks for the variable's name, and hands no value on", () => {
  const { data, output } = define((stack) => {
    new TerraformOutput(stack, "token", { value: githubTokenState(stack, "variables", "ws-1"), staticId: true });
  });

  expect(data["tfe_variables"]).toMatchObject({ variables: { workspace_id: "ws-1" } });
  expect(output["token"]?.value).toMatch(/^\$\{contains\(.*\.name.*, "GITHUB_TOKEN"\) \? "is set" : "is missing: /);
  expect(output["token"]?.value).not.toMatch(/\.value\b/);
});
