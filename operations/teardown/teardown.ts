import { workspacesStackName } from "../../platform/hcp";
import { stackName, stackParts } from "../../platform/parts";
import { systemClock } from "../command/clock";
import { CommandError } from "../command/failure";
import type { Connection } from "../connection";
import { mainResources } from "./main-resources";
import { preview } from "./preview";
import type { TeardownProps } from "./props";
import { runStep } from "./run-step";
import { isProtected } from "./steps/deletion-protection";
import { disksIn, remainingDisks } from "./steps/volumes";
import { whatStays } from "./what-stays";

/**
 * Shows what is left of a cluster, and takes it down step by step.
 * @throws StepTimeout, or another CommandError
 */
export async function teardown(props: TeardownProps): Promise<void> {
  const { settings, disableDeletionProtection, dryRun, stacks } = props;
  const { cluster, steps, context, isEmpty } = await preview(props);
  const { connection, ownership, objects, say } = context;
  if (cluster && isProtected(cluster) && !disableDeletionProtection) {
    throw new CommandError(`deletion protection of ${settings.name} is on`, {
      next: "--disable-deletion-protection switches it off",
      exitCode: 2,
    });
  }
  // Where something is there, what will stay is told from it only once it is gone.
  if (dryRun && !isEmpty) {
    say("Nothing was changed.");
    return;
  }
  // Most disks have no tag of the cluster's: once their PersistentVolumes are gone, nothing else tells whose they are.
  const known = objects ? await disksIn(objects) : new Map<string, string>();
  if (!isEmpty && steps.length > 0) {
    await props.confirm();
    for (const [index, step] of steps.entries()) {
      say(`${index + 1}/${steps.length} ${step.title}`);
      await runStep(step, context, props.clock ?? systemClock);
    }
  }
  const disks = await remainingDisks(connection, known);
  if (disks.length > 0) {
    say(`Disks of PersistentVolumeClaims stay, with their data: ${disks.map(({ text }) => text).join(", ")}`);
    say(`  One that nobody needs: aws ec2 delete-volume --region ${settings.region} --volume-id ${disks[0]?.id}`);
  }
  const next = stacks ? undefined : await nextToDestroy(connection);
  if (next !== undefined) {
    say(next);
    return;
  }
  const stays = [...ownership.leftAlone(), ...(await whatStays(connection))];
  stays.forEach(say);
  const exception = stays.length > 0 ? ", but for what is said above" : "";
  say(isEmpty ? `Nothing is there of ${settings.name}${exception}.` : doneText(props, exception));
}

function doneText({ settings, stacks }: TeardownProps, exception: string): string {
  const { name, repository, backend, controlPlane } = settings;
  if (!stacks) {
    return `Nothing is left of ${name} that only tags find${exception}.`;
  }
  const archived =
    repository.mode === "create" ? ` The repository ${repository.owner}/${repository.name} stays, archived.` : "";
  const key = exception === "" ? keyText(controlPlane.secretsKeyArn) : "";
  const workspaces =
    backend.type === "cloud"
      ? ` Its workspaces can go: take it out of settings.ts, and apply ${workspacesStackName(backend)}.`
      : "";
  return `${name} is taken down${exception}.${key}${archived}${workspaces}`;
}

function keyText(secretsKeyArn: string | undefined): string {
  return secretsKeyArn === undefined
    ? " Its KMS key, if it had one still, is deleted in 30 days."
    : ` The KMS key ${secretsKeyArn} stays as it is.`;
}

/** Returns what those who destroy elsewhere do next: the last stack that stands, since it keeps the ones before it from going. */
async function nextToDestroy(connection: Connection): Promise<string | undefined> {
  const { name } = connection.settings;
  for (const part of stackParts.toReversed()) {
    if ((await mainResources[part].find(connection)).length > 0) {
      return `Now destroy ${stackName(name, part)}, and run this again: it deletes what that leaves, and says what is next.`;
    }
  }
  return undefined;
}
