import type { Construct } from "constructs";

import type { IamSettings } from "../schema/iam";
import { dnsSuffixOf, type Partition } from "../schema/region";
import { ServiceRole } from "./service-role";

export interface NodeRoleProps {
  /** Name in AWS: `systemNodeRoleName` or `karpenterNodeRoleName` of platform/names.ts. */
  readonly name: string;

  /** What the organization asks of it. */
  readonly iam: IamSettings;

  readonly partition: Partition;
}

/** Role of worker nodes: to join, pull images and be reached by Session Manager. Network interfaces are Cilium's operator's business. */
export class NodeRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id, {
      ...props,
      description: "Worker nodes",
      service: `ec2.${dnsSuffixOf(props.partition)}`,
      managedPolicies: {
        worker: "AmazonEKSWorkerNodePolicy",
        registry: "AmazonEC2ContainerRegistryPullOnly",
        ssm: "AmazonSSMManagedInstanceCore",
      },
    });
  }
}
