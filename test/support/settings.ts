import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkedCluster } from "../../rehearsal/life/rehearsal";
import type { Cluster, ClusterSettings } from "../../schema/settings";

/** The demo's settings, changed, checked and with every default. */
export function cluster(changes: Partial<ClusterSettings> = {}): Cluster {
  return checkedCluster(demoWith(changes));
}
