import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListNodegroupsCommand,
  type Nodegroup,
} from "@aws-sdk/client-eks";

import type { ClusterObject, ObjectClient } from "../../../operations/kubernetes/objects";
import type { Cluster } from "../../../schema/settings";
import type { AwsAccess } from "../aws-access";
import type { Kubectl } from "../kubectl";
import { type Machine, Machines } from "../machines";
import { ciliumNode } from "../objects/cilium";
import { node } from "../objects/nodes";

/** Does what EKS does for node groups: their machines come when they are ACTIVE, each with its node, and go with them. */
export class NodeGroups {
  private readonly eks: EKSClient;
  private readonly machines: Machines;

  constructor(
    private readonly settings: Cluster,
    private readonly objects: ObjectClient,
    private readonly kubectl: Kubectl,
    access: AwsAccess,
  ) {
    this.eks = new EKSClient(access);
    this.machines = new Machines(settings, access);
  }

  async reconcile(): Promise<void> {
    const groups = await this.groups();
    const before = await this.machines.running();
    const launched: boolean[] = [];
    for (const group of groups.filter(({ status }) => status === "ACTIVE")) {
      launched.push(await this.scale(group, before));
    }
    const running = launched.includes(true) ? await this.machines.running() : before;
    const names = groups.filter(({ status }) => status !== "DELETING").map(({ nodegroupName }) => nodegroupName);
    const surplus = running.filter(({ nodeGroup }) => nodeGroup !== undefined && !names.includes(nodeGroup));
    await this.machines.terminate(surplus.map(({ instance }) => instance));
    await this.machines.deleteInterfaces();
    await this.reconcileNodes(running.filter((machine) => machine.nodeGroup && !surplus.includes(machine)));
  }

  /**
   * Launches what a group lacks, and returns whether it lacked any. Scaling in is for the cluster's autoscaler, which this platform does
   * not have.
   */
  private async scale(
    { nodegroupName = "", scalingConfig: { desiredSize = 0 } = {}, instanceTypes, subnets = [] }: Nodegroup,
    running: readonly Machine[],
  ): Promise<boolean> {
    const there = running.filter(({ nodeGroup }) => nodeGroup === nodegroupName);
    if (there.length >= desiredSize) {
      return false;
    }
    // EKS names them in no order.
    const ordered = await this.machines.inOrderOfZones(subnets);
    for (let index = there.length; index < desiredSize; index++) {
      await this.machines.launch({
        subnet: ordered[index % ordered.length] ?? "",
        instanceType: instanceTypes?.[0] ?? "t4g.medium",
        tags: { "eks:cluster-name": this.settings.name, "eks:nodegroup-name": nodegroupName },
      });
    }
    return true;
  }

  /** Registers the nodes of machines that have none, as their kubelets do, and deletes those whose machine is gone, as the cloud controller does. */
  private async reconcileNodes(machines: readonly Machine[]): Promise<void> {
    const nodes = (await this.objects.list(kinds.node)).filter(isOfNodeGroup);
    const names = machines.map(({ name }) => name);
    for (const gone of nodes.filter(({ metadata }) => !names.includes(metadata.name))) {
      await this.objects.remove(gone);
      await this.objects.remove({ ...kinds.ciliumNode, metadata: { name: gone.metadata.name } });
    }
    const added = machines.filter(({ name }) => !nodes.some(({ metadata }) => metadata.name === name));
    if (added.length > 0) {
      const facts = await this.facts();
      await this.kubectl.put(added.flatMap((machine) => [node(this.settings, machine), ciliumNode(facts, machine)]));
    }
  }

  private async groups(): Promise<Nodegroup[]> {
    const clusterName = this.settings.name;
    const { nodegroups = [] } = await this.eks.send(new ListNodegroupsCommand({ clusterName })).catch((thrown) => {
      if (thrown.name === "ResourceNotFoundException") {
        return { nodegroups: [] };
      }
      throw thrown;
    });
    const described = nodegroups.map((nodegroupName) =>
      this.eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName })),
    );
    return (await Promise.all(described)).flatMap(({ nodegroup }) => nodegroup ?? []);
  }

  private async facts() {
    const { cluster } = await this.eks.send(new DescribeClusterCommand({ name: this.settings.name }));
    const { vpcId: vpc = "", clusterSecurityGroupId: securityGroup = "" } = cluster?.resourcesVpcConfig ?? {};
    return { cluster: this.settings, vpc, securityGroup };
  }
}

const kinds = {
  node: { apiVersion: "v1", kind: "Node" },
  ciliumNode: { apiVersion: "cilium.io/v2", kind: "CiliumNode" },
} as const;

function isOfNodeGroup({ metadata }: ClusterObject): boolean {
  return metadata.labels?.["eks.amazonaws.com/nodegroup"] !== undefined;
}
