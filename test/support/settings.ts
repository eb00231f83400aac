import { type Cluster, type ClusterSettings, checkSettings } from "../../schema/settings";
import { demo } from "./demo";

/** The demo's settings, changed. */
export function demoWith(changes: Partial<ClusterSettings> = {}): ClusterSettings {
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
