import type { Check } from "../check";
import { accessEntries } from "./access";
import * as cilium from "./cilium";
import { ciliumConfig } from "./cilium-config";
import { ciliumRelease } from "./cilium-release";
import { controlPlane, endpointAccess, kubernetesVersion, onlyCni } from "./cluster";
import { coreDnsAddon, coreDnsAnswers } from "./core-dns";
import * as flux from "./flux";
import * as karpenter from "./karpenter";
import { kubernetesSupport } from "./kubernetes-support";
import { podsOfNewNodes } from "./new-nodes";
import { nodeGroup, nodeImages, nodesReady, nodeTaints } from "./nodes";
import { podRoles } from "./pod-roles";

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
  onlyCni,
  ciliumRelease,
  ...cilium.ciliumWorkloads,
  ciliumConfig,
  podRoles,
  cilium.kubeProxyReplacement,
  cilium.eniIpam,
  cilium.podAddressesLeft,
  podsOfNewNodes,
  ...cilium.hubbleWorkloads,
  coreDnsAddon,
  coreDnsAnswers,
  flux.fluxControllers,
  flux.gitRepositoryReady,
  flux.gitHead,
  flux.kustomizationsReady,
  flux.helmReleasesReady,
  flux.clusterVariablesSet,
  karpenter.karpenterRuns,
  karpenter.nodePoolsReady,
  karpenter.nodeClassesReady,
  karpenter.interruptionQueue,
  karpenter.launchedNodesJoined,
];
