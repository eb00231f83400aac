import type { Cluster } from "@aws-sdk/client-eks";
import { Failure } from "../command/failure";
import { type Connection, wrongAccount } from "../connection";
import type { ObjectClient } from "../kubernetes/objects";
import type { Ownership } from "./ownership";
import { nodeGroupsOf } from "./steps/main-resource";

/** The cluster as it is found. */
export interface Present {
  /** Nothing, if EKS has none. */
  readonly cluster: Cluster | undefined;
  /** Nothing, if there is no API to ask. */
  readonly objects: ObjectClient | undefined;
  /** Whether node groups are left. */
  readonly nodes: boolean;
}

/**
 * Looks for the cluster, which may be there, be dead, or not be there any more.
 * @param api - `given up`: nobody waits for what only its controllers could do
 * @throws if it is another account's, or somebody else's, or if there is an API that does not let itself be asked
 */
export async function present(connection: Connection, owned: Ownership, api: "needed" | "given up"): Promise<Present> {
  const { settings, aws } = connection;
  const { name, region } = settings;
  const wrong = await wrongAccount(settings, aws);
  if (wrong) {
    throw wrong;
  }
  const cluster = await connection.describe();
  if (!cluster) {
    return { cluster, objects: undefined, nodes: false };
  }
  if (!owned.has("cluster", name, cluster.tags ?? {})) {
    throw new Failure(
      "somebody else's",
      `the cluster ${name} in ${region} is not this platform's: it lacks the tags Cluster=${name} and ManagedBy=Terraform`,
      "see that the credentials are of the account that you mean; if they are, give it these tags back",
    );
  }
  const nodes = (await nodeGroupsOf(connection)).length > 0;
  const { status = "", endpoint } = cluster;
  if (api === "given up" || !endpoint || ["FAILED", "DELETING"].includes(status)) {
    return { cluster, objects: undefined, nodes };
  }
  try {
    const { core, objects } = await connection.kubernetes();
    await core.listNamespace({ limit: 1 });
    return { cluster, objects, nodes };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) {
      throw thrown;
    }
    const { kind, message, next } = thrown;
    const refused = kind === "unauthorized" || kind === "forbidden";
    // Terraform lets people in after the cluster, and takes that back before it: then nothing is inside.
    if (refused && !nodes) {
      return { cluster, objects: undefined, nodes };
    }
    // A control plane that is broken inside answers with 5xx.
    if (!refused && kind !== "unreachable" && kind !== "unexpected") {
      throw thrown;
    }
    const given = refused ? "if nobody can be let in any more" : "if it is dead for good";
    throw new Failure(kind, message, `${next}; ${given}, --without-api goes on without it`, { cause: thrown });
  }
}
