import type { V1ConfigMap } from "@kubernetes/client-node";

import { versions } from "../../../constructs/versions";
import { Failure } from "../../connection/failure";
import { age } from "../age";
import { broken, type Check, type Finding, holds } from "../check";
import type { Look } from "../look";
import { planOf } from "../plan";
import { someNodes } from "../some-nodes";
import { daemonSet, deployment } from "../workload";

const namespace = "kube-system";

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
    const without = nodes
      .flatMap(({ metadata }) => metadata?.name ?? [])
      .filter((name) => !ciliumNodes.some((node) => node.name === name && node.prefixes > 0));
    const [error] = ciliumNodes.flatMap(({ name, error: said }) => (said === "" ? [] : [`${name}: ${said}`]));
    return without.length === 0 && error === undefined
      ? holds(`${ciliumNodes.reduce((sum, { prefixes }) => sum + prefixes, 0)} prefixes on ${nodes.length} nodes`)
      : broken(
          error ?? `${without.join(", ")} has no prefix`,
          /insufficient|no free|not enough/i.test(error ?? "")
            ? "the subnets have no free /28 left"
            : "Cilium's operator does not run, or AWS refuses it",
          "kubectl --namespace kube-system logs deployment/cilium-operator --all-pods --tail 50",
        );
  },
};

export const podAddresses: Check = {
  id: "pod-addresses",
  title: "pod addresses",
  async run(look) {
    const nodes = await look.ciliumNodes();
    const left = nodes.map(({ name, addresses, used }) => ({ name, left: addresses - used }));
    const [scarcest] = left.toSorted((one, other) => one.left - other.left);
    if (!scarcest) {
      return broken("no node has any", "Cilium's agents have not told of their nodes", "kubectl get ciliumnodes");
    }
    return scarcest.left > 0
      ? holds(`${scarcest.left} or more left on each of ${nodes.length} nodes`)
      : broken(
          `none left on ${scarcest.name}`,
          "the subnet has no free /28 left, or Cilium's operator gives no more",
          `kubectl get ciliumnode ${scarcest.name} --output yaml`,
        );
  },
};

export const ciliumConfig: Check = {
  id: "cilium-config",
  title: "Cilium's configuration",
  async run(look) {
    const config = await look.configMap(namespace, "cilium-config");
    const agents = (await look.pods(namespace)).filter(({ metadata }) => metadata?.labels?.["k8s-app"] === "cilium");
    if (!config || agents.length === 0) {
      throw new Failure("nothing there", "there is no agent, or no cilium-config", "see Cilium's agent above");
    }
    const changed = dataChange(config);
    const older = agents.filter(({ status }) => (status?.startTime?.getTime() ?? 0) < changed.getTime());
    return older.length === 0
      ? holds(`read by all ${agents.length} agents, ${age(changed)} old`)
      : broken(
          `changed ${age(changed)} ago, after ${older.length} of ${agents.length} agents had read it`,
          "agents are still restarting after an upgrade, or somebody changed it by hand",
          `kubectl --namespace ${namespace} rollout status daemonset/cilium`,
        );
  },
};

/** When somebody last wrote something that is in it; of what was only taken away, Kubernetes keeps no time. */
function dataChange({ metadata }: V1ConfigMap): Date {
  const entries = (metadata?.managedFields ?? []).filter(({ fieldsV1 }) => fieldsV1 && "f:data" in fieldsV1);
  return new Date(Math.max(0, ...entries.map(({ time }) => time?.getTime() ?? 0)));
}

/** Whether Cilium's configuration says so. */
async function configured(look: Look, wanted: Readonly<Record<string, string>>): Promise<Finding> {
  const config = await look.configMap(namespace, "cilium-config");
  if (!config) {
    return broken(
      "there is no ConfigMap kube-system/cilium-config",
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
