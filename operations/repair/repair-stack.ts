import { partsBefore, type StackPart, stackName } from "../../platform/parts";
import { showLiveLine } from "../command/progress";
import { AppliedStack } from "../terraform/applied-stack";
import type { Plan } from "../terraform/plan/plan";
import { type Collision, collisionLines, collisionsOf, isCreated } from "./collision";
import { endPendingReleases } from "./end-pending-releases";
import type { Left, RepairContext, Round } from "./repair-context";

/**
 * Plans a stack, and takes out of the way what the plan would collide with, again and again until no more can be: what was not known to
 * a plan may be so after an import.
 * @returns how many resources the stack's next apply creates; undefined if it can't be planned, since an earlier one was not applied
 */
export async function repairStack(part: StackPart, context: RepairContext): Promise<number | undefined> {
  const { connection, terraform, signal, say } = context;
  const { name } = connection.settings;
  const earlier = partsBefore(part).map((before) => stackName(name, before));
  const stack = new AppliedStack({ stack: stackName(name, part), earlier, signal, terraform, initialized: new Set() });
  const shown = new Set<string>();
  await stack.init();
  for (;;) {
    const plan = await stack.planApply();
    if ("kind" in plan) {
      say(`${stack.stack}: it waits, since ${plan.what}`);
      return undefined;
    }
    const releases = part === "bootstrap" ? await endPendingReleases(context) : { done: [], left: [] };
    const collisions = await lookedFor(plan, context);
    const created = plan.changes.filter(isCreated).length;
    const fresh = collisions.filter(({ address }) => !shown.has(address));
    if (fresh.length > 0) {
      say(`${stack.stack}: ${fresh.length} of ${created} resources that its next apply creates are there already`);
    }
    for (const collision of fresh) {
      shown.add(collision.address);
      collisionLines(collision).forEach(say);
    }
    const imports = await takeOver(stack, collisions, context);
    const done = [...releases.done, ...imports.done];
    const left = [...releases.left, ...imports.left];
    context.done.push(...done);
    if (done.length === 0) {
      context.left.push(...left);
      if (collisions.length === 0 && left.length === 0) {
        say(`${stack.stack}: nothing is in the way of its next apply, which creates ${created}`);
      }
      return created;
    }
  }
}

async function lookedFor(plan: Plan, { connection }: RepairContext): Promise<Collision[]> {
  const progress = showLiveLine("look for what is there already");
  try {
    return await collisionsOf(plan, connection, progress.phase);
  } finally {
    progress.clear();
  }
}

/** Takes over what people agree to. All are asked before anything is changed. */
async function takeOver(stack: AppliedStack, collisions: readonly Collision[], context: RepairContext): Promise<Round> {
  const { consent, say } = context;
  const agreed: Collision[] = [];
  const left: Left[] = [];
  for (const collision of collisions) {
    const { address, id, obstacle, isOurs, remove } = collision;
    if (obstacle) {
      left.push({ address, next: obstacle.next, isConfirmable: false });
    } else if (isOurs || (await consent.toOne(address, `${remove ? "Delete" : "Import"} ${address}: ${id}?`))) {
      agreed.push(collision);
    } else {
      left.push({ address, next: "see whose it is, and confirm it, or delete it", isConfirmable: true });
    }
  }
  if (agreed.length > 0 && !(await consent.toOwn())) {
    return { done: [], left: agreed.map(({ address }) => ({ address, next: "agree to it", isConfirmable: false })) };
  }
  for (const { address, id, remove } of agreed) {
    await (remove ? remove() : stack.import(address, id));
    say(`  ${remove ? "deleted" : "imported"} ${address}: ${id}`);
  }
  return { done: agreed.map(({ address }) => address), left };
}
