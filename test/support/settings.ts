import { type Cluster, type ClusterSettings, checkSettings } from "../../schema/settings";
import { clusters } from "../../settings";

/** The settings that ship, changed. */
export function demoWith(changes: Partial<ClusterSettings> = {}): ClusterSettings {
  const [demo] = clusters;
  if (!demo) {
    throw new Error("settings.ts names no cluster");
  }
  return { ...demo, ...changes };
}

/** The same, checked and with every default. */
export function cluster(changes: Partial<ClusterSettings> = {}): Cluster {
  const { clusters: checked, problems } = checkSettings([demoWith(changes)]);
  const [first] = checked;
  if (!first) {
    throw new Error(problems.join("\n"));
  }
  return first;
}
