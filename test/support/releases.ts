import { newestRelease } from "../../releases/all";
import type { ComponentName, Release } from "../../releases/release";

/** Returns a release that is no file of releases/: the newest, with other versions of some parts. */
export function releaseWith(name: string, versions: Partial<Record<ComponentName, string>>): Release {
  const parts = Object.entries(versions).map(([part, version]) => [
    part,
    { ...newestRelease[part as ComponentName], version },
  ]);
  return { ...newestRelease, name, ...Object.fromEntries(parts) };
}

const ofMiddle = { bottlerocket: "1.60.0", coreDns: "v1.14.0-eksbuild.1", karpenter: "1.14.0" };

/** A release before the newest, of the same Kubernetes, Cilium and Flux. */
export const middleRelease: Release = releaseWith("2025-02-01", ofMiddle);

/** One before that, a minor version of Kubernetes older, with the same Karpenter. */
export const olderRelease: Release = releaseWith("2025-01-01", {
  ...ofMiddle,
  kubernetes: "1.35",
  bottlerocket: "1.59.0",
  cilium: "1.20.1",
  coreDns: "v1.13.0-eksbuild.1",
  flux: "2.9.4",
});
