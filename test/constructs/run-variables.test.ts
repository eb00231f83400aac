import { RunVariables } from "../../constructs/run-variables";
import { define } from "../support/define";

test("the variables are of the environment, where HCP Terraform looks for them", () => {
  const { resource } = define((stack) => {
    const roleArns = { plan: "arn:plan", apply: "arn:apply" };
    new RunVariables(stack, "variables", {
      name: "acme-workspaces-aws-111122223333",
      account: "111122223333",
      roleArns,
    });
  });
  const variables = Object.values(resource["tfe_variable"] ?? {}).map(({ key, value, category }) => [
    key,
    value,
    category,
  ]);

  expect(variables.sort()).toEqual([
    ["TFC_AWS_APPLY_ROLE_ARN", "arn:apply", "env"],
    ["TFC_AWS_PLAN_ROLE_ARN", "arn:plan", "env"],
    ["TFC_AWS_PROVIDER_AUTH", "true", "env"],
  ]);
});
