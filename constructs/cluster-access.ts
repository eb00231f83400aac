import { Construct } from "constructs";

import { type AccessSettings, accessPolicyOf, kubernetesGroupsOf } from "../schema/access";
import type { Partition } from "../schema/region";
import { AccessEntry } from "./access-entry";
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

    for (const one of access) {
      const { principal, namespaces } = one;
      const rights = { policy: accessPolicyOf(one), namespaces, groups: kubernetesGroupsOf(one) };
      new AccessEntry(this, ids(principal), { clusterName, partition, principal, ...rights });
    }
  }
}
