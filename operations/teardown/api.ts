import { type Cluster, paginateListAccessEntries } from "@aws-sdk/client-eks";

import { type Connection, noCluster } from "../connection/connection";
import { Failure } from "../connection/failure";
import { type Objects, objectsIn } from "./objects";

/** The cluster as it is found. */
export interface Present {
  /** Nothing, if EKS has none. */
  readonly cluster: Cluster | undefined;
  /** Nothing, if there is no API to ask. */
  readonly objects: Objects | undefined;
}

/**
 * Looks for the cluster, which may be there, be dead, or not be there any more.
 * @param api - `given up`: nobody waits for what only its controllers could do
 * @throws if whoever asks is in another account, or if there is an API that does not let itself be asked
 */
export async function present(connection: Connection, api: "needed" | "given up"): Promise<Present> {
  const cluster = await connection.describe();
  if (!cluster) {
    const failure = await noCluster(connection.settings, connection.aws);
    if (failure.kind === "wrong account") {
      throw failure;
    }
    return { cluster, objects: undefined };
  }
  const { status = "", endpoint } = cluster;
  if (api === "given up" || !endpoint || ["FAILED", "DELETING"].includes(status)) {
    return { cluster, objects: undefined };
  }
  try {
    const { core, objects } = await connection.kubernetes();
    await core.listNamespace({ limit: 1 });
    return { cluster, objects: objectsIn(objects) };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) {
      throw thrown;
    }
    if (thrown.kind === "unauthorized" && !(await hasAdmins(connection))) {
      return { cluster, objects: undefined };
    }
    if (thrown.kind !== "unreachable") {
      throw thrown;
    }
    const next = `${thrown.next}; if it is dead for good, --without-api goes on without it`;
    throw new Failure(thrown.kind, thrown.message, next, { cause: thrown });
  }
}

/** Terraform takes their access away before the cluster, and gives it after: between the two nobody is let in, and nothing is inside. */
async function hasAdmins({ aws, settings: { name, admins } }: Connection): Promise<boolean> {
  for await (const { accessEntries = [] } of paginateListAccessEntries({ client: aws.eks }, { clusterName: name })) {
    if (admins.some((admin) => accessEntries.includes(admin))) {
      return true;
    }
  }
  return false;
}
