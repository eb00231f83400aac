import type { Release } from "../../../releases/release";
import type { Cluster } from "../../../schema/settings";
import { CommandError } from "../../command/failure";

/** Says whether a cluster is ready for its next release. */
export async function checkReadiness({ name }: Cluster, next: Release | undefined): Promise<void> {
  throw new CommandError(`${name} cannot be asked about ${next?.name ?? "its release"}`);
}
