import { useAwsAccount } from "../../constructs/providers";
import { RunIdentityProvider } from "../../constructs/run-identity-provider";
import { newestRelease } from "../../releases/all";
import { define } from "../support/define";

function identity(mode: "create" | "existing") {
  return define((stack) => {
    const provider = useAwsAccount(stack, {
      account: "111122223333",
      region: "eu-central-1",
      release: newestRelease.name,
    });
    const organization = { organization: "acme", hostname: "app.eu.terraform.io" };
    new RunIdentityProvider(stack, "host", { organization, mode, provider });
  });
}

test("an account knows runs by the address of their host, and takes identities that are for it alone", () => {
  expect(identity("create").resource["aws_iam_openid_connect_provider"]).toMatchObject({
    host: { url: "https://app.eu.terraform.io", client_id_list: ["aws.workload.identity"] },
  });
});

test("one that is there is read, and a plan ends if it does not take what runs have", () => {
  const { resource, data } = identity("existing");

  expect(resource["aws_iam_openid_connect_provider"]).toBeUndefined();
  expect(data["aws_iam_openid_connect_provider"]?.["host"]).toMatchObject({
    url: "https://app.eu.terraform.io",
    lifecycle: {
      postcondition: [
        {
          condition: '${contains(self.client_id_list, "aws.workload.identity")}',
          error_message: expect.stringContaining("aws iam add-client-id-to-open-id-connect-provider"),
        },
      ],
    },
  });
});
