import { type Cluster, type ClusterSettings, checkSettings } from "../../schema/settings";
import { clusters } from "../../settings";
import { definePlatform } from "../../stacks/platform";
import { inApp, type StackJson } from "./define";

export type Part = "network" | "cluster" | "bootstrap";

/** The parts in the order of deployment. */
export const parts: readonly Part[] = ["network", "cluster", "bootstrap"];

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

/** Text of the shipped files of a platform, by path below the output folder. */
export function synthesized(changes: Partial<ClusterSettings> = {}): Record<string, string> {
  return inApp((app) => definePlatform(app, cluster(changes)));
}

/** The three stacks of a platform. */
export function platform(changes: Partial<ClusterSettings> = {}): Record<Part, StackJson> {
  const files = synthesized(changes);
  const { name } = cluster(changes);
  const stack = (part: Part): StackJson => JSON.parse(files[`stacks/${name}-${part}/cdk.tf.json`] ?? "");
  return { network: stack("network"), cluster: stack("cluster"), bootstrap: stack("bootstrap") };
}
