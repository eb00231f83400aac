import { ListNodegroupsCommand } from "@aws-sdk/client-eks";
import type { Cluster } from "../../schema/settings";
import { readsOnly } from "../connection/call";
import { type Connection, connect } from "../connection/connection";
import { present } from "./api";
import { ownership } from "./owned";
import { type Clock, type Place, realTime, take } from "./step";
import { stepsFor } from "./steps/all";
import type { TerraformProps } from "./steps/terraform";
import { claimsIn } from "./steps/volumes";

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
  const { cluster, objects } = await present(connection, props.withoutApi ? "given up" : "needed");
  const nodes = cluster !== undefined && (await hasNodes(connection));
  const steps = stepsFor({
    cluster: cluster ? (nodes ? "with nodes" : "without nodes") : "gone",
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
  }
  const kept = objects && !deleteVolumes ? await claimsIn(objects) : [];
  if (kept.length > 0) {
    say(`PersistentVolumeClaims keep their disks, since --delete-volumes is not given: ${kept.join(", ")}`);
  }
  for (const [index, step] of steps.entries()) {
    const found = await step.find(place);
    say(`${String(index + 1).padStart(2)}. ${step.title}${found.length === 0 ? ": nothing now" : ""}`);
    for (const { name, held } of found) {
      say(`      ${name}${held === undefined ? "" : `: ${held}`}`);
    }
  }
  if (cluster?.deletionProtection && !disableDeletionProtection) {
    throw new Protected(`deletion protection of ${settings.name} is on`);
  }
  if (dryRun) {
    say("Nothing was changed.");
    return;
  }
  await props.confirm();
  for (const [index, step] of steps.entries()) {
    say(`${index + 1}/${steps.length} ${step.title}`);
    await take(step, place, props.clock ?? realTime);
  }
  say(ending(settings.name, terraform !== undefined, nodes));
}

async function hasNodes({ aws, settings }: Connection): Promise<boolean> {
  const { nodegroups = [] } = await aws.eks.send(new ListNodegroupsCommand({ clusterName: settings.name }));
  return nodegroups.length > 0;
}

function ending(name: string, destroyed: boolean, nodes: boolean): string {
  if (destroyed) {
    return `${name} is taken down. Its KMS key is deleted in 30 days; a repository that was made stays, archived.`;
  }
  return nodes
    ? `Now destroy ${name}-bootstrap, ${name}-cluster and ${name}-network, in this order; then run this again for what is left.`
    : `What only tags still find of ${name} is gone.`;
}
