import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { Construct } from "constructs";

import { Cilium } from "../constructs/cilium";
import { CoreDns } from "../constructs/core-dns";
import { Flux } from "../constructs/flux";
import { fluxFiles } from "../constructs/flux-files";
import { GitRepository } from "../constructs/git-repository";
import { NodeGroup } from "../constructs/node-group";
import { nodeTags, ownershipTags } from "../constructs/ownership-tags";
import { useAws, useCluster, useGithub, useTls } from "../constructs/providers";
import { RepositoryFiles } from "../constructs/repository-files";
import { karpenterName, karpenterNamespace } from "../platform/names";
import { releaseNamed } from "../releases/all";
import { assumedRole } from "../schema/deploy-role";
import { hasPodSubnets } from "../schema/pod-subnets";
import type { Cluster } from "../schema/settings";
import type { ClusterStack } from "./cluster";
import type { NetworkStack } from "./network";
import { PlatformStack } from "./platform-stack";

/**
 * All that makes a control plane a cluster. Cilium comes before the nodes, which need a CNI to become ready, and does not wait for them;
 * DNS comes after the nodes, since it runs on them; Flux comes last.
 */
export class BootstrapStack extends PlatformStack {
  constructor(scope: Construct, settings: Cluster, stacks: { network: NetworkStack; cluster: ClusterStack }) {
    super(scope, "bootstrap", settings);
    const { name: clusterName, region, nodes, ingress } = settings;
    const release = releaseNamed(settings.release);
    const { privateSubnetIds } = stacks.network.outputsFor(this);
    const cluster = stacks.cluster.outputsFor(this);
    this.useProviders(settings, cluster);

    const cilium = new Cilium(this, "cilium", {
      version: release.cilium.version,
      clusterName,
      clusterHost: cluster.clusterHost,
      region,
      operatorRoleArn: cluster.ciliumOperatorRoleArn,
      tags: ownershipTags(settings),
      hasPodSubnets: hasPodSubnets(settings),
      ingress,
      network: settings.network,
    });
    const nodeGroup = new NodeGroup(this, "system", {
      ...nodes,
      kubernetesVersion: release.kubernetes.version,
      bottlerocketVersion: release.bottlerocket.version,
      clusterName,
      roleArn: cluster.nodeRoleArn,
      subnetIds: privateSubnetIds,
      tags: nodeTags(settings),
      cni: cilium.release,
    });
    const dns = new CoreDns(this, "core-dns", {
      clusterName,
      version: release.coreDns.version,
      nodes: nodeGroup.resource,
    });

    const karpenter = this.karpenterNamespace(dns);
    const repository = new GitRepository(this, "repository", { ...settings.repository, clusterName });
    const flux = new Flux(this, "flux", {
      clusterName,
      version: release.flux.version,
      repository,
      variables: {
        cluster_name: clusterName,
        cluster_endpoint: cluster.clusterEndpoint,
        cluster_region: region,
        karpenter_role_arn: cluster.karpenterRoleArn,
        karpenter_queue_name: cluster.karpenterQueueName,
        karpenter_instance_profile: cluster.karpenterInstanceProfile,
        // JSON is YAML: the place where it is put takes a map.
        karpenter_node_tags: JSON.stringify({ ...nodeTags(settings), Name: karpenterName(clusterName) }),
      },
      dns: dns.addon,
    });
    const files = new RepositoryFiles(this, "files", {
      repository,
      files: fluxFiles({ ...settings, release }, repository),
      dependsOn: flux.variables,
    });
    flux.install([karpenter, ...files.resources]);

    this.publish("kubeconfig_command", kubeconfigCommand(settings), "What has kubectl reach the cluster");
    this.publish("verify_command", `npm run verify -- ${clusterName} --wait 15m`, "What says whether all is well");
  }

  private useProviders(settings: Cluster, cluster: ReturnType<ClusterStack["outputsFor"]>): void {
    const { release, repository } = settings;
    const deployRole = assumedRole(settings);
    useAws(this, { ...settings, deployRole });
    useGithub(this, { ...repository, release });
    if (repository.access === "deploy-key") {
      useTls(this, { release });
    }
    useCluster(this, {
      clusterName: settings.name,
      region: settings.region,
      endpoint: cluster.clusterEndpoint,
      certificateAuthority: cluster.certificateAuthority,
      auth: settings.clusterAuth,
      release,
      deployRole,
    });
  }

  /** Flux installs Karpenter into it, and Karpenter's role trusts it by name. */
  private karpenterNamespace(dns: CoreDns): NamespaceV1 {
    return new NamespaceV1(this, "karpenter", {
      metadata: {
        name: karpenterNamespace,
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          // The API server takes a Deployment whose pods it will refuse, and with this warns of it.
          "pod-security.kubernetes.io/warn": "restricted",
        },
      },
      dependsOn: [dns.addon],
    });
  }
}

/**
 * Returns what people type to write the cluster into their kubeconfig. With a role that deploys, the AWS CLI takes it twice:
 * as whom kubectl logs in, and as whom EKS is asked now for the cluster's address.
 */
function kubeconfigCommand({ name, region, deployRole }: Cluster): string {
  const role = deployRole === undefined ? "" : ` --role-arn ${deployRole} --assume-role-arn ${deployRole}`;
  return `aws eks update-kubeconfig --name ${name} --region ${region} --alias ${name}${role}`;
}
