import type { ResourceChange } from "../../../terraform/plan/plan";
import { isObject, member, same, type Value, type ValueObject } from "../../../terraform/plan/value";
import { changing, type DangerRule, isAnyChange } from "./rule";

// Which values change the DaemonSet's pods, and which cilium-config alone, was found by rendering chart 1.20.2.

/** Helm values that change the DaemonSet's pods, and so restart the agents. */
const podValues = valuePaths(`
  affinity agent bpf.autoMount cgroup clustermesh.config.enabled cni.binPath cni.chainingMode cni.confPath
  cni.configMap cni.hostConfDirMountPath cni.install cni.iptablesRemoveAWSRules cni.resources commonLabels
  daemon.allowedConfigOverrides daemon.blockedConfigOverrides daemon.configSources daemon.runPath dnsPolicy
  enableCriticalPriorityClass encryption.enabled encryption.ipsec encryption.type envoy.enabled etcd.enabled
  extraArgs extraContainers extraEnv extraHostPathMounts extraInitContainers extraVolumeMounts extraVolumes
  healthPort hubble.enabled hubble.export.dynamic hubble.metrics.dynamic hubble.metrics.enabled hubble.metrics.port
  hubble.metrics.tls hubble.peerService.targetPort hubble.tls.enabled hubble.tls.server image imagePullSecrets
  initResources ipMasqAgent.enabled ipv4.enabled k8s.apiServerURLs k8sClientExponentialBackoff k8sServiceHost
  k8sServicePort keepDeprecatedLabels keepDeprecatedProbes kubeConfigPath l7Proxy livenessProbe monitor name
  nodeSelector nodeinit.enabled podAnnotations podLabels podSecurityContext preflight.enabled priorityClassName
  prometheus.enabled prometheus.port readinessProbe resources rollOutCiliumPods scheduling securityContext
  serviceAccounts.cilium sleepAfterInit startupProbe sysctlfix terminationGracePeriodSeconds tls.caBundle tmpVolume
  tolerations
`);

/** Helm values of what runs beside the agents, which neither the agents nor their configuration have. */
const otherValues = valuePaths(`
  annotations authentication.mutual.spire.install certgen clustermesh.apiserver
  clustermesh.mcsapi.corednsAutoConfigure dashboards encryption.ztunnel eni.iamRole envoy hubble.metrics.dashboards
  hubble.metrics.serviceMonitor hubble.relay hubble.tls.auto hubble.ui ingressController.service minReadySeconds
  nodeinit operator preflight prometheus.serviceMonitor rbac resourceQuotas serviceAccounts standaloneDnsProxy tls.ca
  updateStrategy
`);

const restarting = ["version", "chart", ...podValues.map((name) => `values.${name}`)];

// To Helm, an empty value takes the place of the chart's, and null does not.
export const agents = { types: ["helm_release"], actions: changing, where: isCilium, matters: isAnyChange } as const;

