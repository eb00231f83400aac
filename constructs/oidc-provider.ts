import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export interface OidcProviderProps {
  /** URL of the cluster's issuer. */
  readonly issuerUrl: string;
}

/** Identity of a cluster towards IAM: its service accounts can assume roles (IRSA). */
export class OidcProvider extends Construct {
  readonly arn: string;

  /** Issuer without `https://`, as IAM writes condition keys. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    // No thumbprints: IAM trusts the issuers of EKS by their certificate authorities.
    const provider = new IamOpenidConnectProvider(this, "Resource", {
      url: props.issuerUrl,
      clientIdList: ["sts.amazonaws.com"],
    });

    this.arn = provider.arn;
    this.issuer = Fn.replace(props.issuerUrl, "https://", "");
  }
}
