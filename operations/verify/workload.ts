import type { V1DaemonSet, V1Deployment, V1Pod } from "@kubernetes/client-node";

import { ciliumOperatorName, coreDnsName, karpenterNamespace, type PlatformNamespace } from "../../platform/names";
import { isReady } from "../kubernetes/objects";
import { broken, type CheckOutcome, holds } from "./check";
import { reviewInvocation } from "./next-commands";
import { podTrouble } from "./pod-trouble";
import type { Snapshot } from "./snapshot";
import { stayingNodesOrThrow } from "./staying-nodes";
import { allOf, counted, versionMismatch } from "./wording";

export type Workload = V1Deployment | V1DaemonSet;

/**
 * Checks that a Deployment has all its replicas, all of its last generation.
 * @param version - what it must run, without `v`; undefined for any
 */
export async function checkDeployment(
  snapshot: Snapshot,
  namespace: PlatformNamespace,
  name: string,
  version?: string,
): Promise<CheckOutcome> {
  const deployment = (await snapshot.deployments(namespace)).find(({ metadata }) => metadata?.name === name);
  if (!deployment) {
    return missingWorkload("Deployment", namespace, name);
  }
  const wanted = deployment.spec?.replicas ?? 1;
  const available = deployment.status?.availableReplicas ?? 0;
  const count = `${available} of ${counted(wanted, "replica")}`;
  if (wanted < (leastReplicas[name] ?? 1)) {
    return broken(count, "somebody scaled it down", `kubectl --namespace ${namespace} describe deployment ${name}`);
  }
  return available >= wanted
    ? checkRollout(snapshot, namespace, deployment, version, count)
    : unavailableWorkload(snapshot, namespace, deployment, count);
}

/**
 * Checks that a DaemonSet has a ready pod of its last generation on every node that stays.
 * @param version - what it must run, without `v`; undefined for any
 */
export async function checkDaemonSet(
  snapshot: Snapshot,
  namespace: PlatformNamespace,
  name: string,
  version?: string,
): Promise<CheckOutcome> {
  const [daemonSets, nodes] = await Promise.all([snapshot.daemonSets(namespace), stayingNodesOrThrow(snapshot)]);
  const daemonSet = daemonSets.find(({ metadata }) => metadata?.name === name);
  if (!daemonSet) {
    return missingWorkload("DaemonSet", namespace, name);
  }
  // Its status counts the pods of nodes that leave, too.
  const pods = (await selectedPods(snapshot, namespace, daemonSet)).filter(isReady);
  const ready = nodes.filter(({ metadata }) => pods.some(({ spec }) => spec?.nodeName === metadata?.name)).length;
  return ready === nodes.length
    ? checkRollout(snapshot, namespace, daemonSet, version, `on ${allOf(ready, "node")}`)
    : unavailableWorkload(snapshot, namespace, daemonSet, `on ${ready} of ${counted(nodes.length, "node")}`);
}

/** Replicas of what goes on while one of its pods is away: the default of Cilium's chart and CoreDNS's add-on; Karpenter's in Git. */
const leastReplicas: Readonly<Record<string, number>> = {
  [ciliumOperatorName]: 2,
  [coreDnsName]: 2,
  [karpenterNamespace]: 2,
};

function missingWorkload(kind: string, namespace: PlatformNamespace, name: string): CheckOutcome {
  return broken(
    `there is no ${kind} ${namespace}/${name}`,
    "never installed, or deleted",
    `kubectl --namespace ${namespace} get all`,
  );
}

/** Returns what is left of a rollout; nothing if it is complete. Pods of before it may be as ready as those to come. */
export function unfinishedRollout(workload: Workload): string | undefined {
  const { metadata, status } = workload;
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) {
    return "changed and not read since";
  }
  const [updated = 0, wanted = 1] = isDaemonSet(workload)
    ? [workload.status?.updatedNumberScheduled, workload.status?.desiredNumberScheduled]
    : [workload.status?.updatedReplicas, workload.spec?.replicas];
  return updated < wanted ? `${updated} of ${wanted} updated` : undefined;
}

/** Checks a workload that has enough pods: that they are of its last generation, and of the version. */
async function checkRollout(
  snapshot: Snapshot,
  namespace: PlatformNamespace,
  workload: Workload,
  wanted: string | undefined,
  count: string,
): Promise<CheckOutcome> {
  const left = unfinishedRollout(workload);
  if (left !== undefined) {
    return unavailableWorkload(snapshot, namespace, workload, left, "it is being rolled out");
  }
  const version = workloadVersion(workload);
  return wanted === undefined || version.replace(/^v/, "") === wanted
    ? holds(`${count}, ${version}`)
    : wrongVersion(snapshot, version, wanted);
}

/** Returns the pods that a workload's selector takes. */
export async function selectedPods(
  snapshot: Snapshot,
  namespace: PlatformNamespace,
  { spec }: Workload,
): Promise<readonly V1Pod[]> {
  const labels = Object.entries(spec?.selector.matchLabels ?? {});
  return (await snapshot.pods(namespace)).filter(({ metadata }) =>
    labels.every(([label, value]) => metadata?.labels?.[label] === value),
  );
}

/**
 * Says what keeps a workload's pods from being ready.
 * @param cause - what it is if no pod says why
 */
async function unavailableWorkload(
  snapshot: Snapshot,
  namespace: PlatformNamespace,
  workload: Workload,
  count: string,
  cause = "its pods are just starting",
): Promise<CheckOutcome> {
  const pods = await selectedPods(snapshot, namespace, workload);
  const staying = pods.filter(({ metadata }) => !metadata?.deletionTimestamp);
  const trouble = staying.map(podTrouble).find((one) => one !== undefined);
  return trouble
    ? broken(`${count}: ${trouble.found}`, trouble.cause, trouble.next)
    : broken(count, cause, `kubectl --namespace ${namespace} rollout status ${kubectlName(workload)}`);
}

/** Returns how kubectl names a workload: `daemonset/cilium`. */
export function kubectlName(workload: Workload): string {
  return `${isDaemonSet(workload) ? "daemonset" : "deployment"}/${workload.metadata?.name}`;
}

/** Tells the two by their spec, since the items of a list have no kind. */
function isDaemonSet(workload: Workload): workload is V1DaemonSet {
  return !(workload.spec && "replicas" in workload.spec);
}

/** Returns the outcome of a workload that runs another version than the one of the cluster's release. */
export function wrongVersion({ settings }: Snapshot, found: string, wanted: string): CheckOutcome {
  return broken(
    versionMismatch(settings, found, wanted),
    "an upgrade is under way, or the bootstrap stack was not applied since the version changed",
    reviewInvocation(settings, "bootstrap"),
  );
}

/** Returns the version in Flux's label; else the tag of the first image, without the suffix of a build. */
export function workloadVersion({ metadata, spec }: Workload): string {
  const { "app.kubernetes.io/part-of": application, "app.kubernetes.io/version": version } = metadata?.labels ?? {};
  if (application === "flux" && version !== undefined) {
    return version;
  }
  const [image = ""] = spec?.template.spec?.containers.map((container) => container.image ?? "") ?? [];
  return /:(v?[\d.]+)[^:/]*(?:@|$)/.exec(image)?.[1] ?? image;
}
