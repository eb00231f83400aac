import {
  ciliumReleaseName,
  coreDnsName,
  fluxNamespace,
  karpenterNamespace,
  systemNamespace,
} from "../../../platform/names";
import type { Release } from "../../../releases/release";
import type { ClusterObject } from "../../kubernetes/objects";
import type { Snapshot } from "../../verify/snapshot";
import { stayingNodes } from "../../verify/staying-nodes";
import { workloadVersion } from "../../verify/workload";

/** What brings a part of the platform to another version: the apply of a stack; or Flux, after that. */
export type Stage = "cluster" | "bootstrap" | "Flux";

/** A part of the platform, and the versions that run of it: more than one while it is rolled, none if it is not there. */
export interface RunningPart {
  readonly title: string;
  readonly stage: Stage;
  readonly versions: readonly string[];
  /** Whether it may be missing where all is well. */
  readonly isOptional: boolean;
  /** Returns what it is in a release, in the words of `versions`. */
  versionIn(release: Release): string;
}

/** Reads what runs of each part that has a version in releases, in the order in which an upgrade changes them. */
export async function runningParts(snapshot: Snapshot): Promise<readonly RunningPart[]> {
  const [cluster, daemonSets, groups, addon, controllers, charts, nodes] = await Promise.all([
    snapshot.cluster(),
    snapshot.daemonSets(systemNamespace),
    snapshot.nodeGroups(),
    snapshot.addon(coreDnsName),
    snapshot.deployments(fluxNamespace),
    snapshot.customObjects("helmreleases.v2.helm.toolkit.fluxcd.io"),
    stayingNodes(snapshot),
  ]);
  const agent = daemonSets.filter(({ metadata }) => metadata?.name === ciliumReleaseName);
  const launched = nodes.filter(({ metadata }) => metadata?.labels?.["eks.amazonaws.com/nodegroup"] === undefined);
  const part = (title: string, stage: Stage, found: readonly string[], versionIn: (release: Release) => string) => ({
    title,
    stage,
    versions: [...new Set(found)].sort(),
    isOptional: false,
    versionIn,
  });
  return [
    part("control plane", "cluster", [cluster.version ?? ""], ({ kubernetes }) => kubernetes.version),
    part("Cilium", "bootstrap", agent.map(workloadVersion).map(bare), ({ cilium }) => cilium.version),
    part(
      "node group",
      "bootstrap",
      // EKS writes Bottlerocket's commit behind its version.
      groups.map(({ version, releaseVersion = "" }) => imageText(releaseVersion.split("-")[0] ?? "", version ?? "")),
      imageIn,
    ),
    part("CoreDNS", "bootstrap", addon?.addonVersion ? [addon.addonVersion] : [], ({ coreDns }) => coreDns.version),
    part("Flux", "Flux", controllers.map(workloadVersion).map(bare), ({ flux }) => flux.version),
    part("Karpenter", "Flux", charts.flatMap(chartVersion), ({ karpenter }) => karpenter.version),
    {
      ...part(
        "Karpenter's nodes",
        "Flux",
        launched.map(({ status }) => status?.nodeInfo?.osImage ?? ""),
        imageIn,
      ),
      isOptional: true,
    },
  ];
}

function imageIn({ bottlerocket, kubernetes }: Release): string {
  return imageText(bottlerocket.version, kubernetes.version);
}

/** Returns an image as nodes write it. */
function imageText(bottlerocket: string, kubernetes: string): string {
  return `Bottlerocket OS ${bottlerocket} (aws-k8s-${kubernetes})`;
}

function bare(version: string): string {
  return version.replace(/^v/, "");
}

/** Returns the chart that Karpenter was last installed from, without the digest that helm-controller appends. */
function chartVersion({ metadata, status }: ClusterObject): readonly string[] {
  const history = status?.["history"];
  const releases: readonly { status?: unknown; chartVersion?: unknown }[] =
    metadata.name === karpenterNamespace && Array.isArray(history) ? history : [];
  // The first is the last that was tried.
  const version = releases.find((one) => one.status === "deployed")?.chartVersion;
  return typeof version === "string" ? [version.split("+")[0] ?? version] : [];
}
