import type { V1Node } from "@kubernetes/client-node";

import { broken, type Check, type CheckOutcome, holds, warning } from "../check";
import { reviewInvocation } from "../next-commands";
import { stayingNodesOrThrow } from "../staying-nodes";
import { allOf, counted, namesText, sentenceOf } from "../wording";

export const schedulableNodes: Check = {
  id: "schedulable-nodes",
  title: "nodes that take pods",
  async run(snapshot) {
    const nodes = await stayingNodesOrThrow(snapshot);
    const cordoned = nodes.filter(({ spec }) => spec?.unschedulable);
    const [first] = cordoned;
    if (!first) {
      return holds(allOf(nodes.length, "node"));
    }
    const next = `kubectl uncordon ${first.metadata?.name}`;
    return cordoned.length === nodes.length
      ? broken(
          `${allOf(nodes.length, "node")} ${nodes.length === 1 ? "is" : "are"} cordoned`,
          "somebody cordoned them: no pod finds a place",
          next,
        )
      : warning(
          sentenceOf(nodeNames(cordoned), "is cordoned", "are cordoned"),
          "somebody cordoned it and forgot, or an upgrade of the node group drains it now",
          next,
        );
  },
};

/** Conditions by which a kubelet says that its node has too little of something; NetworkUnavailable is Cilium's to clear. */
const troubles = ["DiskPressure", "MemoryPressure", "PIDPressure", "NetworkUnavailable"];

export const nodeConditions: Check = {
  id: "node-conditions",
  title: "conditions of nodes",
  async run(snapshot) {
    const nodes = await stayingNodesOrThrow(snapshot);
    const troubled = nodes.flatMap((node) => {
      const types = (node.status?.conditions ?? []).flatMap(({ type, status }) =>
        troubles.includes(type) && status === "True" ? [type] : [],
      );
      return types.length === 0 ? [] : [{ name: node.metadata?.name ?? "", types }];
    });
    const [first] = troubled;
    if (!first) {
      return holds(`none of ${counted(nodes.length, "node")} lacks disk, memory or process ids`);
    }
    const found = namesText(troubled.map(({ name, types }) => `${name}: ${types.join(", ")}`));
    return broken(
      found,
      first.types.includes("NetworkUnavailable")
        ? "Cilium's agent is not up there"
        : "pods there use up what the machine has: the kubelet evicts them and takes no others",
      `kubectl describe node ${first.name}`,
    );
  },
};

export const kubeletVersions: Check = {
  id: "kubelet-versions",
  title: "versions of kubelets",
  async run(snapshot) {
    const [nodes, { version = "" }] = await Promise.all([stayingNodesOrThrow(snapshot), snapshot.cluster()]);
    const others = nodes.filter(
      ({ status }) => !Object.is(minorNumber(status?.nodeInfo?.kubeletVersion), minorNumber(version)),
    );
    return others.length === 0
      ? holds(`${version}, as the control plane`)
      : otherKubelets(others, version, reviewInvocation(snapshot.settings, "bootstrap"));
  },
};

/** A kubelet may be three minor versions behind the API server, and never ahead (Kubernetes, "Version Skew Policy"). */
export const allowedSkew = 3;

function otherKubelets(others: readonly V1Node[], version: string, next: string): CheckOutcome {
  const [first] = others;
  const kubelet = first?.status?.nodeInfo?.kubeletVersion;
  const found = `${sentenceOf(nodeNames(others), "has", "have")} ${kubelet}, and the control plane ${version}`;
  const skew = minorNumber(version) - minorNumber(kubelet);
  return broken(
    found,
    skew >= 0 && skew <= allowedSkew
      ? "the nodes were not replaced since the control plane was upgraded"
      : `Kubernetes allows a kubelet to be up to ${allowedSkew} minor versions behind, and never ahead`,
    next,
  );
}

/** Returns the minor version as a number: 36 of `1.36` and of `v1.36.3-eks-1a2b3c4`; NaN of what is none. */
export function minorNumber(version: string | undefined): number {
  return Number(/^v?1\.(\d+)/.exec(version ?? "")?.[1] ?? Number.NaN);
}

function nodeNames(nodes: readonly V1Node[]): string[] {
  return nodes.map(({ metadata }) => metadata?.name ?? "");
}
