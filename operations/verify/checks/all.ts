import type { Check } from "../check";
import { accessEntries } from "./access";
import { ciliumApiHost } from "./api-host";
import * as cilium from "./cilium";
import { ciliumConfig } from "./cilium-config";
import { ciliumRelease } from "./cilium-release";
import { controlPlane, endpointAccess, kubernetesVersion, onlyCni } from "./cluster";
import { coreDnsAddon, coreDnsAnswers } from "./core-dns";
import { corefile, dnsAddress } from "./dns-configuration";
import * as flux from "./flux";
import { fluxSource } from "./flux-source";
import { clusterVariablesSet } from "./flux-variables";
import { certificateRenewal, hubbleCertificates } from "./hubble-certificates";
import * as karpenter from "./karpenter";
import { kubernetesSupport } from "./kubernetes-support";
import { clusterwidePolicies } from "./network-policies";
import { podsOfNewNodes } from "./new-nodes";
import { kubeletVersions, nodeConditions, schedulableNodes } from "./node-health";
import { nodeGroup, nodeImages, nodesReady, nodeTaints } from "./nodes";
import { podRoles } from "./pod-roles";
import { waitingPods } from "./waiting-pods";
import { webhooksAnswer } from "./webhooks";

/** All checks, from the outside in: a cause stands above what it breaks. */
export const checks: readonly Check[] = [
  controlPlane,
  kubernetesVersion,
  kubernetesSupport,
  endpointAccess,
  accessEntries,
  nodeGroup,
  nodesReady,
  nodeImages,
  nodeTaints,
  schedulableNodes,
  nodeConditions,
  kubeletVersions,
  webhooksAnswer,
  onlyCni,
  ciliumRelease,
  ...cilium.ciliumWorkloads,
  ciliumConfig,
  ciliumApiHost,
  podRoles,
  cilium.kubeProxyReplacement,
  cilium.eniIpam,
  cilium.podAddressesLeft,
  podsOfNewNodes,
  cilium.policyEnforcement,
  clusterwidePolicies,
  ...cilium.hubbleWorkloads,
  hubbleCertificates,
  certificateRenewal,
  coreDnsAddon,
  coreDnsAnswers,
  corefile,
  dnsAddress,
  flux.fluxControllers,
  flux.gitRepositoryReady,
  fluxSource,
  flux.gitHead,
  flux.ociRepositoriesReady,
  flux.kustomizationsReady,
  flux.helmReleasesReady,
  clusterVariablesSet,
  karpenter.karpenterRuns,
  karpenter.nodePoolsReady,
  karpenter.nodeClassesReady,
  karpenter.interruptionQueue,
  karpenter.launchedNodesJoined,
  waitingPods,
];