/** Rules on Cilium's agents, on which all connections of pods rely. */
export const ciliumRules: readonly DangerRule[] = [
  {
    ...agents,
    id: "cilium-ipam-changed",
    severity: "danger",
    attributes: ["values.ipam.mode", "values.eni.enabled"],
    subject: "where Cilium takes pod addresses from",
    predicate: "changes",
    workloads: "running pods may lose their connections for good: Cilium supports it in a new cluster alone",
  },
  {
    ...agents,
    id: "cilium-prefixes-changed",
    severity: "danger",
    attributes: ["values.eni.awsEnablePrefixDelegation", "values.eni.nodeSpec.disablePrefixDelegation"],
    subject: "whether Cilium takes pod addresses by the prefix",
    predicate: "changes",
    workloads: "nodes keep to what they have until they are replaced; new ones have room for more pods, or fewer",
  },
  {
    ...agents,
    id: "cilium-routing-changed",
    severity: "danger",
    attributes: [
      "values.routingMode",
      "values.tunnelProtocol",
      "values.tunnelPort",
      "values.underlayProtocol",
      "values.autoDirectNodeRoutes",
    ],
    subject: "how Cilium routes between nodes",
    predicate: "changes",
    workloads: "nodes with the old and with the new setting do not reach each other's pods",
  },
  {
    ...agents,
    id: "cilium-masquerade-changed",
    severity: "danger",
    attributes: [
      "values.enableIPv4Masquerade",
      "values.enableIPv6Masquerade",
      "values.bpf.masquerade",
      "values.egressMasqueradeInterfaces",
      "values.ipMasqAgent",
      "values.enableMasqueradeRouteSource",
      "values.ipv4NativeRoutingCIDR",
      "values.ipv6NativeRoutingCIDR",
    ],
    subject: "which address pods have outside of the cluster",
    predicate: "changes",
    workloads: "connections that are open break; firewalls see other addresses",
  },
  {
    ...agents,
    id: "cilium-subnets-changed",
    severity: "danger",
    attributes: ["values.eni.nodeSpec.subnetIDs", "values.eni.nodeSpec.subnetTags"],
    subject: "in which subnets pods have their addresses",
    predicate: "changes",
    workloads:
      "nodes keep the interfaces that they have; pods on new ones come from other addresses, and firewalls see those",
  },
  {
    ...agents,
    id: "cilium-kube-proxy-replacement-changed",
    severity: "danger",
    attributes: ["values.kubeProxyReplacement"],
    subject: "whether Cilium stands in for kube-proxy",
    predicate: "changes",
    workloads: "where neither does, no Service works, the API's own among them",
  },
  {
    ...agents,
    id: "cilium-policies-off",
    severity: "danger",
    attributes: ["values.policyEnforcementMode", "values.policyAuditMode"],
    matters: (_, after) => after === "never" || after === "true",
    subject: "network policies",
    predicate: "are no longer enforced",
    workloads: "nothing breaks: once an agent has read it, what policies forbid goes through",
  },
  {
    ...agents,
    id: "cilium-agents-restart",
    severity: "danger",
    attributes: restarting,
    subject: "every Cilium agent",
    predicate: "restarts",
    workloads: "open connections go on; new pods and policies wait for the node's agent, for about a minute each",
  },
  {
    ...agents,
    id: "cilium-config-rolled-out",
    severity: "danger",
    attributes: ["values"],
    matters: (before, after) => configurationDiffers(before, after) && rollsOut(after),
    subject: "every Cilium agent",
    predicate: "restarts, to read its configuration",
    workloads: "open connections go on; new pods and policies wait for the node's agent, for about a minute each",
  },
  {
    ...agents,
    id: "cilium-config-changed",
    severity: "caution",
    attributes: ["values"],
    matters: (before, after) => configurationDiffers(before, after) && !rollsOut(after),
    subject: "the configuration of Cilium's agents",
    predicate: "changes",
    workloads: "an agent reads it when it starts: what does not restart goes on as before until it does",
  },
  {
    ...agents,
    id: "cilium-envoy-changed",
    severity: "caution",
    attributes: ["version", "values.envoy"],
    subject: "Cilium's Envoy",
    predicate: "changes",
    workloads: "where it restarts, connections through ingresses and L7 policies break, and must be made anew",
  },
];

/** Returns whether a change of the release restarts all agents. */
export function restartsAgents({ before, after }: ResourceChange): boolean {
  const at = (release: Value, path: string) => path.split(".").reduce<Value>(member, release);
  const differs = (path: string) => !same(at(before, path), at(after, path));
  return restarting.some(differs) || (differs("values") && rollsOut(at(after, "values")));
}

function isCilium({ chart }: ValueObject): boolean {
  return chart === "cilium";
}

function configurationDiffers(before: Value, after: Value): boolean {
  return !same(configuration(before), configuration(after));
}

/** Returns the values that the agents read when they start, and do not restart for. */
function configuration(values: Value): Value {
  return [...otherValues, ...podValues].reduce((left, name) => without(left, name.split(".")), values);
}

function without(value: Value, [step = "", ...rest]: readonly string[]): Value {
  if (!isObject(value)) {
    return value;
  }
  const { [step]: inner = null, ...others } = value;
  const left = rest.length === 0 ? {} : without(inner, rest);
  return left === null || (isObject(left) && Object.keys(left).length === 0) ? others : { ...others, [step]: left };
}

function rollsOut(values: Value): boolean {
  return isObject(values) && values["rollOutCiliumPods"] === "true";
}

function valuePaths(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
