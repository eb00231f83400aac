import { CommandError } from "../../operations/command/failure";
import { type Cluster, type ClusterSettings, checkSettings, mistakesText } from "../../schema/settings";
import type { RunningWorld } from "../world/running-world";

/** Something that is done with a platform in a world of its own. */
export interface Rehearsal {
  /** Of the cluster whose world it is. */
  readonly settings: () => ClusterSettings;
  /**
   * Throws at the first thing that is not as it should be.
   * @param folder - where plans are kept
   */
  readonly rehearse: (world: RunningWorld, folder: string) => Promise<void>;
}

/** Returns settings with every default filled in. */
export function checkedCluster(settings: ClusterSettings): Cluster {
  const { clusters, problems } = checkSettings([settings]);
  const [cluster] = clusters;
  if (!cluster) {
    throw new CommandError(mistakesText(problems));
  }
  return cluster;
}
