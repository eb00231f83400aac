import { releaseNamed } from "../../releases/all";
import type { Cluster } from "../../schema/settings";
import { kubelabOf, newestMinor } from "../kubernetes/kubelab";
import { isProgramReady } from "../setup/go-program";

/** What a world's control plane is of. */
export interface WorldKubernetes {
  /** The minor of Kubernetes: `1.35`. */
  readonly version: string;
  /** That it is not the one of the cluster's release, and how to get that; undefined if it is. */
  readonly notice: string | undefined;
}

/**
 * Returns the minor of Kubernetes of a cluster's release, if its program is ready, and else the newest: to build another takes minutes.
 * @throws CommandError if there is no control plane of that minor
 */
export function worldKubernetes(cluster: Pick<Cluster, "release">): WorldKubernetes {
  const { name, kubernetes } = releaseNamed(cluster.release);
  const { version } = kubernetes;
  if (version === newestMinor || isProgramReady(kubelabOf(version))) {
    return { version, notice: undefined };
  }
  const way = `npm run world -- setup --kubernetes ${version}`;
  return {
    version: newestMinor,
    notice: `the world runs Kubernetes ${newestMinor}; release ${name} has ${version}, which is not built: ${way}`,
  };
}
