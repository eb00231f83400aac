import type { Cluster } from "../../../schema/settings";
import type { Check } from "../check";
import { accessEntries } from "./access";
import { otherPrincipals } from "./access-others";
import { ciliumApiHost } from "./api-host";
import { awsRoles, oidcProvider } from "./aws-roles";
import * as cilium from "./cilium";
import { ciliumConfig } from "./cilium-config";
import { ciliumRelease } from "./cilium-release";
import { controlPlane, endpointAccess, kubernetesVersion, onlyCni } from "./cluster";
import { clusterAdministrators } from "./cluster-administrators";
import { controlPlaneLogs } from "./control-plane-logs";
import { coreDnsAddon, coreDnsAnswers } from "./core-dns";
import { corefile, dnsAddress } from "./dns-configuration";
import * as flux from "./flux";
import { fluxSource } from "./flux-source";
import { clusterVariablesSet } from "./flux-variables";
import { githubTokenOfRuns } from "./github-token-of-runs";
import { certificateRenewal, hubbleCertificates } from "./hubble-certificates";
import { interruptionQueue } from "./interruption-queue";
import * as karpenter from "./karpenter";
import { kubernetesSupport } from "./kubernetes-support";
import { clusterSecurityGroup } from "./network";
import { clusterwidePolicies } from "./network-policies";
import { podsOfNewNodes } from "./new-nodes";
import { launchTemplate, nodeGroupSize } from "./node-group-parts";
import { kubeletVersions, nodeConditions, schedulableNodes } from "./node-health";
import { nodeGroup, nodeImages, nodesReady, nodeTaints } from "./nodes";
import { podRoles } from "./pod-roles";
import { secretsKey } from "./secrets-key";
import { subnetAddresses } from "./subnet-addresses";
import { waitingPods } from "./waiting-pods";
import { waysOut } from "./ways-out";
import { webhooksAnswer } from "./webhooks";

/** All checks, from the outside in: a cause stands above what it breaks. */
export const checks: readonly Check[] = [
  controlPlane,
  kubernetesVersion,
  kubernetesSupport,
  endpointAccess,
  accessEntries,
  otherPrincipals,
  clusterAdministrators,
  controlPlaneLogs,
  secretsKey,
  oidcProvider,
  awsRoles,
  waysOut,
  clusterSecurityGroup,
  subnetAddresses,
  nodeGroup,
  nodeGroupSize,
  launchTemplate,
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
  interruptionQueue,
  karpenter.launchedNodesJoined,
  waitingPods,
];

/** Returns the checks of a cluster: those of all, and what holds where its runs are. */
export function checksOf({ backend }: Pick<Cluster, "backend">): readonly Check[] {
  return backend.type === "cloud" ? [...checks, githubTokenOfRuns] : checks;
}
