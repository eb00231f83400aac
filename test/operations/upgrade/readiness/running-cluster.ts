import type { Snapshot } from "../../../../operations/verify/snapshot";
import { releaseNamed } from "../../../../releases/all";
import { type ComponentName, versionsOf } from "../../../../releases/release";
import { cluster } from "../../../support/settings";

/** What is of another version than the first release's already. */
export type Changes = Partial<Record<ComponentName | "kubelets" | "nodes", string>>;

/** A Deployment or a DaemonSet with this image. */
const workload = (name: string, image: string, labels = {}) => ({
  metadata: { name, labels },
  spec: { selector: {}, template: { spec: { containers: [{ name, image }] } } },
});

/**
 * A cluster of the first release.
 * @param release - of the settings
 */
export function runningCluster(release: string, changes: Changes = {}): Snapshot {
  const { kubernetes, bottlerocket, cilium, coreDns, flux, karpenter } = {
    ...versionsOf(releaseNamed("2026-08-31")),
    ...changes,
  };
  const fluxLabels = { "app.kubernetes.io/part-of": "flux", "app.kubernetes.io/version": `v${flux}` };
  const { kubelets = "1.35", nodes: osImage = "Bottlerocket OS 1.64.0 (aws-k8s-1.35)" } = changes;
  const answers = {
    settings: cluster({ release }),
    cluster: async () => ({ version: kubernetes }),
    daemonSets: async () => [workload("cilium", `example/cilium:v${cilium}@sha256:0`), workload("other", "other:v9")],
    nodeGroups: async () => [{ version: kubelets, releaseVersion: `${bottlerocket}-0a1b2c3d` }],
    addon: async () => ({ addonVersion: coreDns }),
    deployments: async () => [workload("source-controller", "example/source:v1", fluxLabels)],
    customObjects: async () => [
      { metadata: { name: "shop" }, status: { history: [{ chartVersion: "9.9.9", status: "deployed" }] } },
      {
        metadata: { name: "karpenter" },
        status: {
          history: [
            { chartVersion: "0.2", status: "failed" },
            { chartVersion: `${karpenter}+0a1b`, status: "deployed" },
            { chartVersion: "0.1", status: "superseded" },
          ],
        },
      },
    ],
    nodes: async () => [
      { metadata: { name: "a" }, status: { nodeInfo: { osImage } } },
      {
        metadata: { name: "b", labels: { "eks.amazonaws.com/nodegroup": "system" } },
        status: { nodeInfo: { osImage: "x" } },
      },
    ],
  };
  return answers as object as Snapshot;
}
