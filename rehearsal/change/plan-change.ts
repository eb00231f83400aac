import { join } from "node:path";
import { planStack } from "../../operations/terraform/plan-stack";
import type { PlanningResult } from "../../operations/terraform/planning-result";
import { partsBefore, type StackPart, stackName, stackParts } from "../../platform/parts";
import type { ClusterStacks } from "./sides";
import { currentStandIns, type Place, terraformIn } from "./stacks";
import { steadyPlan } from "./steady-plan";

/** The sides of a cluster that there are; one at least. */
export interface ClusterSides {
  readonly here: ClusterStacks | undefined;
  readonly there: ClusterStacks | undefined;
}

/**
 * Plans what a change does to a cluster of which the other side is applied. A stack that reads what the change makes of another is planned
 * after that was applied: so a cluster that is added has whole plans, and a change that comes through an output is not missed.
 */
export async function planChange({ here, there }: ClusterSides, place: Place): Promise<PlanningResult> {
  const stacks = here ?? there;
  if (stacks === undefined) {
    return { plans: [], problems: [] };
  }
  const mode = here === undefined ? "destroy" : "apply";
  const plan = (part: StackPart) => planPart(part, { stacks, others: there ? [there] : [], mode, place });
  const planned = new Map(
    await Promise.all(stackParts.map(async (part): Promise<[StackPart, PlanningResult]> => [part, await plan(part)])),
  );
  if (mode === "apply") {
    await planAgainInOrder(planned, plan, (part) => terraformIn(stacks, part, place).apply());
  }
  const results = stackParts.flatMap((part) => planned.get(part) ?? []);
  return { plans: results.flatMap(({ plans }) => plans), problems: results.flatMap(({ problems }) => problems) };
}

/** Plans again what was planned with old outputs, or could not be without new ones, as far as the stacks before it can be applied. */
async function planAgainInOrder(
  planned: Map<StackPart, PlanningResult>,
  plan: (part: StackPart) => Promise<PlanningResult>,
  apply: (part: StackPart) => Promise<void>,
): Promise<void> {
  const applied = new Set<StackPart>();
  for (const part of stackParts) {
    const before = partsBefore(part);
    if (!before.some((one) => changesOutputs(planned.get(one)))) {
      continue;
    }
    for (const one of before.filter((earlier) => !applied.has(earlier))) {
      if (!canBeApplied(planned.get(one))) {
        return;
      }
      await apply(one);
      applied.add(one);
    }
    planned.set(part, withoutReads(await plan(part)));
  }
}

function changesOutputs(result: PlanningResult | undefined): boolean {
  return result?.plans.some(({ outputs }) => outputs.some(({ action }) => action !== "no-op")) ?? false;
}

/** Returns whether a plan is whole and destroys nothing: what others stand on goes only after they do, and AWS refuses it for long. */
function canBeApplied(result: PlanningResult | undefined): boolean {
  const destroys = result?.plans.some(({ changes }) =>
    changes.some(({ action }) => action === "delete" || action === "replace"),
  );
  return result?.problems.length === 0 && destroys === false;
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
