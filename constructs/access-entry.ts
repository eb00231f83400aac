import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";

import type { Partition } from "../schema/region";

export interface AccessEntryProps {
  readonly clusterName: string;

  readonly partition: Partition;

  /** ARN of an IAM user or role. */
  readonly principal: string;

  /**
   * Name of an access policy of EKS's.
   * @default - none: groups give rights
   */
  readonly policy?: string | undefined;

  /**
   * Namespaces in which the policy holds.
   * @default - all
   */
  readonly namespaces?: readonly string[] | undefined;

  /**
   * Kubernetes groups.
   * @default []
   */
  readonly groups?: readonly string[];
}

/** Lets somebody use a cluster. */
export class AccessEntry extends Construct {
  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    const { clusterName, partition, principal, policy, namespaces, groups = [] } = props;

    const entry = new EksAccessEntry(this, "Resource", {
      clusterName,
      principalArn: principal,
      // Left out, it would leave somebody in the groups that the entry has.
      kubernetesGroups: [...groups],
    });
    if (policy !== undefined) {
      new EksAccessPolicyAssociation(this, "Policy", {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
        accessScope:
          namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
      });
    }
  }
}
