import { statementsOf } from "../../../operations/verify/aws-policy";
import { ciliumOperatorActions, karpenterActions } from "../../../operations/verify/role-actions";
import { platform } from "../../support/synth";

const { resource } = platform().cluster;

/** The actions that policies of Terraform's JSON allow. */
const allowed = (policies: readonly { readonly policy: string }[]) =>
  [
    ...new Set(
      policies
        .flatMap(({ policy }) => statementsOf(policy))
        .flatMap(({ Effect, Action = [] }) => (Effect === "Allow" ? Action : [])),
    ),
  ].sort();

test("the actions that verify asks IAM for are those of the cluster stack's policies", () => {
  expect(allowed(Object.values(resource["aws_iam_role_policy"] ?? {}))).toEqual(ciliumOperatorActions.toSorted());
  expect(allowed(Object.values(resource["aws_iam_policy"] ?? {}))).toEqual(karpenterActions.toSorted());
});
