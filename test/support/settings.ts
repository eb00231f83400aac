import { demoWith } from "../../rehearsal/life/demo-settings";
import { type Cluster, type ClusterSettings, checkSettings } from "../../schema/settings";

/** The demo's settings, changed, checked and with every default. */
export function cluster(changes: Partial<ClusterSettings> = {}): Cluster {
  const { clusters: checked, problems } = checkSettings([demoWith(changes)]);
  const [first] = checked;
  if (!first) {
    throw new Error(problems.join("\n"));
  }
  return first;
}
