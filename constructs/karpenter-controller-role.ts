import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";

import { karpenterNamespace, karpenterRoleName } from "../platform/names";
import type { IamSettings } from "../schema/iam";
import { iamArguments } from "./iam-arguments";
import { policyDocument } from "./iam-policy";
import { type KarpenterPoliciesProps, karpenterPolicies } from "./karpenter-policies";
import type { OidcProvider } from "./oidc-provider";
import { ServiceAccountRole } from "./service-account-role";

export interface KarpenterControllerRoleProps extends KarpenterPoliciesProps {
  /** What the organization asks of it. */
  readonly iam: IamSettings;

  readonly provider: Pick<OidcProvider, "arn" | "issuer">;
}

/** The role of Karpenter's controller. */
export class KarpenterControllerRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: KarpenterControllerRoleProps) {
    super(scope, id);
    const { clusterName, iam } = props;
    const name = karpenterRoleName({ name: clusterName, iam });

    const role = new ServiceAccountRole(this, "Role", {
      name,
      iam,
      description: `Karpenter in ${clusterName}`,
      provider: props.provider,
      namespace: karpenterNamespace,
      serviceAccount: karpenterNamespace,
    });
    for (const [group, statements] of Object.entries(karpenterPolicies(props))) {
      const groupScope = new Construct(this, group);
      const policy = new IamPolicy(groupScope, "Resource", {
        ...iamArguments("iamPolicy", `${name}-${group}`, iam),
        description: `Karpenter in ${clusterName}: ${group}`,
        policy: policyDocument(...statements),
      });
      new IamRolePolicyAttachment(groupScope, "Attachment", { role: role.name, policyArn: policy.arn });
    }

    this.arn = role.arn;
  }
}
