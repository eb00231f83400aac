import {
  type _InstanceType,
  DeleteNetworkInterfaceCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Filter,
  type Instance,
  RunInstancesCommand,
  type Subnet,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { Address4 } from "ip-address";

import { podSubnetTag } from "../../platform/pod-tags";
import type { Cluster } from "../../schema/settings";
import type { AwsAccess } from "./aws-access";

/** A machine that runs pods. */
export interface Machine {
  /** Of its node: `ip-10-200-32-10`, with the region's domain. */
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly subnet: Place;
  /** Where Cilium has the addresses of its pods from: the same subnet, or one for pods alone. */
  readonly podSubnet: Place;
  readonly instance: string;
  readonly instanceType: string;
  /** Of EKS, if a node group has launched it; else Karpenter has. */
  readonly nodeGroup: string | undefined;
}

/** A subnet. */
interface Place {
  readonly id: string;
  readonly cidr: string;
}

/** What is to be launched. */
export interface Launch {
  readonly subnet: string;
  readonly instanceType: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** AWS gives the first four addresses of a subnet to nobody; nodes begin a little behind them. */
export const firstNumber = 10;

/** The machines of one cluster, in AWS. */
export class Machines {
  private readonly ec2: EC2Client;
  /** Interfaces that are known to be gone. */
  private readonly deleted = new Set<string>();

  constructor(
    private readonly cluster: Pick<Cluster, "name" | "network" | "region">,
    access: AwsAccess,
  ) {
    this.ec2 = new EC2Client(access);
  }

  get clusterName(): string {
    return this.cluster.name;
  }

  /** Returns those that run, in the order of their addresses. */
  async running(): Promise<Machine[]> {
    const instances = (await this.instances("running")).filter((instance) => tagOf(instance, "node"));
    const ids = [...new Set(instances.map(({ SubnetId = "" }) => SubnetId))];
    const { Subnets = [] } =
      ids.length === 0 ? {} : await this.ec2.send(new DescribeSubnetsCommand({ SubnetIds: ids }));
    const podSubnets = await this.podSubnets();
    return instances
      .map((instance) => {
        const subnet = Subnets.find(({ SubnetId }) => SubnetId === instance.SubnetId);
        return machineOf(
          instance,
          subnet,
          podSubnets.find(({ AvailabilityZone }) => AvailabilityZone === subnet?.AvailabilityZone),
        );
      })
      .sort((one, other) => numberOf(one) - numberOf(other));
  }

  /** Returns subnets in the order of their zones. */
  async inOrderOfZones(subnets: readonly string[]): Promise<string[]> {
    const { Subnets = [] } = await this.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] }));
    const zoneOf = ({ AvailabilityZone = "" }: Subnet) => AvailabilityZone;
    return Subnets.sort((one, other) => zoneOf(one).localeCompare(zoneOf(other))).map(({ SubnetId = "" }) => SubnetId);
  }

  async launch({ subnet, instanceType, tags }: Launch): Promise<void> {
    const { Subnets: [place] = [] } = await this.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet] }));
    const taken = new Set((await this.running()).map(numberOf));
    let number = firstNumber;
    while (taken.has(number)) {
      number += 1;
    }
    const { name, region } = this.cluster;
    // moto gives addresses as it likes; so the machine's own is in a tag.
    const node = `ip-${addressIn(place?.CidrBlock ?? "", number).replaceAll(".", "-")}.${region}.compute.internal`;
    const owned = { Cluster: name, [`kubernetes.io/cluster/${name}`]: "owned" };
    await this.ec2.send(
      new RunInstancesCommand({
        ImageId: "ami-0a1b2c3d4e5f60718",
        InstanceType: instanceType as _InstanceType,
        MinCount: 1,
        MaxCount: 1,
        SubnetId: subnet,
        TagSpecifications: [
          {
            ResourceType: "instance",
            Tags: Object.entries({ ...owned, ...tags, node }).map(([Key, Value]) => ({ Key, Value })),
          },
        ],
      }),
    );
  }

  async terminate(instances: readonly string[]): Promise<void> {
    if (instances.length > 0) {
      await this.ec2.send(new TerminateInstancesCommand({ InstanceIds: [...instances] }));
    }
  }

  /** Deletes the interfaces of machines that have ended, as EC2 does with a machine. */
  async deleteInterfaces(): Promise<void> {
    const ended = await this.instances("terminated");
    const interfaces = ended.flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces);
    for (const { NetworkInterfaceId = "" } of interfaces.filter(
      (one) => !this.deleted.has(one.NetworkInterfaceId ?? ""),
    )) {
      const Filters = [{ Name: "network-interface-id", Values: [NetworkInterfaceId] }];
      const { NetworkInterfaces = [] } = await this.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
      if (NetworkInterfaces.length > 0) {
        await this.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
      }
      this.deleted.add(NetworkInterfaceId);
    }
  }

  /** Returns the subnets that are for pods alone, if the cluster has any. */
  private async podSubnets(): Promise<readonly Subnet[]> {
    const { name, network } = this.cluster;
    if (network !== undefined && network.podSubnets === undefined) {
      return [];
    }
    const { Subnets = [] } = await this.ec2.send(
      new DescribeSubnetsCommand(
        network?.podSubnets
          ? { SubnetIds: network.podSubnets }
          : { Filters: [{ Name: `tag:${podSubnetTag}`, Values: [name] }] },
      ),
    );
    return Subnets;
  }

  private async instances(state: "running" | "terminated"): Promise<Instance[]> {
    const Filters: Filter[] = [
      { Name: `tag:kubernetes.io/cluster/${this.cluster.name}`, Values: ["owned"] },
      { Name: "instance-state-name", Values: [state] },
    ];
    const { Reservations = [] } = await this.ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  }
}

/** Returns the `number`th address of a network. */
export function addressIn(cidr: string, number: number): string {
  return new Address4(cidr).startAddress().offset(number).correctForm();
}

/** Returns the place of a machine's address in its subnet. */
export function numberOf({ address, subnet }: Pick<Machine, "address" | "subnet">): number {
  return Number(new Address4(address).bigInt() - new Address4(subnet.cidr).startAddress().bigInt());
}

function placeOf(subnet: Subnet | undefined): Place {
  return { id: subnet?.SubnetId ?? "", cidr: subnet?.CidrBlock ?? "" };
}

function machineOf(instance: Instance, subnet: Subnet | undefined, podSubnet = subnet): Machine {
  const name = tagOf(instance, "node") ?? "";
  return {
    name,
    address: /\d+-\d+-\d+-\d+/.exec(name)?.[0].replaceAll("-", ".") ?? "",
    zone: instance.Placement?.AvailabilityZone ?? "",
    subnet: placeOf(subnet),
    podSubnet: placeOf(podSubnet),
    instance: instance.InstanceId ?? "",
    instanceType: instance.InstanceType ?? "",
    nodeGroup: tagOf(instance, "eks:nodegroup-name"),
  };
}

function tagOf({ Tags = [] }: Instance, key: string): string | undefined {
  return Tags.find(({ Key }) => Key === key)?.Value;
}
