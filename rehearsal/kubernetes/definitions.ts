import { join } from "node:path";

import { newestRelease } from "../../releases/all";
import type { Release } from "../../releases/release";
import { type CacheEntry, cached } from "../setup/cache";
import { type UpstreamFiles, upstreamEntry, upstreamPins } from "../setup/upstream-files";

const fluxControllers = ["source-controller", "kustomize-controller", "helm-controller"];

const files: readonly Omit<UpstreamFiles, "pinnedIn">[] = [
  {
    module: "github.com/cilium/cilium",
    from: "pkg/k8s/apis/cilium.io/client/crds/v2",
    // Those that every installation has, whatever its settings.
    names: [
      "ciliumclusterwidenetworkpolicies.yaml",
      "ciliumendpoints.yaml",
      "ciliumidentities.yaml",
      "ciliumnetworkpolicies.yaml",
      "ciliumnodes.yaml",
    ],
    to: "cilium",
  },
  ...fluxControllers.map((name) => ({
    module: `github.com/fluxcd/${name}`,
    from: "config/crd/bases",
    to: "flux",
  })),
  {
    module: "github.com/aws/karpenter-provider-aws",
    from: "pkg/apis/crds",
    to: "karpenter",
  },
];

/** Returns the definitions of a release's versions. */
export function definitionsEntry(release: Release): CacheEntry {
  const pinnedIn = upstreamPins(release);
  return upstreamEntry(
    "crds",
    "CustomResourceDefinitions",
    files.map((one) => ({ ...one, pinnedIn })),
  );
}

/** Whose CustomResourceDefinitions there are. */
export type DefinitionOwner = "cilium" | "flux" | "karpenter";

/** Returns a folder of CustomResourceDefinitions, for `kubectl apply --filename`. */
export async function definitionsFolder(
  owner: DefinitionOwner,
  release = newestRelease,
  signal = new AbortController().signal,
): Promise<string> {
  return join(await cached(definitionsEntry(release), signal), owner);
}
