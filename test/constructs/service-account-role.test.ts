import { ServiceAccountRole, type ServiceAccountRoleProps } from "../../constructs/service-account-role";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

function role(props: Partial<ServiceAccountRoleProps> = {}) {
  return define((stack) => {
    new ServiceAccountRole(stack, "dns", {
      name: "test-dns",
      iam: plainIam,
      description: "DNS records",
      provider: { arn: "arn:aws:iam::111122223333:oidc-provider/oidc.example", issuer: "oidc.example" },
      namespace: "external-dns",
      serviceAccount: "controller",
      ...props,
    });
  }).resource.aws_iam_role?.dns;
}

test("only the named service account can assume the role, and only towards STS", () => {
  const [statement] = JSON.parse(role().assume_role_policy).Statement;

  expect(statement.Principal).toEqual({ Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.example" });
  expect(statement.Condition.StringEquals).toEqual({
    "oidc.example:sub": "system:serviceaccount:external-dns:controller",
    "oidc.example:aud": "sts.amazonaws.com",
  });
});

test("a name that IAM refuses is refused at synth", () => {
  expect(() => role({ name: "a".repeat(65) })).toThrow("65 characters, AWS takes 64");
});
