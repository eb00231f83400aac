import type { Cluster } from "./cluster";
import type { CloudSettings } from "./run-roles";

/** A cluster whose state and runs are in HCP Terraform. */
export type CloudCluster = Cluster & { readonly backend: CloudSettings };

export function isInCloud(cluster: Cluster): cluster is CloudCluster {
  return cluster.backend.type === "cloud";
}
