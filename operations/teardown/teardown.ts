import type { Cluster as EksCluster } from "@aws-sdk/client-eks";

import { stackName, stackParts } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { readsOnly } from "../command/call";
import { type Connection, connect } from "../connection";
import { present } from "./find-cluster";
import { ownership } from "./ownership";
import { type Clock, type Place, realTime, type Thing, take, thingText } from "./step";
import { type Situation, stepsFor } from "./steps/all";
import { mainResources } from "./steps/main-resource";
import { isProtected } from "./steps/protection";
import type { TerraformProps } from "./steps/terraform-stack";
import { claimsIn, disksIn, disksLeft } from "./steps/volumes";

/** How a cluster is taken down. */
export interface TeardownProps {
  readonly settings: Cluster;
  readonly deleteVolumes: boolean;
  readonly disableDeletionProtection: boolean;
  readonly dryRun: boolean;
  /** Whether nobody waits for what only controllers could do. */
  readonly withoutApi: boolean;
  /** Nothing for those who destroy elsewhere. */
  readonly terraform: TerraformProps | undefined;
  /** @throws unless somebody wants it */
  readonly confirm: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /**
   * What is asked of AWS and the cluster.
   * @default connect
   */
  readonly connector?: typeof connect;
  /**
   * Time.
   * @default realTime
   */
  readonly clock?: Clock;
}

/** Deletion protection is on, and nobody asked for it to be switched off. */
export class Protected extends Error {}

/**
 * Shows what there is, and takes it down step by step.
 * @throws Protected, HeldUp, Failure
 */
export async function teardown(props: TeardownProps): Promise<void> {
  const { settings, deleteVolumes, disableDeletionProtection, dryRun, terraform, signal, say } = props;
  const owned = ownership(settings.name);
  const connection = (props.connector ?? connect)(settings, dryRun ? readsOnly : owned.guard);
  const { cluster, objects, nodes } = await present(connection, owned, props.withoutApi ? "given up" : "needed");
  const steps = stepsFor({
    cluster: situationOf(cluster, nodes),
    api: objects !== undefined,
    volumes: deleteVolumes,
    disableDeletionProtection,
    terraform,
  });
  const place: Place = { connection, owned, objects, signal, say };

  const { account } = await connection.aws.identity();
  say(`${settings.name} in ${settings.region} of account ${account}: ${cluster?.status ?? "EKS has no such cluster"}`);
  if (!objects) {
    say("There is no Kubernetes API to ask: what its controllers would delete is found by its tags.");
    if (deleteVolumes) {
      say("--delete-volumes does nothing, since only the API can delete PersistentVolumeClaims.");
    }
  }
  const kept = objects && !deleteVolumes ? await claimsIn(objects) : [];
  if (kept.length > 0) {
    say(`PersistentVolumeClaims keep their disks, since --delete-volumes is not given: ${kept.join(", ")}`);
  }
  say(
    steps.length > 0
      ? "Its steps, each with what it would find now; much of that goes with earlier ones."
      : "There is nothing to do before Terraform.",
  );
  for (const [index, step] of steps.entries()) {
    say(`${String(index + 1).padStart(2)}. ${step.title}`);
    preview(await step.find(place)).forEach(say);
  }
  if (cluster && isProtected(cluster) && !disableDeletionProtection) {
    throw new Protected(`deletion protection of ${settings.name} is on`);
  }
  if (dryRun) {
    say("Nothing was changed.");
    return;
  }
  const disks = objects ? await disksIn(objects) : new Set<string>();
  if (steps.length > 0) {
    await props.confirm();
  }
  for (const [index, step] of steps.entries()) {
    say(`${index + 1}/${steps.length} ${step.title}`);
    await take(step, place, props.clock ?? realTime);
  }
  const left = await disksLeft(place, disks);
  if (left.length > 0) {
    say(`Disks of PersistentVolumeClaims stay, with their data: ${left.join(", ")}`);
  }
  say(terraform ? destroyed(settings.name) : await toDestroy(connection));
}

function situationOf(cluster: EksCluster | undefined, nodes: boolean): Situation["cluster"] {
  if (!cluster) {
    return "gone";
  }
  return cluster.status === "CREATING" ? "being made" : nodes ? "with nodes" : "without nodes";
}

/** All that would be changed; of what would only be waited for, enough to see what it is. */
function preview(things: readonly Thing[]): string[] {
  const changed = things.filter(({ act }) => act);
  const waited = things.filter(({ act }) => !act);
  const more = waited.length - 10;
  const rest = things.length === 0 ? ["nothing now"] : more > 0 ? [`and ${more} more`] : [];
  return [...[...changed, ...waited.slice(0, 10)].map(thingText), ...rest].map((line) => `      ${line}`);
}

function destroyed(name: string): string {
  return `${name} is taken down. Its KMS key is deleted in 30 days; a repository that was made stays, archived.`;
}

/** What somebody else's Terraform does next: what each stack leaves is in the way of the one after it. */
async function toDestroy(connection: Connection): Promise<string> {
  const { name } = connection.settings;
  for (const part of stackParts.toReversed()) {
    if ((await mainResources[part].find(connection)).length > 0) {
      return `Now destroy ${stackName(name, part)}, and run this again: it deletes what that leaves, and says what is next.`;
    }
  }
  return `Nothing is left of ${name} that only tags find.`;
}
