import type { StackPart } from "../../platform/parts";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkedCluster } from "../../rehearsal/life/rehearsal";
import type { ClusterSettings } from "../../schema/settings";
import { definePlatform } from "../../stacks/platform";
import { inApp, type StackJson } from "./define";

/** Text of the shipped files of a platform, by path below the output folder. */
export function synthesized(changes: Partial<ClusterSettings> = {}): Record<string, string> {
  return inApp((app) => definePlatform(app, checkedCluster(demoWith(changes))));
}

const platforms = new Map<string, Record<StackPart, StackJson>>();

/** The three stacks of a platform, which tests do not change: they are made once for the same settings. */
export function platform(changes: Partial<ClusterSettings> = {}): Record<StackPart, StackJson> {
  const key = JSON.stringify(changes);
  const known = platforms.get(key) ?? stacksOf(changes);
  platforms.set(key, known);
  return known;
}

function stacksOf(changes: Partial<ClusterSettings>): Record<StackPart, StackJson> {
  const files = synthesized(changes);
  const { name } = demoWith(changes);
  const stack = (part: StackPart): StackJson => JSON.parse(files[`stacks/${name}-${part}/cdk.tf.json`] ?? "");
  return { network: stack("network"), cluster: stack("cluster"), bootstrap: stack("bootstrap") };
}
