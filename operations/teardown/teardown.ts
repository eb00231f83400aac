import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { stackName, stackParts } from "../../platform/parts";
import { visibleLine } from "../../platform/visible-text";
import type { Cluster } from "../../schema/settings";
import { readsOnly } from "../command/call";
import { type Clock, systemClock } from "../command/clock";
import { CommandError } from "../command/failure";
import { type Progress, showLiveLine } from "../command/progress";
import { type Connection, connect } from "../connection";
import type { TerraformProps } from "../terraform/applied-stack";
import { type FoundCluster, findCluster } from "./find-cluster";
import { mainResources } from "./main-resources";
import { ownershipOf } from "./ownership";
import { runStep } from "./run-step";
import { type Obstacle, obstacleText, type Step, type TeardownContext } from "./step";
import { isProtected } from "./steps/deletion-protection";
import { diskIdsIn, remainingDisks, volumeClaimNames } from "./steps/volumes";
import { type StepsInOrderProps, stepsInOrder } from "./steps-in-order";

export interface TeardownProps {
  readonly settings: Cluster;
  /** Whether PersistentVolumeClaims are deleted, with their data. */
  readonly deleteVolumes: boolean;
  readonly disableDeletionProtection: boolean;
  readonly dryRun: boolean;
  /** Whether to go on without the Kubernetes API, and so without what only controllers could do. */
  readonly withoutApi: boolean;
  /** Undefined for those who destroy the stacks elsewhere, as in HCP Terraform. */
  readonly terraform: TerraformProps | undefined;
  /** Throws unless somebody agrees to what was shown. */
  readonly confirm: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /**
   * Opens the connection through which AWS and the cluster are asked.
   * @default connect
   */
  readonly connector?: typeof connect;
  /** @default systemClock */
  readonly clock?: Clock;
}

/**
 * Shows what is left of a cluster, and takes it down step by step.
 * @throws StepTimeout, or another CommandError
 */
export async function teardown(props: TeardownProps): Promise<void> {
  const { settings, disableDeletionProtection, dryRun, terraform } = props;
  const { cluster, steps, context } = await preview(props);
  const { connection, objects, say } = context;
  if (cluster && isProtected(cluster) && !disableDeletionProtection) {
    throw new CommandError(`deletion protection of ${settings.name} is on`, {
      next: "--disable-deletion-protection switches it off",
      exitCode: 2,
    });
  }
  if (dryRun) {
    say("Nothing was changed.");
    return;
  }
  // Most disks have no tag of the cluster's: once their PersistentVolumes are gone, nothing else tells whose they are.
  const diskIds = objects ? await diskIdsIn(objects) : new Set<string>();
  if (steps.length > 0) {
    await props.confirm();
  }
  for (const [index, step] of steps.entries()) {
    say(`${index + 1}/${steps.length} ${step.title}`);
    await runStep(step, context, props.clock ?? systemClock);
  }
  const disks = await remainingDisks(connection, diskIds);
  if (disks.length > 0) {
    say(`Disks of PersistentVolumeClaims stay, with their data: ${disks.join(", ")}`);
  }
  say(terraform ? doneText(settings) : await nextToDestroy(connection));
}

interface Preview {
  /** The cluster as EKS describes it; undefined if EKS has none of that name. */
  readonly cluster: DescribedCluster | undefined;
  readonly steps: readonly Step[];
  readonly context: TeardownContext;
}

