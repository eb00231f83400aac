import type { V1Node } from "@kubernetes/client-node";

import { nodePoolTag, startupTaint, systemNamespace } from "../../../platform/names";
import { releaseNamed } from "../../../releases/all";
import { conditionOf, isReady } from "../../kubernetes/objects";
import { broken, type Check, type CheckOutcome, holds } from "../check";
import { describeNodeGroup, reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { stayingNodes, stayingNodesOrThrow } from "../staying-nodes";
import { issueTexts, namesText, sentenceOf } from "../wording";

export const nodeGroup: Check = {
  id: "node-group",
  title: "node group",
  async run(snapshot) {
    const { nodes } = snapshot.settings;
    const groups = await snapshot.nodeGroups();
    const troubled = groups.find((group) => group.status !== "ACTIVE" || issueTexts(group).length > 0);
    if (troubled) {
      return broken(
        [`${troubled.nodegroupName} is ${troubled.status}`, ...issueTexts(troubled)].join("; "),
        troubled.status === "CREATE_FAILED"
          ? "its nodes did not become ready, mostly because Cilium's images could not be pulled; applying again replaces it"
          : "EKS is at it, or says above what it needs",
        describeNodeGroup(snapshot.settings, troubled),
      );
    }
    const [group] = groups;
    return group
      ? holds(
          `${group.nodegroupName} is ACTIVE, ${group.scalingConfig?.desiredSize} of ${nodes.minSize} to ${nodes.maxSize}`,
        )
      : broken(
          "there is none",
          "the bootstrap stack was not applied",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

export const nodesReady: Check = {
  id: "nodes-ready",
  title: "nodes",
  async run(snapshot) {
    const nodes = await stayingNodes(snapshot);
    const { minSize } = snapshot.settings.nodes;
    const unready = nodes.filter((node) => !isReady(node));
    const [first] = unready;
    if (first) {
      const { reason, message } = conditionOf(first, "Ready") ?? {};
      return broken(
        `${unready.length} of ${nodes.length} not ready: ${namesText(nodeNames(unready))} (${reason ?? "no word of its kubelet"})`,
        /cni|network plugin/i.test(message ?? "")
          ? "Cilium's agent is not up there"
          : "the kubelet stopped, the machine is gone, or Cilium's agent is not up there",
        `kubectl describe node ${first.metadata?.name}`,
      );
    }
    const managed = nodes.filter(({ metadata }) => metadata?.labels?.["eks.amazonaws.com/nodegroup"] !== undefined);
    return managed.length < minSize
      ? tooFewNodes(snapshot, managed.length)
      : holds(`${nodes.length} ready, ${managed.length} of them of the node group`);
  },
};

async function tooFewNodes(snapshot: Snapshot, count: number): Promise<CheckOutcome> {
  const { settings } = snapshot;
  const [group] = await snapshot.nodeGroups().catch(() => []);
  return broken(
    `${count} of the node group, and minSize is ${settings.nodes.minSize}`,
    "machines were launched and did not join, or could not be launched",
    group ? describeNodeGroup(settings, group) : reviewInvocation(settings, "bootstrap"),
  );
}

export const nodeImages: Check = {
  id: "node-images",
  title: "architecture and image",
  async run(snapshot) {
    const { bottlerocket, kubernetes } = releaseNamed(snapshot.settings.release);
    const wantedImage = `Bottlerocket OS ${bottlerocket.version} (aws-k8s-${kubernetes.version})`;
    const nodes = await stayingNodesOrThrow(snapshot);
    const foreign = nodes.filter(({ status }) => status?.nodeInfo?.architecture !== "arm64");
    if (foreign.length > 0) {
      return broken(
        `${sentenceOf(nodeNames(foreign), "is", "are")} ${foreign[0]?.status?.nodeInfo?.architecture}`,
        "a node pool of yours launches other machines than arm64",
        `kubectl get nodes --label-columns kubernetes.io/arch,${nodePoolTag}`,
      );
    }
    const old = nodes.filter(({ status }) => status?.nodeInfo?.osImage !== wantedImage);
    return old.length === 0
      ? holds(`arm64, ${wantedImage}`)
      : broken(
          `${sentenceOf(nodeNames(old), "runs", "run")} ${old[0]?.status?.nodeInfo?.osImage}, not ${wantedImage}`,
          "nodes are still being rolled, or the bootstrap stack was not applied since the version changed",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

export const nodeTaints: Check = {
  id: "node-taints",
  title: `no ${startupTaint.replace(/.*\//, "")} taint`,
  async run(snapshot) {
    const tainted = (await stayingNodesOrThrow(snapshot)).filter(({ spec }) =>
      spec?.taints?.some(({ key }) => key === startupTaint),
    );
    return tainted.length === 0
      ? holds("on no node")
      : broken(
          `on ${namesText(nodeNames(tainted))}`,
          "Cilium's agent is not ready there, or its operator, which takes the taint off, does not run",
          `kubectl --namespace ${systemNamespace} get pods --selector k8s-app=cilium --field-selector spec.nodeName=${tainted[0]?.metadata?.name}`,
        );
  },
};

function nodeNames(nodes: readonly V1Node[]): string[] {
  return nodes.map(({ metadata }) => metadata?.name ?? "");
}
