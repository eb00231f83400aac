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
 * What the nodes that Karpenter launches are towards AWS and the cluster. Not the role of the managed node group: EKS makes that one's
 * access entry itself, and takes it away with the node group.
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
