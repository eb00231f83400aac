import { TerraformOutput } from "cdktf";

import { OidcProvider } from "../../constructs/oidc-provider";
import { define } from "../support/define";

const { resource, output } = define((stack) => {
  const { issuer } = new OidcProvider(stack, "oidc", { issuerUrl: "https://oidc.example/id/1" });
  new TerraformOutput(stack, "issuer", { value: issuer, staticId: true });
});

test("IAM takes tokens that were made for STS alone", () => {
  expect(resource.aws_iam_openid_connect_provider?.oidc.client_id_list).toEqual(["sts.amazonaws.com"]);
});

test("no thumbprint goes stale when AWS changes its certificates", () => {
  expect(resource.aws_iam_openid_connect_provider?.oidc).not.toHaveProperty("thumbprint_list");
});

test("conditions name the issuer without its scheme", () => {
  expect(output.issuer?.value).toBe('${replace("https://oidc.example/id/1", "https://", "")}');
});
