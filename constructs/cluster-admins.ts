import { Construct } from "constructs";

import { clusterAdminPolicy } from "../platform/names";
import type { Partition } from "../schema/region";
import { AccessEntry } from "./access-entry";
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
      new AccessEntry(this, ids(principal), { clusterName, partition, principal, policy: clusterAdminPolicy });
    }
  }
}
