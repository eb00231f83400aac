import { join } from "node:path";

import { type CacheEntry, cached } from "../setup/cache";
import { type UpstreamFiles, upstreamEntry, upstreamPins } from "../setup/upstream-files";

const fluxControllers = ["source-controller", "kustomize-controller", "helm-controller"];

const files: readonly UpstreamFiles[] = [
  {
    module: "github.com/cilium/cilium",
    pinnedIn: upstreamPins,
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
    pinnedIn: upstreamPins,
    from: "config/crd/bases",
    to: "flux",
  })),
  {
    module: "github.com/aws/karpenter-provider-aws",
    pinnedIn: upstreamPins,
    from: "pkg/apis/crds",
    to: "karpenter",
  },
];

export const definitionsEntry: CacheEntry = upstreamEntry("crds", "CustomResourceDefinitions", files);

/** Whose CustomResourceDefinitions there are. */
export type DefinitionOwner = "cilium" | "flux" | "karpenter";

/** Returns a folder of CustomResourceDefinitions, for `kubectl apply --filename`. */
export async function definitionsFolder(
  owner: DefinitionOwner,
  signal = new AbortController().signal,
): Promise<string> {
  return join(await cached(definitionsEntry, signal), owner);
}
