import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { ExistingNetwork } from "../.gen/modules/existing-network";
import { addressPlan, podPlan } from "../constructs/address-plan";
import { Endpoints } from "../constructs/endpoints";
import { FlowLogs } from "../constructs/flow-logs";
import { Network } from "../constructs/network";
import { PodSubnets } from "../constructs/pod-subnets";
import { PrivateSubnets } from "../constructs/private-subnets";
import { useAws } from "../constructs/providers";
import { PublicSubnets } from "../constructs/public-subnets";
import { Subnets } from "../constructs/subnets";
import { assumedRole } from "../schema/deploy-role";
import type { ExistingNetwork as ExistingNetworkSettings, NetworkSettings } from "../schema/network";
import { partitionOf } from "../schema/region";
import type { Cluster } from "../schema/settings";
import { PlatformStack } from "./platform-stack";

const vpcIdMeaning = "VPC of the cluster";

/** A cluster whose network the stack makes. */
type ClusterInOwnNetwork = Cluster & Extract<NetworkSettings, { cidrBlock: string }>;

/** The network that the cluster lives in: made, or only looked at. It is applied first, and depends on nothing. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, cluster: Cluster) {
    super(scope, "network", cluster);
    useAws(this, { ...cluster, deployRole: assumedRole(cluster) });
    if (cluster.network === undefined) {
      this.make(cluster);
    } else {
      this.lookAt(cluster.network, cluster.controlPlane);
    }
  }

  private make(cluster: ClusterInOwnNetwork): void {
    const { name, region, zones, cidrBlock, podCidr, natGateways } = cluster;
    const plan = addressPlan(cidrBlock, zones);

    const network = new Network(this, "network", { name, cidrBlock });
    const publicSubnets = new PublicSubnets(this, "public", {
      name: `${name}-public`,
      network,
      networks: plan.map((zone) => ({ zone: zone.zone, cidrBlock: zone.public })),
      natGateways,
    });
    const privateSubnets = new PrivateSubnets(this, "private", {
      name: `${name}-private`,
      vpcId: network.vpcId,
      clusterName: name,
      networks: plan.map((zone) => ({
        zone: zone.zone,
        cidrBlock: zone.private,
        prefixes: podCidr === undefined ? zone.prefixes : undefined,
      })),
      publicSubnets,
    });
    if (podCidr !== undefined) {
      new PodSubnets(this, "pods", {
        name: `${name}-pods`,
        vpcId: network.vpcId,
        clusterName: name,
        podCidr,
        networks: podPlan(podCidr, zones),
        routeTableIds: privateSubnets.routeTableIds,
      });
    }
    const controlPlaneSubnets = new Subnets(this, "control-plane", {
      name: `${name}-control-plane`,
      vpcId: network.vpcId,
      networks: plan.flatMap(({ zone, controlPlane }) => (controlPlane ? [{ zone, cidrBlock: controlPlane }] : [])),
      routeTables: "shared",
    });
    new Endpoints(this, "endpoints", {
      name: `${name}-endpoints`,
      region,
      vpcId: network.vpcId,
      vpcCidrBlock: cidrBlock,
      podCidr,
      privateSubnets,
      services: cluster.endpoints,
    });
    if (cluster.flowLogs) {
      new FlowLogs(this, "flow-logs", {
        clusterName: name,
        iam: cluster.iam,
        vpcId: network.vpcId,
        partition: partitionOf(region),
        logRetentionDays: cluster.logRetentionDays,
      });
    }

    this.publish("vpc_id", network.vpcId, vpcIdMeaning);
    this.publish("private_subnet_ids", privateSubnets.subnetIds, "Subnets for nodes and pods, one a zone");
    this.publish(
      "control_plane_subnet_ids",
      controlPlaneSubnets.subnetIds,
      "Subnets for EKS's network interfaces, in the first two zones",
    );
  }

  /** Has each plan look at a network that is there, and defines no resource. */
  private lookAt(settings: ExistingNetworkSettings, { serviceCidr }: Cluster["controlPlane"]): void {
    const { vpcId, privateSubnets, podSubnets = [], controlPlaneSubnets, publicSubnets = [] } = settings;
    const network = new ExistingNetwork(this, "network", {
      vpcId,
      privateSubnetIds: privateSubnets,
      podSubnetIds: podSubnets,
      controlPlaneSubnetIds: controlPlaneSubnets,
      publicSubnetIds: publicSubnets,
      serviceCidr: serviceCidr ?? "",
    });
    this.publish("vpc_id", network.vpcIdOutput, vpcIdMeaning);
    this.publish("vpc_cidr_blocks", network.vpcCidrBlocksOutput, "Networks of the VPC");
    this.publish("private_subnet_ids", network.privateSubnetIdsOutput, "Subnets for nodes and pods");
    this.publish(
      "control_plane_subnet_ids",
      network.controlPlaneSubnetIdsOutput,
      "Subnets for EKS's network interfaces",
    );
  }

  /** Returns the outputs above, as another stack reads them. */
  outputsFor(consumer: TerraformStack) {
    const state = this.published(consumer);
    return {
      /** Of a network that is there alone: of one that is made, the settings say them. */
      vpcCidrBlocks: state.getList("vpc_cidr_blocks"),
      privateSubnetIds: state.getList("private_subnet_ids"),
      controlPlaneSubnetIds: state.getList("control_plane_subnet_ids"),
    };
  }
}
