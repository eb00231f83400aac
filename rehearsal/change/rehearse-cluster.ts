import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { showProgress } from "../../operations/command/progress";
import type { PlanningResult } from "../../operations/terraform/planning-result";
import { stackName, stackParts } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { machineEnvironment } from "../world/environment";
import { inWorld } from "../world/up";
import { applyChange } from "./apply-change";
import { applyBase, initializeAhead } from "./base";
import { type ClusterSides, planChange } from "./plan-change";
import type { Place } from "./stacks";
import { settingsInStacks, worldCluster } from "./world-cluster";

/** Below the folder of a rehearsal: a world for each cluster. */
export const worldsFolder = "worlds";

export interface ClusterRehearsal {
  readonly name: string;
  /** The settings of this working tree; nothing if it has no such cluster. */
  readonly cluster: Cluster | undefined;
  readonly sides: ClusterSides;
  /** Where plans and state are kept, and the world. */
  readonly folder: string;
  /** `terraform`, or `tofu`. */
  readonly program: string;
  readonly apply: boolean;
  readonly signal: AbortSignal;
}

export interface RehearsedCluster {
  readonly planned: PlanningResult;
  /** What went wrong, be it before the change was planned or when it was applied; undefined if nothing did. */
  readonly failure: unknown;
}

/** Rehearses what a change does to one cluster, in a world of its own that ends with it. */
export async function rehearseCluster(rehearsal: ClusterRehearsal): Promise<RehearsedCluster> {
  const { name, sides, folder, program, apply, signal } = rehearsal;
  const { here, there } = sides;
  const cluster = worldCluster(rehearsal.cluster, there && settingsInStacks(name, there));
  const plans = join(folder, "plans");
  mkdirSync(plans, { recursive: true });
  const both = [there, here].flatMap((stacks) => stacks ?? []);
  const environment = machineEnvironment(process.env);
  const ahead = initializeAhead(both, { program, environment, signal }).catch(() => undefined);
  process.stderr.write(`${name}: plans and logs are in ${folder}\n`);
  let rehearsed: RehearsedCluster | undefined;
  await inWorld({ folder: join(folder, worldsFolder, name), cluster, signal }, async (world) => {
    const place: Place = {
      cluster: name,
      plans,
      states: join(folder, "state"),
      program,
      environment: world.environment,
      signal,
    };
    const progress = showProgress(`rehearsal ${name}`);
    try {
      await ahead;
      if (there !== undefined) {
        await applyBase(there, place, (part) =>
          progress.phase(`terraform apply ${part}, as the other commit makes it`),
        );
      }
    } finally {
      progress.clear();
    }
    const planned = await planChange(sides, place);
    rehearsed = { planned, failure: apply ? await failureOf(() => applyChange(sides, world, place, tell)) : undefined };
  });
  signal.throwIfAborted();
  return rehearsed ?? { planned: { plans: [], problems: [] }, failure: undefined };
}

/** Returns what comes of a cluster of which both sides make the same. */
export function stays(cluster: string): RehearsedCluster {
  const nothing = {
    changes: [],
    deferred: [],
    invocations: [],
    drift: [],
    relevant: [],
    outputs: [],
    failedChecks: [],
  };
  const plans = stackParts.map((part) => ({
    ...nothing,
    stack: stackName(cluster, part),
    terraformVersion: "",
    place: undefined,
    incomplete: undefined,
    reads: [],
  }));
  return { planned: { plans, problems: [] }, failure: undefined };
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Returns what an action throws, so that the report of what was planned comes all the same. */
async function failureOf(act: () => Promise<void>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}
