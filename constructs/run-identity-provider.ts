import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { hostOf, type Organization, runAudience } from "../platform/hcp";

export interface RunIdentityProviderProps {
  readonly organization: Organization;

  /** Whether it is made, or there already. */
  readonly mode: "create" | "existing";

  /** The account's AWS provider. */
  readonly provider: TerraformProvider;
}

/** That by which an account knows the runs of a host. An account has one for each host. */
export class RunIdentityProvider extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: RunIdentityProviderProps) {
    super(scope, id);
    const { organization, mode, provider } = props;
    const url = `https://${hostOf(organization)}`;
    if (mode === "create") {
      // No thumbprints: IAM trusts by its own list of certificate authorities.
      this.arn = new IamOpenidConnectProvider(this, "Resource", { provider, url, clientIdList: [runAudience] }).arn;
      return;
    }
    const found = new DataAwsIamOpenidConnectProvider(this, "Resource", { provider, url });
    found.lifecycle = {
      postcondition: [
        {
          condition: `\${contains(self.client_id_list, "${runAudience}")}`,
          errorMessage: `The identity provider ${url} of this account takes no identities for ${runAudience}, which runs have. Let it: aws iam add-client-id-to-open-id-connect-provider --client-id ${runAudience} --open-id-connect-provider-arn <its ARN>`,
        },
      ],
    };
    this.arn = found.arn;
  }
}
