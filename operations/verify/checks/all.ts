import type { Check } from "../check";
import { accessEntries } from "./access";
import * as cilium from "./cilium";
import { ciliumConfig } from "./cilium-config";
import { controlPlane, endpointAccess, kubernetesVersion, onlyCni } from "./cluster";
import { coreDnsAddon, coreDnsAnswers } from "./core-dns";
import * as flux from "./flux";
import * as karpenter from "./karpenter";
import { nodeGroup, nodeImages, nodesReady, nodeTaints } from "./nodes";

/** All checks, from the outside in: a cause stands above what it breaks. */
export const checks: readonly Check[] = [
  controlPlane,
  kubernetesVersion,
  endpointAccess,
  accessEntries,
  nodeGroup,
  nodesReady,
  nodeImages,
  nodeTaints,
  onlyCni,
  ...cilium.ciliumWorkloads,
  ciliumConfig,
  cilium.kubeProxyReplacement,
  cilium.eniIpam,
  cilium.podAddressesLeft,
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
