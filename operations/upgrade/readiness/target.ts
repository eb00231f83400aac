import { releaseNamed, releases } from "../../../releases/all";
import { compareVersions } from "../../../releases/compatibility";
import type { Release } from "../../../releases/release";
import type { Snapshot } from "../../verify/snapshot";
import { runningParts } from "./running-parts";

/** The release to which a cluster goes, and the version of its control plane now. */
export interface Target {
  readonly release: Release;
  /** Minor version of Kubernetes that EKS has the control plane at: `1.35`. */
  readonly running: string;
  /** Whether the way there upgrades the control plane. */
  readonly upgradesKubernetes: boolean;
}

/**
 * Returns the release that is ahead of a cluster: that of its settings, while it has not come to it; else the next.
 * @param next - undefined if there is none: what is looked at then is whether the cluster is well with its own
 */
export async function targetOf(snapshot: Snapshot, next: Release | undefined): Promise<Target> {
  const { version: running = "" } = await snapshot.cluster();
  const own = releaseNamed(snapshot.settings.release);
  const isThere = compareVersions(running, own.kubernetes.version) >= 0 && !(await isOnItsWay(snapshot, own));
  const release = isThere ? (next ?? own) : own;
  return { release, running, upgradesKubernetes: compareVersions(release.kubernetes.version, running) > 0 };
}

/** Returns whether some part is still of an earlier release. Where that cannot be read, the check of where the cluster is says why. */
async function isOnItsWay(snapshot: Snapshot, own: Release): Promise<boolean> {
  const parts = await runningParts(snapshot).catch(() => []);
  const earlier = releases.filter(({ name }) => compareVersions(name, own.name) < 0);
  return parts.some((part) =>
    part.versions
      .filter((version) => version !== part.versionIn(own))
      .some((version) => earlier.some((release) => part.versionIn(release) === version)),
  );
}
