import { useAwsAccount } from "../../constructs/providers";
import { RunRoles } from "../../constructs/run-roles";
import type { RunPhase } from "../../platform/hcp";
import { newestRelease } from "../../releases/all";
import { define } from "../support/define";

test("each phase has a role of its own, which whole identities assume, and no pattern", () => {
  const { resource } = define((stack) => {
    new RunRoles(stack, "runs", {
      organization: { organization: "acme" },
      account: "111122223333",
      partition: "aws",
      iam: { path: "/", namePrefix: "" },
      provider: useAwsAccount(stack, { account: "111122223333", region: "eu-central-1", release: newestRelease.name }),
      identityProviderArn: "arn:host",
      subjects: (phase: RunPhase) => [`of ${phase}`],
    });
  });
  const roles = Object.values(resource["aws_iam_role"] ?? {});
  const conditions = roles.map(({ assume_role_policy: trust }) => JSON.parse(trust).Statement[0].Condition);

  expect(roles.map(({ name, provider }) => `${name} ${provider}`).sort()).toEqual([
    "acme-runs-apply aws.account_111122223333",
    "acme-runs-plan aws.account_111122223333",
  ]);
  expect(conditions).toEqual(
    expect.arrayContaining(
      ["plan", "apply"].map((phase) => ({
        StringEquals: { "app.terraform.io:aud": "aws.workload.identity", "app.terraform.io:sub": [`of ${phase}`] },
      })),
    ),
  );
});
