import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";

import { clusterAdminPolicy } from "../platform/names";
import type { Partition } from "../schema/region";
import { principalIds } from "./principal-ids";

export interface ClusterAdminsProps {
  readonly clusterName: string;

  readonly partition: Partition;

  /** ARNs of IAM users and roles. */
  readonly principals: readonly string[];
}

/** IAM principals that may do everything in a cluster. */
export class ClusterAdmins extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAdminsProps) {
    super(scope, id);
    const { clusterName, partition, principals } = props;
    const ids = principalIds(principals);

    for (const principal of principals) {
      const admin = new Construct(this, ids(principal));
      const entry = new EksAccessEntry(admin, "Resource", { clusterName, principalArn: principal });
      new EksAccessPolicyAssociation(admin, "Policy", {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${clusterAdminPolicy}`,
        accessScope: { type: "cluster" },
      });
    }
  }
}
