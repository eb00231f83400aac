import type { V1DaemonSet, V1Deployment, V1LabelSelector, V1Pod } from "@kubernetes/client-node";

import { broken, type Finding, holds } from "./check";
import type { Look } from "./look";
import { planOf } from "./plan";
import { someNodes } from "./some-nodes";

/**
 * Whether a Deployment has all its replicas, and if not, what its pods say.
 * @param version - that it should have, without `v`; nothing for any
 */
export async function deployment(look: Look, namespace: string, name: string, version?: string): Promise<Finding> {
  const found = (await look.deployments(namespace)).find(({ metadata }) => metadata?.name === name);
  const wanted = found?.spec?.replicas ?? 1;
  const available = found?.status?.availableReplicas ?? 0;
  if (found && wanted > 0 && available >= wanted) {
    return ofVersion(look, found, version, `${available} of ${wanted} replicas`);
  }
  return unavailable(look, "Deployment", namespace, name, found, `${available} of ${wanted} replicas`, wanted === 0);
}

/** Whether a DaemonSet has a ready pod on every node. */
export async function daemonSet(look: Look, namespace: string, name: string, version?: string): Promise<Finding> {
  const [all, nodes] = await Promise.all([look.daemonSets(namespace), someNodes(look)]);
  const found = all.find(({ metadata }) => metadata?.name === name);
  const ready = found?.status?.numberReady ?? 0;
  return found && ready >= nodes.length
    ? ofVersion(look, found, version, `on all ${nodes.length} nodes`)
    : unavailable(look, "DaemonSet", namespace, name, found, `on ${ready} of ${nodes.length} nodes`, false);
}

async function unavailable(
  look: Look,
  kind: string,
  namespace: string,
  name: string,
  workload: V1Deployment | V1DaemonSet | undefined,
  count: string,
  scaledDown: boolean,
): Promise<Finding> {
  if (!workload) {
    return broken(
      `there is no ${kind} ${namespace}/${name}`,
      "never installed, or deleted",
      `kubectl --namespace ${namespace} get all`,
    );
  }
  const selector = labelsOf(workload.spec?.selector);
  const own = (await look.pods(namespace)).filter(({ metadata }) =>
    Object.entries(selector).every(([label, value]) => metadata?.labels?.[label] === value),
  );
  const trouble = own.map(podTrouble).find((said) => said !== undefined);
  const labels = Object.entries(selector).map(([label, value]) => `${label}=${value}`);
  return broken(
    trouble === undefined ? count : `${count}: ${trouble.what}`,
    scaledDown ? "somebody scaled it down" : (trouble?.cause ?? "its pods are just starting"),
    `kubectl --namespace ${namespace} describe pods --selector ${labels.join(",")}`,
  );
}

function labelsOf(selector: V1LabelSelector | undefined): Readonly<Record<string, string>> {
  return selector?.matchLabels ?? {};
}

/** What keeps a pod from being ready, as Kubernetes says it, and what that mostly is. */
export function podTrouble({ metadata, status }: V1Pod): { what: string; cause: string } | undefined {
  const condition = (type: string) => status?.conditions?.find((one) => one.type === type);
  if (status?.phase === "Succeeded" || condition("Ready")?.status === "True") {
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
  return { what: `${pod} is ${reason}`, cause: causes[reason] ?? "its log says more" };
}

const causes: Readonly<Record<string, string>> = {
  ErrImagePull: "the registry does not answer: NAT, its rate limit, or no such image",
  ImagePullBackOff: "the registry does not answer: NAT, its rate limit, or no such image",
  CrashLoopBackOff: "it ends by itself: its log says why",
  ContainerCreating: "no pod address is left on the node, or a volume or Secret is missing",
};

function ofVersion(
  look: Look,
  workload: V1Deployment | V1DaemonSet,
  wanted: string | undefined,
  count: string,
): Finding {
  const version = versionOf(workload);
  return wanted === undefined || version.replace(/^v/, "") === wanted
    ? holds(`${count}, ${version}`)
    : otherVersion(look, version, wanted);
}

/** @param wanted - of `constructs/versions.ts` */
export function otherVersion({ settings }: Look, found: string, wanted: string): Finding {
  return broken(
    `${found}, and constructs/versions.ts says ${wanted}`,
    "an upgrade is under way, or the bootstrap stack was not applied since the version changed",
    planOf(settings, "bootstrap"),
  );
}

/** The version of what a workload is part of, as Flux labels it; or its first image's tag, without what builds add to it. */
function versionOf({ metadata, spec }: V1Deployment | V1DaemonSet): string {
  const { "app.kubernetes.io/part-of": whole, "app.kubernetes.io/version": labelled } = metadata?.labels ?? {};
  if (whole === "flux" && labelled !== undefined) {
    return labelled;
  }
  const [image = ""] = spec?.template.spec?.containers.map((container) => container.image ?? "") ?? [];
  return /:(v?[\d.]+)[^:/]*(?:@|$)/.exec(image)?.[1] ?? image;
}
