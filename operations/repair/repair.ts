import { stackName, stackParts } from "../../platform/parts";
import { shortLine } from "../../platform/visible-text";
import type { Cluster } from "../../schema/settings";
import { type Call, isRead, readsOnly } from "../command/call";
import { CommandError } from "../command/failure";
import { connect } from "../connection";
import type { RepairContext } from "./repair-context";
import { repairStack } from "./repair-stack";

export interface RepairProps extends Omit<RepairContext, "connection" | "left" | "done"> {
  readonly settings: Cluster;
  /** Whether all is shown, and nobody is told that something stays in the way. Then the consent is `noConsent`. */
  readonly dryRun: boolean;
  /**
   * Opens the connection through which AWS, GitHub and the cluster are asked.
   * @default connect
   */
  readonly connector?: typeof connect;
}

/**
 * Shows what is in the way of the next apply of each stack, in their order, and on consent takes it out of the way.
 * @throws CommandError if something stays, or if the credentials are of another account
 */
export async function repair({ settings, dryRun, connector = connect, ...props }: RepairProps): Promise<void> {
  const connection = connector(settings, readsOrRepairs);
  // Terraform, which is started first, would say it stack by stack.
  await connection.identity();
  // Names, tags and contents are anybody's to write.
  const say = (line: string) => props.say(shortLine(line));
  const context: RepairContext = { ...props, say, connection, left: [], done: [] };
  const first = await firstToApply(settings.name, context);
  if (dryRun) {
    say("Nothing was changed.");
  } else {
    end(settings.name, context, first);
  }
}

/** Repairs the stacks in their order. Returns the one that has to be applied before those after it can be looked at. */
async function firstToApply(clusterName: string, context: RepairContext): Promise<string | undefined> {
  let before: string | undefined;
  for (const part of stackParts) {
    const created = await repairStack(part, context);
    const stack = stackName(clusterName, part);
    if (created === undefined) {
      return before;
    }
    if (part === "cluster" && created > 0) {
      context.say(
        `${stackName(clusterName, "bootstrap")}: it waits, since ${stack} may create what lets you in to the cluster`,
      );
      return stack;
    }
    before = stack;
  }
  return undefined;
}

/** Throws if a call would change anything but what a repair deletes: pending revisions, and the Job that installs Flux. */
function readsOrRepairs(call: Call): void {
  const isRepair =
    call.system === "kubernetes" && call.verb === "delete" && ["secrets", "jobs.batch"].includes(call.resource);
  if (!isRepair && !isRead(call)) {
    readsOnly(call);
  }
}

/**
 * Says what comes next; throws if something stays in the way.
 * @param first - the stack that has to be applied before all can be looked at
 */
function end(clusterName: string, { say, left, done, consent }: RepairContext, first: string | undefined): void {
  for (const address of consent.unneeded()) {
    say(`--confirm ${address} was not needed: nothing was asked about a resource of that address`);
  }
  if (left.length > 0) {
    throw new CommandError(`${left.map(({ address }) => address).join(", ")}: in the way of the next apply`, {
      next: nextOf(clusterName, left),
      exitCode: 2,
    });
  }
  if (first !== undefined) {
    say(`Now read npm run review -- ${clusterName}, apply ${first}, and run this again: it has not looked at all yet.`);
    return;
  }
  say(
    done.length > 0
      ? `Now read what is left to do, npm run review -- ${clusterName}, and apply it.`
      : "There is nothing to repair.",
  );
}

function nextOf(clusterName: string, left: RepairContext["left"]): string {
  const confirmable = left.filter(({ isConfirmable }) => isConfirmable).map(({ address }) => `--confirm ${address}`);
  const command = `npm run repair -- ${clusterName} --yes ${clusterName} ${confirmable.join(" ")}`;
  const steps = [...new Set(left.map(({ next }) => next))];
  return confirmable.length > 0 ? `${steps.join("; ")}: ${command}` : steps.join("; ");
}
