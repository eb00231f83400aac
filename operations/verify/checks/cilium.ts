import { ciliumOperatorName, hubbleUiName, systemNamespace } from "../../../platform/names";
import { releaseNamed } from "../../../releases/all";
import type { ComponentName } from "../../../releases/release";
import { network } from "../../../schema/address";
import { hasPodSubnets } from "../../../schema/pod-subnets";
import { isYoung } from "../age";
import type { CiliumNode } from "../answers/cilium-node";
import { broken, type Check, type CheckOutcome, holds, warning } from "../check";
import { restartDanger } from "../first-interface";
import { reviewInvocation, verifyInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { stayingNodesOrThrow } from "../staying-nodes";
import { counted, namesText, sentenceOf } from "../wording";
import { checkDaemonSet, checkDeployment } from "../workload";

export const ciliumWorkloads: readonly Check[] = [
  workloadCheck("cilium-agent", "Cilium's agent", checkDaemonSet, "cilium", "cilium"),
  workloadCheck("cilium-envoy", "Cilium's Envoy", checkDaemonSet, "cilium-envoy"),
  workloadCheck("cilium-operator", "Cilium's operator", checkDeployment, ciliumOperatorName, "cilium"),
];

export const hubbleWorkloads: readonly Check[] = [
  workloadCheck("hubble-relay", "Hubble's relay", checkDeployment, "hubble-relay"),
  workloadCheck("hubble-ui", "Hubble's UI", checkDeployment, hubbleUiName),
];

/** Returns the check of a workload in Cilium's namespace; without a component whose version it has, it may run any. */
function workloadCheck(
  id: string,
  title: string,
  check: typeof checkDeployment,
  name: string,
  component?: ComponentName,
): Check {
  return {
    id,
    title,
    run: (snapshot) =>
      check(snapshot, systemNamespace, name, component && releaseNamed(snapshot.settings.release)[component].version),
  };
}

export const kubeProxyReplacement: Check = {
  id: "kube-proxy-replacement",
  title: "kube-proxy replacement",
  run: (snapshot) => checkConfigValues(snapshot, { "kube-proxy-replacement": "true" }),
};

export const policyEnforcement: Check = {
  id: "policy-enforcement",
  title: "enforcement of policies",
  run: (snapshot) => checkConfigValues(snapshot, { "enable-policy": "default" }),
};

export const eniIpam: Check = {
  id: "eni-ipam",
  title: "ENI IPAM with prefixes",
  async run(snapshot) {
    const configured = await checkConfigValues(snapshot, { ipam: "eni", "aws-enable-prefix-delegation": "true" });
    if (configured.state !== "holds") {
      return configured;
    }
    const [nodes, ciliumNodes] = await Promise.all([stayingNodesOrThrow(snapshot), snapshot.ciliumNodes()]);
    const failed = ciliumNodes.find(({ error }) => error !== "");
    if (failed) {
      return broken(
        `${failed.name}: ${failed.error}`,
        /insufficient|no free|not enough/i.test(failed.error) ? noPrefix : "Cilium's operator can't, or AWS refuses it",
        operatorLog,
      );
    }
    const without = nodes
      .map(({ metadata }) => ({
        name: metadata?.name ?? "",
        createdAt: metadata?.creationTimestamp,
        ciliumNode: ciliumNodes.find(({ name }) => name === metadata?.name),
      }))
      .filter(({ ciliumNode }) => (ciliumNode?.prefixes ?? 0) === 0);
    if (without.length === 0) {
      const { podCidr } = snapshot.settings;
      const elsewhere = nodesOutside(await podNetworks(snapshot), ciliumNodes);
      if (elsewhere.length > 0) {
        const setting = podCidr === undefined ? "network.podSubnets" : "podCidr";
        const caution = (await restartDanger(snapshot)) ? ", and no agent may restart there" : "";
        return warning(
          `pods of ${namesText(elsewhere)} have addresses outside of ${setting}`,
          `they are older than what it is now${caution}: the bootstrap stack replaces those of the group, and Karpenter its own`,
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
      }
      const prefixes = ciliumNodes.reduce((sum, node) => sum + node.prefixes, 0);
      return holds(`${counted(prefixes, "prefix", "prefixes")} on ${counted(nodes.length, "node")}`);
    }
    const names = without.map(({ name }) => name);
    const found = sentenceOf(names, "has no prefix", "have no prefix");
    const old = without.filter(({ createdAt, ciliumNode }) => !isYoung(ciliumNode?.createdAt ?? createdAt));
    if (old.length === 0) {
      return broken(found, "under way: the operator gives new nodes theirs", verifyInvocation(snapshot.settings));
    }
    return old.some(({ ciliumNode }) => (ciliumNode?.addresses ?? 0) > 0)
      ? broken(`${found}, but single addresses`, `${noPrefix}, so the operator took single addresses`, outOfPrefixes)
      : broken(found, "Cilium's operator does not run, or AWS refuses it", operatorLog);
  },
};

/** Returns the networks of pods' addresses where those are not of the nodes' subnets; nothing where they are. */
async function podNetworks(snapshot: Snapshot): Promise<readonly string[] | undefined> {
  const { settings } = snapshot;
  if (!hasPodSubnets(settings)) {
    return undefined;
  }
  return settings.podCidr === undefined
    ? (await snapshot.podSubnets()).flatMap(({ CidrBlock }) => CidrBlock ?? [])
    : [settings.podCidr];
}

/** Returns the names of nodes with a prefix that is in none of the networks. */
function nodesOutside(blocks: readonly string[] | undefined, nodes: readonly CiliumNode[]): string[] {
  return blocks === undefined
    ? []
    : nodes
        .filter(({ networks }) =>
          networks.some((prefix) => !blocks.some((block) => network(prefix).isInSubnet(network(block)))),
        )
        .map(({ name }) => name);
}

const noPrefix = "the subnet had no free /28";
const operatorLog = `kubectl --namespace ${systemNamespace} logs deployment/${ciliumOperatorName} --all-pods --tail 50`;
/** Finds a line that the operator writes once for a node, since it asks for no prefix there again (Cilium, `pkg/aws/eni/node.go`). */
const outOfPrefixes = `kubectl --namespace ${systemNamespace} logs deployment/${ciliumOperatorName} --all-pods --tail -1 | grep 'out of prefixes'`;

/** The operator keeps eight addresses free on a node; where half of them are gone, it does not follow. */
const fewAddresses = 3;

export const podAddressesLeft: Check = {
  id: "pod-addresses",
  title: "pod addresses",
  async run(snapshot) {
    const nodes = await snapshot.ciliumNodes();
    const left = nodes.map(({ addresses, used, ...node }) => ({ ...node, left: addresses - used }));
    const [scarcest] = left.toSorted((one, other) => one.left - other.left);
    if (!scarcest) {
      return broken("no node has any", "Cilium's agents have not told of their nodes", "kubectl get ciliumnodes");
    }
    if (scarcest.left > fewAddresses) {
      return holds(
        `${scarcest.left} or more left on ${nodes.length === 1 ? "the one node" : `each of ${nodes.length} nodes`}`,
      );
    }
    const found = `${scarcest.left > 0 ? `only ${scarcest.left}` : "none"} left on ${scarcest.name}`;
    const cause = "the subnet has no free /28 left, or Cilium's operator gives no more";
    const next = `kubectl get ciliumnode ${scarcest.name} --output yaml`;
    if (scarcest.left > 0) {
      return warning(found, cause, next);
    }
    return isYoung(scarcest.createdAt)
      ? broken(found, "under way: the operator gives new nodes theirs", verifyInvocation(snapshot.settings))
      : broken(found, cause, next);
  },
};

/** Checks that Cilium's configuration has these values. */
async function checkConfigValues(snapshot: Snapshot, wanted: Readonly<Record<string, string>>): Promise<CheckOutcome> {
  const config = await snapshot.configMap(systemNamespace, "cilium-config");
  if (!config) {
    return broken(
      `there is no ConfigMap ${systemNamespace}/cilium-config`,
      "Cilium was never installed, or uninstalled",
      reviewInvocation(snapshot.settings, "bootstrap"),
    );
  }
  const wrong = Object.entries(wanted).filter(([key, value]) => config.data?.[key] !== value);
  return wrong.length === 0
    ? holds("on, as cilium-config says")
    : broken(
        wrong.map(([key, value]) => `${key} is ${config.data?.[key] ?? "not set"}, not ${value}`).join("; "),
        "somebody changed the release's values or cilium-config by hand",
        reviewInvocation(snapshot.settings, "bootstrap"),
      );
}
