import { join } from "node:path";
import { planStack } from "../../operations/terraform/plan-stack";
import type { PlanningResult } from "../../operations/terraform/planning-result";
import { partsBefore, type StackPart, stackName, stackParts } from "../../platform/parts";
import type { ClusterStacks } from "./sides";
import { currentStandIns, type Place, terraformIn } from "./stacks";
import { steadyPlan } from "./steady-plan";

/** The sides of a cluster that there are; one at least. */
export interface Sides {
  readonly here: ClusterStacks | undefined;
  readonly there: ClusterStacks | undefined;
}

/**
 * Plans what a change does to a cluster of which the other side is applied. A stack that cannot be planned before another is applied
 * is planned after that, which is what makes whole plans of a cluster that is added.
 */
export async function planChange({ here, there }: Sides, place: Place): Promise<PlanningResult> {
  const stacks = here ?? there;
  if (stacks === undefined) {
    return { plans: [], problems: [] };
  }
  const mode = here === undefined ? "destroy" : "apply";
  const plan = (part: StackPart) => planPart(part, { stacks, others: there ? [there] : [], mode, place });
  const planned = new Map(
    await Promise.all(stackParts.map(async (part): Promise<[StackPart, PlanningResult]> => [part, await plan(part)])),
  );
  const applied = new Set<StackPart>();
  for (const part of stackParts.filter((one) => isBlocked(planned.get(one)))) {
    const before = partsBefore(part).filter((one) => !applied.has(one));
    for (const one of before) {
      // Where a plan failed there is nothing to apply, and what stands on it stays blocked.
      if (planned.get(one)?.problems.length !== 0) {
        return inOrder(planned);
      }
      await terraformIn(stacks, one, place).apply();
      applied.add(one);
    }
    planned.set(part, withoutReads(await plan(part)));
  }
  return inOrder(planned);
}

interface PartOptions {
  readonly stacks: ClusterStacks;
  readonly others: readonly ClusterStacks[];
  readonly mode: "apply" | "destroy";
  readonly place: Place;
}

function planPart(part: StackPart, { stacks, others, mode, place }: PartOptions): Promise<PlanningResult> {
  const { cluster, program, environment, signal } = place;
  const sides = [stacks, ...others];
  return planStack(stackName(cluster, part), {
    program,
    environment,
    signal,
    mode,
    folder: stacks[part],
    file: join(stacks[part], "plan"),
    earlier: partsBefore(part).map((before) => stackName(cluster, before)),
    refresh: true,
    rewrite: (json) => steadyPlan(json, currentStandIns(place, sides)),
  });
}

/** Returns plans that were made once what they read was applied, so that a review has nothing to say of old outputs. */
function withoutReads({ plans, problems }: PlanningResult): PlanningResult {
  return { plans: plans.map((plan) => ({ ...plan, reads: [] })), problems };
}

function isBlocked(result: PlanningResult | undefined): boolean {
  return result?.problems.some(({ kind }) => kind === "blocked") ?? false;
}

function inOrder(planned: ReadonlyMap<StackPart, PlanningResult>): PlanningResult {
  const results = stackParts.flatMap((part) => planned.get(part) ?? []);
  return { plans: results.flatMap(({ plans }) => plans), problems: results.flatMap(({ problems }) => problems) };
}
