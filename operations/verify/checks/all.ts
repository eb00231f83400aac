import type { Check } from "../check";
import { accessEntries } from "./access";
import { otherPrincipals } from "./access-others";
import { awsRoles, oidcProvider } from "./aws-roles";
import * as cilium from "./cilium";
import { ciliumConfig } from "./cilium-config";
import { ciliumRelease } from "./cilium-release";
import { controlPlane, endpointAccess, kubernetesVersion, onlyCni } from "./cluster";
import { clusterAdministrators } from "./cluster-administrators";
import { controlPlaneLogs } from "./control-plane-logs";
import { coreDnsAddon, coreDnsAnswers } from "./core-dns";
import * as flux from "./flux";
import { interruptionQueue } from "./interruption-queue";
import * as karpenter from "./karpenter";
import { kubernetesSupport } from "./kubernetes-support";
import { clusterSecurityGroup, waysOut } from "./network";
import { podsOfNewNodes } from "./new-nodes";
import { launchTemplate, nodeGroupSize } from "./node-group-parts";
import { nodeGroup, nodeImages, nodesReady, nodeTaints } from "./nodes";
import { podRoles } from "./pod-roles";
import { secretsKey } from "./secrets-key";
import { subnetAddresses } from "./subnet-addresses";

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
  interruptionQueue,
  karpenter.launchedNodesJoined,
];
