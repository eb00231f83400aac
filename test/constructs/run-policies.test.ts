import { runPolicies } from "../../constructs/run-policies";

const policies = runPolicies({
  partition: "aws",
  account: "111122223333",
  nameOf: (phase) => `acme-runs-${phase}`,
  providerArn: "arn:aws:iam::111122223333:oidc-provider/app.terraform.io",
});

test("whoever plans asks, and changes nothing", () => {
  const actions = policies.plan.flatMap((statement) => statement.actions);

  expect(actions.filter((action) => !/^[a-z\d-]+:(?:Describe|Get|List)/.test(action))).toEqual([]);
  // Contents: a windows password, log events, messages, keys' use.
  expect(
    actions.filter((action) => /^(?:ec2:Get\*|logs:Get|sqs:Receive|kms:\*|secretsmanager|s3)/.test(action)),
  ).toEqual([]);
});

test("documents are within IAM's limit of 6,144 characters", () => {
  for (const statements of Object.values(policies)) {
    expect(JSON.stringify(statements).length).toBeLessThan(5_000);
  }
});
