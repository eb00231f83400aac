import type { V1DaemonSet, V1Deployment, V1Pod } from "@kubernetes/client-node";

import { isReady } from "../kubernetes/clients";
import { broken, type Finding, holds } from "./check";
import { planOf } from "./next-commands";
import type { Look } from "./snapshot";
import { someNodes } from "./staying-nodes";

export type Workload = V1Deployment | V1DaemonSet;

/**
 * Whether a Deployment has all its replicas, and if not, what its pods say.
 * @param version - that it should have, without `v`; nothing for any
 */
export async function deployment(look: Look, namespace: string, name: string, version?: string): Promise<Finding> {
  const found = (await look.deployments(namespace)).find(({ metadata }) => metadata?.name === name);
  if (!found) {
    return missing("Deployment", namespace, name);
  }
  const wanted = found.spec?.replicas ?? 1;
  const available = found.status?.availableReplicas ?? 0;
  const count = `${available} of ${wanted} replicas`;
  if (wanted === 0) {
    return broken(count, "somebody scaled it down", `kubectl --namespace ${namespace} describe deployment ${name}`);
  }
  return available >= wanted
    ? rolledOut(look, namespace, found, version, count)
    : unavailable(look, namespace, found, count);
}

/** Whether a DaemonSet has a ready pod on every node that stays. */
export async function daemonSet(look: Look, namespace: string, name: string, version?: string): Promise<Finding> {
  const [all, nodes] = await Promise.all([look.daemonSets(namespace), someNodes(look)]);
  const found = all.find(({ metadata }) => metadata?.name === name);
  if (!found) {
    return missing("DaemonSet", namespace, name);
  }
  // Its status counts the pods of nodes that leave, too.
  const pods = (await podsOf(look, namespace, found)).filter(isReady);
  const ready = nodes.filter(({ metadata }) => pods.some(({ spec }) => spec?.nodeName === metadata?.name)).length;
  return ready === nodes.length
    ? rolledOut(look, namespace, found, version, `on all ${ready} nodes`)
    : unavailable(look, namespace, found, `on ${ready} of ${nodes.length} nodes`);
}

function missing(kind: string, namespace: string, name: string): Finding {
  return broken(
    `there is no ${kind} ${namespace}/${name}`,
    "never installed, or deleted",
    `kubectl --namespace ${namespace} get all`,
  );
}

/** What is left of a roll-out, as `kubectl rollout status` has it: pods of before are as ready as those to come. */
export function rollOut(workload: Workload): string | undefined {
  const { metadata, status } = workload;
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) {
    return "changed and not read since";
  }
  const [updated = 0, wanted = 1] = isDaemonSet(workload)
    ? [workload.status?.updatedNumberScheduled, workload.status?.desiredNumberScheduled]
    : [workload.status?.updatedReplicas, workload.spec?.replicas];
  return updated < wanted ? `${updated} of ${wanted} updated` : undefined;
}

function rolledOut(
  look: Look,
  namespace: string,
  workload: Workload,
  version: string | undefined,
  count: string,
): Finding | Promise<Finding> {
  const left = rollOut(workload);
  return left === undefined
    ? ofVersion(look, workload, version, count)
    : unavailable(look, namespace, workload, left, "it is being rolled out");
}

/** The pods that a workload's selector takes. */
export async function podsOf(look: Look, namespace: string, { spec }: Workload): Promise<readonly V1Pod[]> {
  const labels = Object.entries(spec?.selector.matchLabels ?? {});
  return (await look.pods(namespace)).filter(({ metadata }) =>
    labels.every(([label, value]) => metadata?.labels?.[label] === value),
  );
}

/** @param cause - where its pods say nothing */
async function unavailable(
  look: Look,
  namespace: string,
  workload: Workload,
  count: string,
  cause = "its pods are just starting",
): Promise<Finding> {
  const staying = (await podsOf(look, namespace, workload)).filter(({ metadata }) => !metadata?.deletionTimestamp);
  const trouble = staying.map(podTrouble).find((said) => said !== undefined);
  const labels = Object.entries(workload.spec?.selector.matchLabels ?? {}).map(([label, value]) => `${label}=${value}`);
  return trouble
    ? broken(
        `${count}: ${trouble.what}`,
        trouble.cause,
        `kubectl --namespace ${namespace} describe pods --selector ${labels.join(",")}`,
      )
    : broken(count, cause, `kubectl --namespace ${namespace} rollout status ${placeOf(workload)}`);
}

/** As kubectl names it. */
export function placeOf(workload: Workload): string {
  return `${isDaemonSet(workload) ? "daemonset" : "deployment"}/${workload.metadata?.name}`;
}

/** The API server says no kind of what it lists. */
function isDaemonSet(workload: Workload): workload is V1DaemonSet {
  return !(workload.spec && "replicas" in workload.spec);
}

/** What keeps a pod from being ready, as Kubernetes says it, and what that mostly is. */
export function podTrouble(found: V1Pod): { what: string; cause: string } | undefined {
  const { metadata, spec, status } = found;
  const condition = (type: string) => status?.conditions?.find((one) => one.type === type);
  if (status?.phase === "Succeeded" || isReady(found)) {
    return undefined;
  }
  const pod = metadata?.name ?? "";
  const unscheduled = condition("PodScheduled");
  if (unscheduled?.status === "False") {
    // After it the scheduler says, as long again, that evicting others would not help.
    const [reason = ""] = (unscheduled.message ?? "").split(/\.? preemption: /);
    return { what: `${pod} has no node (${reason})`, cause: "the nodes are full, tainted or not there" };
  }
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = all.map(({ state }) => state?.waiting).find((state) => state?.reason !== undefined);
  const reason = waiting?.reason ?? condition("Ready")?.reason ?? "not ready";
  const cause =
    reason === "ContainerCreating" && spec?.hostNetwork
      ? "its image is being pulled, or a volume or Secret is missing"
      : causes[reason];
  return { what: `${pod} is ${reason}`, cause: cause ?? "its log says more" };
}

const causes: Readonly<Record<string, string>> = {
  ErrImagePull: "the registry does not answer: NAT, its rate limit, or no such image",
  ImagePullBackOff: "the registry does not answer: NAT, its rate limit, or no such image",
  CrashLoopBackOff: "it ends by itself: its log says why",
  ContainerCreating: "no pod address is left on the node, or a volume or Secret is missing",
};

function ofVersion(look: Look, workload: Workload, wanted: string | undefined, count: string): Finding {
  const version = versionOf(workload);
  return wanted === undefined || version.replace(/^v/, "") === wanted
    ? holds(`${count}, ${version}`)
    : otherVersion(look, version, wanted);
}

/** @param wanted - of `platform/versions.ts` */
export function otherVersion({ settings }: Look, found: string, wanted: string): Finding {
  return broken(
    `${found}, and platform/versions.ts says ${wanted}`,
    "an upgrade is under way, or the bootstrap stack was not applied since the version changed",
    planOf(settings, "bootstrap"),
  );
}

/** The version of what a workload is part of, as Flux labels it; or its first image's tag, without what builds add to it. */
function versionOf({ metadata, spec }: Workload): string {
  const { "app.kubernetes.io/part-of": whole, "app.kubernetes.io/version": labelled } = metadata?.labels ?? {};
  if (whole === "flux" && labelled !== undefined) {
    return labelled;
  }
  const [image = ""] = spec?.template.spec?.containers.map((container) => container.image ?? "") ?? [];
  return /:(v?[\d.]+)[^:/]*(?:@|$)/.exec(image)?.[1] ?? image;
}
