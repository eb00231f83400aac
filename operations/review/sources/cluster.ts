import { rmSync } from "node:fs";
import { join } from "node:path";

import { interruptible } from "../../command/interruption";
import { plansFolder } from "../../command/temporary-folder";
import { settingsOf } from "../../command/cluster-settings";
import { run } from "../../terraform/run";
import type { Planned } from "../../terraform/planned";
import { selected } from "./selection";
import { plannedStack } from "../../terraform/plan-stack";

export interface ClusterOptions {
  /** Stacks that are asked for; all, if none is. */
  readonly stacks: readonly string[];
  /** Whether Terraform looks at what is really there. */
  readonly refresh: boolean;
  /** `terraform`, or `tofu`. */
  readonly program: string;
}

/** The stacks of a cluster, in the order of apply. */
const parts = ["network", "cluster", "bootstrap"];

/**
 * Synthesizes the stacks of a cluster and plans them one after the other.
 * @throws if the cluster is not in the settings, if these are wrong, or if somebody interrupts
 */
export async function plannedCluster(cluster: string, options: ClusterOptions): Promise<Planned> {
  const { name } = settingsOf(cluster);
  const stacks = parts.map((part) => ({ stack: `${name}-${part}` }));
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

/** By the program of its own: it loads CDKTF, which takes longer than all else here. */
export async function synthesize(signal: AbortSignal): Promise<void> {
  const { code, errors } = await run(process.execPath, [join("scripts", "run.mjs"), "main.ts"], { signal });
  if (code !== 0) {
    throw new Error(`synth failed\n\n${errors.trim()}`);
  }
}
