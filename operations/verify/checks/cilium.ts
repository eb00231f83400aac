import { systemNamespace as namespace } from "../../../platform/names";
import { versions } from "../../../platform/versions";
import { isYoung } from "../age";
import { broken, type Check, type Finding, holds } from "../check";
import { lookAgain, planOf } from "../next-commands";
import type { Look } from "../snapshot";
import { someNodes } from "../staying-nodes";
import { daemonSet, deployment } from "../workload";

export const ciliumAgent: Check = {
  id: "cilium-agent",
  title: "Cilium's agent",
  run: (look) => daemonSet(look, namespace, "cilium", versions.cilium),
};

export const ciliumEnvoy: Check = {
  id: "cilium-envoy",
  title: "Cilium's Envoy",
  run: (look) => daemonSet(look, namespace, "cilium-envoy"),
};

export const ciliumOperator: Check = {
  id: "cilium-operator",
  title: "Cilium's operator",
  run: (look) => deployment(look, namespace, "cilium-operator", versions.cilium),
};

export const hubbleRelay: Check = {
  id: "hubble-relay",
  title: "Hubble's relay",
  run: (look) => deployment(look, namespace, "hubble-relay"),
};

export const hubbleUi: Check = {
  id: "hubble-ui",
  title: "Hubble's UI",
  run: (look) => deployment(look, namespace, "hubble-ui"),
};

export const kubeProxyReplacement: Check = {
  id: "kube-proxy-replacement",
  title: "kube-proxy replacement",
  run: (look) => configured(look, { "kube-proxy-replacement": "true" }),
};

export const eniIpam: Check = {
  id: "eni-ipam",
  title: "ENI IPAM with prefixes",
  async run(look) {
    const settings = await configured(look, { ipam: "eni", "aws-enable-prefix-delegation": "true" });
    if (settings.state !== "holds") {
      return settings;
    }
    const [nodes, ciliumNodes] = await Promise.all([someNodes(look), look.ciliumNodes()]);
    const [error] = ciliumNodes.flatMap(({ name, error: said }) => (said === "" ? [] : [`${name}: ${said}`]));
    if (error !== undefined) {
      return broken(
        error,
        /insufficient|no free|not enough/i.test(error) ? noPrefix : "Cilium's operator can't, or AWS refuses it",
        operatorLog,
      );
    }
    const without = nodes
      .map(({ metadata }) => ({
        name: metadata?.name ?? "",
        age: metadata?.creationTimestamp,
        found: ciliumNodes.find(({ name }) => name === metadata?.name),
      }))
      .filter(({ found }) => (found?.prefixes ?? 0) === 0);
    if (without.length === 0) {
      return holds(`${ciliumNodes.reduce((sum, { prefixes }) => sum + prefixes, 0)} prefixes on ${nodes.length} nodes`);
    }
    const said = `${without.map(({ name }) => name).join(", ")} has no prefix`;
    const grown = without.filter(({ age: since, found }) => !isYoung(found?.createdAt ?? since));
    if (grown.length === 0) {
      return broken(said, "under way: the operator gives new nodes theirs", lookAgain(look.settings));
    }
    return grown.some(({ found }) => (found?.addresses ?? 0) > 0)
      ? broken(`${said}, but single addresses`, `${noPrefix}, so the operator took single addresses`, outOfPrefixes)
      : broken(said, "Cilium's operator does not run, or AWS refuses it", operatorLog);
  },
};

const noPrefix = "the subnet had no free /28";
const operatorLog = `kubectl --namespace ${namespace} logs deployment/cilium-operator --all-pods --tail 50`;
/** The operator says it once a node, and asks for no prefix there again (Cilium, `pkg/aws/eni/node.go`, AllocateIPs). */
const outOfPrefixes = `kubectl --namespace ${namespace} logs deployment/cilium-operator --all-pods --tail -1 | grep 'out of prefixes'`;

export const podAddresses: Check = {
  id: "pod-addresses",
  title: "pod addresses",
  async run(look) {
    const nodes = await look.ciliumNodes();
    const left = nodes.map(({ addresses, used, ...node }) => ({ ...node, left: addresses - used }));
    const [scarcest] = left.toSorted((one, other) => one.left - other.left);
    if (!scarcest) {
      return broken("no node has any", "Cilium's agents have not told of their nodes", "kubectl get ciliumnodes");
    }
    if (scarcest.left > 0) {
      return holds(`${scarcest.left} or more left on each of ${nodes.length} nodes`);
    }
    const found = `none left on ${scarcest.name}`;
    return isYoung(scarcest.createdAt)
      ? broken(found, "under way: the operator gives new nodes theirs", lookAgain(look.settings))
      : broken(
          found,
          "the subnet has no free /28 left, or Cilium's operator gives no more",
          `kubectl get ciliumnode ${scarcest.name} --output yaml`,
        );
  },
};

/** Whether Cilium's configuration says so. */
async function configured(look: Look, wanted: Readonly<Record<string, string>>): Promise<Finding> {
  const config = await look.configMap(namespace, "cilium-config");
  if (!config) {
    return broken(
      `there is no ConfigMap ${namespace}/cilium-config`,
      "Cilium was never installed, or uninstalled",
      planOf(look.settings, "bootstrap"),
    );
  }
  const others = Object.entries(wanted).filter(([key, value]) => config.data?.[key] !== value);
  return others.length === 0
    ? holds("on, as cilium-config says")
    : broken(
        others.map(([key, value]) => `${key} is ${config.data?.[key] ?? "not set"}, not ${value}`).join("; "),
        "somebody changed the release's values or cilium-config by hand",
        planOf(look.settings, "bootstrap"),
      );
}