/** Looks for what is left of the cluster, and says it: what there is, and the steps with what each would find now. */
async function preview(props: TeardownProps): Promise<Preview> {
  const { settings, deleteVolumes, disableDeletionProtection, dryRun, terraform, signal } = props;
  const looking = showLiveLine("Look at what there is");
  const say = (line: string) => {
    looking.hide();
    // Names and tags in AWS and in the cluster are anybody's to write.
    props.say(visibleLine(line));
  };
  const ownership = ownershipOf(settings.name);
  const connection = (props.connector ?? connect)(settings, dryRun ? readsOnly : ownership.guard);
  try {
    looking.phase(`cluster ${settings.name}`);
    const found = await findCluster(connection, ownership, props.withoutApi ? "given up" : "needed");
    const { cluster, objects } = found;
    const steps = stepsInOrder({
      cluster: clusterPhase(found),
      api: objects !== undefined,
      volumes: deleteVolumes,
      disableDeletionProtection,
      terraform,
    });
    const context: TeardownContext = { connection, ownership, objects, signal, say };
    await sayWhatIsFound(cluster, deleteVolumes, context);
    await previewSteps(steps, context, looking);
    return { cluster, steps, context };
  } finally {
    looking.clear();
  }
}

function clusterPhase({ cluster, hasNodeGroups }: FoundCluster): StepsInOrderProps["cluster"] {
  if (!cluster) {
    return "gone";
  }
  if (cluster.status === "CREATING") {
    return "creating";
  }
  return hasNodeGroups ? "with node groups" : "without node groups";
}

async function sayWhatIsFound(
  cluster: DescribedCluster | undefined,
  deleteVolumes: boolean,
  { connection: { settings, aws }, objects, say }: TeardownContext,
): Promise<void> {
  const { account } = await aws.identity();
  say(`${settings.name} in ${settings.region} of account ${account}: ${cluster?.status ?? "EKS has no such cluster"}`);
  if (!objects) {
    say("There is no Kubernetes API to ask: what its controllers would delete is found by its tags.");
    if (deleteVolumes) {
      say("--delete-volumes does nothing, since only the API can delete PersistentVolumeClaims.");
    }
  }
  const kept = objects && !deleteVolumes ? await volumeClaimNames(objects) : [];
  if (kept.length > 0) {
    say(`PersistentVolumeClaims keep their disks, since --delete-volumes is not given: ${kept.join(", ")}`);
  }
}

async function previewSteps(steps: readonly Step[], context: TeardownContext, looking: Progress): Promise<void> {
  const { say } = context;
  say(
    steps.length > 0
      ? "Its steps, each with what it would find now; much of that goes with earlier ones."
      : "There is nothing to do before Terraform.",
  );
  for (const [index, step] of steps.entries()) {
    say(`${String(index + 1).padStart(2)}. ${step.title}`);
    looking.phase(`step ${index + 1} of ${steps.length}`);
    for (const line of previewLines(await step.find(context))) {
      say(`      ${line}`);
    }
  }
}

/** The preview of a step lists all that it would clear, and this many of those that it would only wait for. */
const mostWaitedFor = 10;

function previewLines(obstacles: readonly Obstacle[]): string[] {
  if (obstacles.length === 0) {
    return ["nothing now"];
  }
  const cleared = obstacles.filter(({ clear }) => clear);
  const waitedFor = obstacles.filter(({ clear }) => !clear);
  const lines = [...cleared, ...waitedFor.slice(0, mostWaitedFor)].map(obstacleText);
  const more = waitedFor.length - mostWaitedFor;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

function doneText({ name, repository }: Cluster): string {
  const archived =
    repository.mode === "create" ? ` The repository ${repository.owner}/${repository.name} stays, archived.` : "";
  return `${name} is taken down. Its KMS key, if it had one still, is deleted in 30 days.${archived}`;
}

/** Returns what those who destroy elsewhere do next: the last stack that stands, since it keeps the ones before it from going. */
async function nextToDestroy(connection: Connection): Promise<string> {
  const { name } = connection.settings;
  for (const part of stackParts.toReversed()) {
    if ((await mainResources[part].find(connection)).length > 0) {
      return `Now destroy ${stackName(name, part)}, and run this again: it deletes what that leaves, and says what is next.`;
    }
  }
  return `Nothing is left of ${name} that only tags find.`;
}
