import { rmSync } from "node:fs";
import { join } from "node:path";

import { stackName, stackParts } from "../../../platform/parts";
import { settingsOf } from "../../command/cluster-settings";
import { interruptible } from "../../command/interruption";
import { plansFolder } from "../../command/temporary-folder";
import { plannedStack } from "../../terraform/plan-stack";
import type { Planned } from "../../terraform/planned";
import { synthesize } from "../../terraform/synthesize";
import { selected } from "./selection";

export interface ClusterOptions {
  /** Stacks that are asked for; all, if none is. */
  readonly stacks: readonly string[];
  /** Whether Terraform looks at what is really there. */
  readonly refresh: boolean;
  /** `terraform`, or `tofu`. */
  readonly program: string;
}

/**
 * Synthesizes the stacks of a cluster and plans them one after the other.
 * @throws if the cluster is not in the settings, if these are wrong, or if somebody interrupts
 */
export async function plannedCluster(cluster: string, options: ClusterOptions): Promise<Planned> {
  const { name } = settingsOf(cluster);
  const stacks = stackParts.map((part) => ({ stack: stackName(name, part) }));
  const asked = selected(stacks, options.stacks);
  return interruptible("interrupted", async (signal) => {
    await synthesize(signal);
    return plannedStacks(stacks, asked, options, signal);
  });
}

async function plannedStacks(
  stacks: readonly { readonly stack: string }[],
  asked: readonly { readonly stack: string }[],
  { program, refresh }: ClusterOptions,
  signal: AbortSignal,
): Promise<Planned> {
  const folder = plansFolder();
  const planned: Planned[] = [];
  for (const { stack } of asked) {
    const place = stacks.findIndex((other) => other.stack === stack);
    const earlier = stacks.slice(0, place).map((other) => other.stack);
    const file = join(folder, stack);
    planned.push(await plannedStack(stack, { program, refresh, earlier, file, signal }));
    rmSync(file, { force: true });
  }
  return { plans: planned.flatMap(({ plans }) => plans), problems: planned.flatMap(({ problems }) => problems) };
}
