import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";

import type { IamSettings } from "../schema/iam";
import type { Partition } from "../schema/region";
import { iamArguments } from "./iam-arguments";
import { NodeRole } from "./node-role";

export interface KarpenterNodesProps {
  /** Name in AWS. */
  readonly name: string;

  /** What the organization asks of it. */
  readonly iam: IamSettings;

  /** The cluster that they join. */
  readonly clusterName: string;

  readonly partition: Partition;
}

/**
 * Identity of the nodes that Karpenter launches, towards AWS and the cluster. It is not that of the managed node group, whose access
 * entry EKS makes itself, and takes away with the node group.
 */
export class KarpenterNodes extends Construct {
  readonly roleArn: string;

  readonly instanceProfile: string;

  constructor(scope: Construct, id: string, props: KarpenterNodesProps) {
    super(scope, id);
    const { name, iam, clusterName, partition } = props;

    const role = new NodeRole(this, "Role", { name, iam, partition });
    const profile = new IamInstanceProfile(this, "InstanceProfile", {
      ...iamArguments("iamInstanceProfile", name, iam),
      role: role.name,
    });
    new EksAccessEntry(this, "AccessEntry", { clusterName, principalArn: role.arn, type: "EC2_LINUX" });

    this.roleArn = role.arn;
    this.instanceProfile = profile.name;
  }
}
