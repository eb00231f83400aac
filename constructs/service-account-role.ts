import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";

import type { IamSettings } from "../schema/iam";
import { iamArguments } from "./iam-arguments";
import { policyDocument } from "./iam-policy";
import type { OidcProvider } from "./oidc-provider";

export interface ServiceAccountRoleProps {
  /** Name in AWS. */
  readonly name: string;

  /** What the organization asks of it. */
  readonly iam: IamSettings;

  readonly description: string;

  /** The cluster's identity towards IAM. */
  readonly provider: Pick<OidcProvider, "arn" | "issuer">;

  /** Namespace of the service account. */
  readonly namespace: string;

  /** Name of the service account. */
  readonly serviceAccount: string;
}

/** A role that one Kubernetes service account can assume, and nothing else. */
export class ServiceAccountRole extends Construct {
  /** ARN for the `eks.amazonaws.com/role-arn` annotation. */
  readonly arn: string;

  readonly name: string;

  constructor(scope: Construct, id: string, props: ServiceAccountRoleProps) {
    super(scope, id);
    const { name, iam, description, provider, namespace, serviceAccount } = props;

    const role = new IamRole(this, "Resource", {
      ...iamArguments("iamRole", name, iam),
      description,
      assumeRolePolicy: policyDocument({
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principal: { Federated: provider.arn },
        // Without `aud`, a token that the cluster issued for another service would do.
        conditions: {
          StringEquals: {
            [`${provider.issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
            [`${provider.issuer}:aud`]: "sts.amazonaws.com",
          },
        },
      }),
    });

    this.arn = role.arn;
    this.name = role.name;
  }
}
