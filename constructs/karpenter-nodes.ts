import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";

import type { Partition } from "../schema/region";
import { awsName } from "./aws-names";
import { NodeRole } from "./node-role";

export interface KarpenterNodesProps {
  /** Name in AWS. */
  readonly name: string;

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
    const { name, clusterName, partition } = props;

    const role = new NodeRole(this, "Role", { name, partition });
    const profile = new IamInstanceProfile(this, "InstanceProfile", {
      name: awsName("iamInstanceProfile", name),
      role: role.name,
    });
    new EksAccessEntry(this, "AccessEntry", { clusterName, principalArn: role.arn, type: "EC2_LINUX" });

    this.roleArn = role.arn;
    this.instanceProfile = profile.name;
  }
}
