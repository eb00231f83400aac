import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { DeployerCheck } from "../.gen/modules/deployer-check";
import { AccessEntry } from "../constructs/access-entry";
import { CiliumOperatorRole } from "../constructs/cilium-operator-role";
import { type ClusterProps, Cluster as EksCluster } from "../constructs/cluster";
import { ClusterAccess } from "../constructs/cluster-access";
import { ClusterAdmins } from "../constructs/cluster-admins";
import { InterruptionQueue } from "../constructs/interruption-queue";
import { KarpenterControllerRole } from "../constructs/karpenter-controller-role";
import { KarpenterNodes } from "../constructs/karpenter-nodes";
import { keptEntries } from "../constructs/kept-entries";
import { NodeRole } from "../constructs/node-role";
import { OidcProvider } from "../constructs/oidc-provider";
import { useAws } from "../constructs/providers";
import { adminViewPolicy, karpenterNodeRoleName, systemNodeRoleName } from "../platform/names";
import { releaseNamed } from "../releases/all";
import { administratorsOf, assumedRole } from "../schema/deploy-role";
import { partitionOf } from "../schema/region";
import { runRoles } from "../schema/run-roles";
import type { Cluster } from "../schema/settings";
import type { NetworkStack } from "./network";
import { PlatformStack } from "./platform-stack";

/** The control plane and everything about identity, so that access outlives what is inside the cluster. */
export class ClusterStack extends PlatformStack {
  constructor(scope: Construct, settings: Cluster, stacks: { network: NetworkStack }) {
    super(scope, "cluster", settings);
    const { region, access, iam } = settings;
    const partition = partitionOf(region);
    useAws(this, { ...settings, deployRole: assumedRole(settings) });
    const admins = administratorsOf(settings);
    const runs = runRoles(settings);
    // A plan in HCP Terraform is of another role than the apply that follows.
    new DeployerCheck(this, "deployer-check", { admins: [...admins, ...(runs ? [runs.plan] : [])] });
    const { accountId } = new DataAwsCallerIdentity(this, "caller");

    const { controlPlaneSubnetIds, vpcCidrBlocks } = stacks.network.outputsFor(this);
    const cluster = this.controlPlane(settings, {
      accountId,
      subnetIds: controlPlaneSubnetIds,
      vpcCidrBlocks: settings.cidrBlock ?? vpcCidrBlocks,
    });
    const { name: clusterName, arn: clusterArn } = cluster;
    const administrators = new ClusterAdmins(this, "admins", { clusterName, partition, principals: admins });
    this.move(keptEntries(administrators, new ClusterAccess(this, "access", { clusterName, partition, access })));
    if (runs) {
      new AccessEntry(this, "plans", { clusterName, partition, principal: runs.plan, policy: adminViewPolicy });
    }

    const provider = new OidcProvider(this, "oidc", { issuerUrl: cluster.oidcIssuerUrl });
    const nodeRole = new NodeRole(this, "nodes", { name: systemNodeRoleName(settings), iam, partition });
    const cilium = new CiliumOperatorRole(this, "cilium-operator", {
      clusterName: settings.name,
      iam,
      partition,
      region,
      provider,
    });
    const queue = new InterruptionQueue(this, "interruption", { clusterName: settings.name });
    const karpenterNodes = new KarpenterNodes(this, "karpenter-nodes", {
      name: karpenterNodeRoleName(settings),
      iam,
      clusterName,
      partition,
    });
    const karpenter = new KarpenterControllerRole(this, "karpenter", {
      iam,
      partition,
      region,
      accountId,
      clusterName: settings.name,
      clusterArn,
      nodeRoleArn: karpenterNodes.roleArn,
      queueArn: queue.arn,
      provider,
    });

    this.publish("cluster_endpoint", cluster.endpoint, "URL of the Kubernetes API");
    this.publish("cluster_host", cluster.host, "Host of the Kubernetes API");
    this.publish("cluster_certificate_authority", cluster.certificateAuthority, "CA bundle of the API, in Base64");
    this.publish("oidc_provider_arn", provider.arn, "Federated principal of roles for service accounts");
    this.publish("oidc_issuer", provider.issuer, "Issuer without https://, for the conditions of such roles");
    this.publish("node_role_arn", nodeRole.arn, "Role of the managed node group");
    this.publish("cilium_operator_role_arn", cilium.arn, "Role of Cilium's operator");
    this.publish("karpenter_role_arn", karpenter.arn, "Role of Karpenter's controller");
    this.publish("karpenter_queue_name", queue.name, "Queue of interruptions");
    this.publish("karpenter_instance_profile", karpenterNodes.instanceProfile, "Instance profile of Karpenter's nodes");
  }

  private controlPlane(
    settings: Cluster,
    made: Pick<ClusterProps, "accountId" | "subnetIds" | "vpcCidrBlocks">,
  ): EksCluster {
    if (settings.controlPlane.secretsKeyArn !== undefined) {
      // The key that is there may be the one that this stack has made.
      this.forget("aws_kms_key.cluster", "aws_kms_alias.cluster");
    }
    return new EksCluster(this, "cluster", {
      ...settings,
      ...made,
      kubernetesVersion: releaseNamed(settings.release).kubernetes.version,
      partition: partitionOf(settings.region),
    });
  }

  /** Returns the outputs above, as another stack reads them. */
  outputsFor(consumer: TerraformStack) {
    const state = this.published(consumer);
    return {
      clusterEndpoint: state.getString("cluster_endpoint"),
      clusterHost: state.getString("cluster_host"),
      certificateAuthority: state.getString("cluster_certificate_authority"),
      nodeRoleArn: state.getString("node_role_arn"),
      ciliumOperatorRoleArn: state.getString("cilium_operator_role_arn"),
      karpenterRoleArn: state.getString("karpenter_role_arn"),
      karpenterQueueName: state.getString("karpenter_queue_name"),
      karpenterInstanceProfile: state.getString("karpenter_instance_profile"),
    };
  }
}
