import { rmSync } from "node:fs";
import { join } from "node:path";

import { partsBefore, type StackPart, stackName, stackParts } from "../../../../platform/parts";
import { CommandError } from "../../../command/failure";
import { temporaryFolder } from "../../../command/temporary-folder";
import type { Plan } from "../../../terraform/plan/plan";
import { planStack } from "../../../terraform/plan-stack";
import { requiredTerraform } from "../../../terraform/run";
import { synthesize } from "../../../terraform/synthesize";
import { broken, type Check, type CheckOutcome, holds, notAsked, together } from "../../../verify/check";
import { reviewInvocation } from "../../../verify/next-commands";
import type { Snapshot } from "../../../verify/snapshot";
import { counted, namesText } from "../../../verify/wording";
import { runsOfHcp } from "../hcp-runs";

/**
 * Plans each stack with the settings as they are, without a lock, as a review does: what an upgrade's plan would change beside the upgrade
 * is seen before.
 * @param signal - ends Terraform
 */
export function plansAreEmpty(signal: AbortSignal): Check {
  return {
    id: "plans",
    title: "plans of today",
    async run(snapshot) {
      const { settings } = snapshot;
      if (settings.backend.type === "cloud") {
        return runsOfHcp(settings, settings.backend, process.env);
      }
      try {
        const program = await requiredTerraform(settings.backend.type);
        await synthesize(signal);
        return await plansOf(snapshot, program, signal);
      } catch (thrown) {
        signal.throwIfAborted();
        if (thrown instanceof CommandError) {
          return notAsked(thrown.message.split("\n")[0] ?? "", thrown.next ?? reviewInvocation(settings, "network"));
        }
        throw thrown;
      }
    },
  };
}

async function plansOf({ settings }: Snapshot, program: string, signal: AbortSignal): Promise<CheckOutcome> {
  const folder = temporaryFolder("plans");
  const found: CheckOutcome[] = [];
  for (const part of stackParts) {
    const stack = stackName(settings.name, part);
    const earlier = partsBefore(part).map((before) => stackName(settings.name, before));
    const file = join(folder, stack);
    const { plans, problems } = await planStack(stack, { program, refresh: true, earlier, file, signal });
    rmSync(file, { force: true });
    signal.throwIfAborted();
    const [problem] = problems;
    const next = reviewInvocation(settings, part);
    if (problem) {
      const [first = ""] = problem.what.split("\n");
      return { state: "could not ask", found: `${stack} could not be planned: ${first}`, next: problem.next ?? next };
    }
    found.push(...plans.map((plan) => judgedPlan(plan, part, next)));
  }
  return joined(found);
}

/** Returns what is said of all plans in one line: what is broken before what was not asked, and the first one's next command. */
export function joined(found: readonly CheckOutcome[]): CheckOutcome {
  return (
    together(found.filter(({ state }) => state === "broken")) ??
    found.find(({ state }) => state !== "holds") ??
    holds(`empty, of ${counted(found.length, "stack")}`)
  );
}

/** Judges a plan that was made of settings which nobody has changed since they were applied. */
export function judgedPlan(plan: Plan, part: StackPart, next: string): CheckOutcome {
  const managed = plan.changes.filter(({ mode }) => mode === "managed");
  const changing = managed.filter(
    ({ action, importing, previousAddress }) =>
      !["no-op", "read"].includes(action) || importing !== undefined || previousAddress !== undefined,
  );
  if (managed.length > 0 && managed.every(({ action }) => action === "create")) {
    return notAsked(
      `${plan.stack} has no state here: its plan would make all of it`,
      `run this where the state is; ${next}`,
    );
  }
  const outputs = plan.outputs.filter(({ action }) => action !== "no-op");
  const count = changing.length + outputs.length;
  return count === 0
    ? holds(plan.stack)
    : broken(
        `${plan.stack} would change ${namesText([...changing.map(({ address }) => address), ...outputs.map(({ name }) => `output ${name}`)])}`,
        part === "network"
          ? "settings or sources were changed and not applied, or somebody changed AWS by hand"
          : "settings or sources were changed and not applied, an upgrade is under way, or somebody changed it by hand",
        next,
      );
}
