import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { terraformTags } from "../../platform/names";
import { Failure } from "../command/failure";
import type { Connection } from "../connection";
import type { ObjectClient } from "../kubernetes/objects";
import { tagsText } from "./cluster-tags";
import { nodeGroupNames } from "./main-resources";
import type { Ownership } from "./ownership";

/** What is left of the cluster. */
export interface FoundCluster {
  /** The cluster as EKS describes it; undefined if EKS has none of that name. */
  readonly cluster: DescribedCluster | undefined;
  /** The objects in the cluster; undefined where no API can be asked. */
  readonly objects: ObjectClient | undefined;
  readonly hasNodeGroups: boolean;
}

/**
 * Looks for the cluster, which may be whole, broken, or gone.
 * @param api - `given up` leaves the Kubernetes API alone, even if it may answer
 * @throws if the account or the cluster is not the one of the settings, or if there is an API that does not answer
 */
export async function findCluster(
  connection: Connection,
  ownership: Ownership,
  api: "needed" | "given up",
): Promise<FoundCluster> {
  const { name, region } = connection.settings;
  const cluster = await connection.describe();
  if (!cluster) {
    return { cluster, objects: undefined, hasNodeGroups: false };
  }
  if (!ownership.claim("cluster", name, cluster.tags ?? {})) {
    throw new Failure(
      "somebody else's",
      `the cluster ${name} in ${region} is not this platform's: it lacks the tags ${tagsText(terraformTags(name))}`,
      "see that the credentials are of the account that you mean; if they are, give it these tags back",
    );
  }
  const hasNodeGroups = (await nodeGroupNames(connection)).length > 0;
  const { status = "", endpoint } = cluster;
  const hasApi = api === "needed" && endpoint && !["FAILED", "DELETING"].includes(status);
  const objects = hasApi ? await reachableObjects(connection, hasNodeGroups) : undefined;
  return { cluster, objects, hasNodeGroups };
}

/** Returns the objects in the cluster, once its API has answered; undefined if it lets nobody in and nothing can be inside. */
async function reachableObjects(connection: Connection, hasNodeGroups: boolean): Promise<ObjectClient | undefined> {
  try {
    const { core, objects } = await connection.kubernetes();
    await core.listNamespace({ limit: 1 });
    return objects;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) {
      throw thrown;
    }
    const { kind, message, next } = thrown;
    const isRefused = kind === "unauthorized" || kind === "forbidden";
    // Terraform makes access entries after the cluster and deletes them before it, and node groups exist only in between.
    if (isRefused && !hasNodeGroups) {
      return undefined;
    }
    // A control plane that is broken inside answers with 5xx.
    if (!isRefused && kind !== "unreachable" && kind !== "unexpected") {
      throw thrown;
    }
    const condition = isRefused ? "if nobody can be let in any more" : "if it is dead for good";
    throw new Failure(kind, message, `${next}; ${condition}, --without-api goes on without it`, { cause: thrown });
  }
}
