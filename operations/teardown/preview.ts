import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { shortLine } from "../../platform/visible-text";
import { readsOnly } from "../command/call";
import { type Progress, showLiveLine } from "../command/progress";
import { connect } from "../connection";
import { type FoundCluster, findCluster } from "./find-cluster";
import { clusterVpcIds } from "./main-resources";
import { ownershipOf } from "./ownership";
import type { TeardownProps } from "./props";
import { checkOwners } from "./state-owners";
import { type Obstacle, obstacleText, type Step, type TeardownContext } from "./step";
import { volumeClaimNames } from "./steps/volumes";
import { type StepsInOrderProps, stepsInOrder } from "./steps-in-order";

export interface Preview {
  /** The cluster as EKS describes it; undefined if EKS has none of that name. */
  readonly cluster: DescribedCluster | undefined;
  readonly steps: readonly Step[];
  readonly context: TeardownContext;
  /** Whether nothing was found: no cluster, and nothing that a step would clear or wait for. */
  readonly isEmpty: boolean;
}

/** Looks for what is left of the cluster, and says it: what there is, and the steps with what each would find now. */
export async function preview(props: TeardownProps): Promise<Preview> {
  const { settings, deleteVolumes, disableDeletionProtection, dryRun, stacks, signal } = props;
  const looking = showLiveLine("Look at what there is");
  const say = (line: string) => {
    looking.hide();
    // Names and tags in AWS and in the cluster are anybody's to write.
    props.say(shortLine(line));
  };
  const ownership = ownershipOf(settings);
  const connection = (props.connector ?? connect)(settings, dryRun ? readsOnly : ownership.guard);
  try {
    looking.phase(`cluster ${settings.name}`);
    const found = await findCluster(connection, ownership, props.withoutApi ? "given up" : "needed");
    const { cluster, objects } = found;
    ownership.setVpcs(await clusterVpcIds(connection, cluster));
    const steps = stepsInOrder({
      cluster: clusterPhase(found),
      api: objects !== undefined,
      volumes: deleteVolumes,
      disableDeletionProtection,
      network: settings.network === undefined ? "made" : "existing",
      stacks,
    });
    const context: TeardownContext = { connection, ownership, objects, signal, say };
    if (stacks) {
      looking.phase("whose the states are");
      await checkOwners(stacks, context);
    }
    await sayWhatIsFound(cluster, deleteVolumes, context);
    const count = await previewSteps(steps, context, looking);
    ownership.leftAlone().forEach(say);
    return { cluster, steps, context, isEmpty: cluster === undefined && count === 0 };
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
  { connection: { settings }, objects, say }: TeardownContext,
): Promise<void> {
  say(
    `${settings.name} in ${settings.region} of account ${settings.account}: ${cluster?.status ?? "EKS has no such cluster"}`,
  );
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

/** Says the steps with what each would find now, and returns how much that is. */
async function previewSteps(steps: readonly Step[], context: TeardownContext, looking: Progress): Promise<number> {
  const { say } = context;
  let count = 0;
  say(
    steps.length > 0
      ? "Its steps, each with what it would find now; much of that goes with earlier ones."
      : "There is nothing to do before Terraform.",
  );
  for (const [index, step] of steps.entries()) {
    say(`${String(index + 1).padStart(2)}. ${step.title}`);
    looking.phase(`step ${index + 1} of ${steps.length}`);
    const found = await step.find(context);
    count += found.length;
    for (const line of previewLines(found)) {
      say(`      ${line}`);
    }
  }
  return count;
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
