import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";

import { accessPolicies, verifyGroup } from "../platform/names";
import type { AccessSettings } from "../schema/access";
import type { Partition } from "../schema/region";
import { principalIds } from "./principal-ids";

export interface ClusterAccessProps {
  readonly clusterName: string;

  readonly partition: Partition;

  readonly access: readonly AccessSettings[];
}

/** IAM principals that may use a cluster, and are no administrators: by a policy of EKS, by Kubernetes groups, or both. */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAccessProps) {
    super(scope, id);
    const { clusterName, partition, access } = props;
    const ids = principalIds(access.map(({ principal }) => principal));

    for (const { principal, policy, namespaces, groups } of access) {
      const grant = new Construct(this, ids(principal));
      const kubernetesGroups = policy === "verify" ? [...groups, verifyGroup] : groups;
      const entry = new EksAccessEntry(grant, "Resource", {
        clusterName,
        principalArn: principal,
        ...(kubernetesGroups.length > 0 ? { kubernetesGroups } : {}),
      });
      if (policy !== undefined && policy !== "verify") {
        new EksAccessPolicyAssociation(grant, "Policy", {
          clusterName,
          principalArn: entry.principalArn,
          policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${accessPolicies[policy]}`,
          accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces },
        });
      }
    }
  }
}
