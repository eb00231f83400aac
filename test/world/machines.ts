import { DescribeInstancesCommand, EC2Client, RunInstancesCommand, type Tag } from "@aws-sdk/client-ec2";

import type { Facts, Machine } from "./objects/facts";

/** Name of Karpenter's node and of what it claims. */
export const claim = "default-7x2kp";

/** The platform's machines, launched as EKS and Karpenter would, unless they run. */
export async function launch(facts: Facts): Promise<Machine[]> {
  const { cluster, nodeGroup, subnets } = facts;
  const ec2 = new EC2Client({ region: cluster.region });
  const owned = { Cluster: cluster.name, [`kubernetes.io/cluster/${cluster.name}`]: "owned" };
  const managed = { ...owned, "eks:cluster-name": cluster.name, "eks:nodegroup-name": nodeGroup };
  const launched = {
    ...owned,
    "eks:eks-cluster-name": cluster.name,
    "karpenter.sh/nodepool": "default",
    "karpenter.sh/nodeclaim": claim,
    "karpenter.k8s.aws/ec2nodeclass": "default",
  };
  const wanted = [
    { zone: 0, last: 10, owner: "node group", type: "t4g.medium", tags: managed },
    { zone: 1, last: 11, owner: "node group", type: "t4g.medium", tags: managed },
    { zone: 0, last: 12, owner: "karpenter", type: "t4g.small", tags: launched },
  ] as const;

  const machines: Machine[] = [];
  for (const { zone, last, owner, type, tags } of wanted) {
    const subnet = subnets[zone] ?? "";
    const address = `10.200.${32 + zone * 16}.${last}`;
    const name = `ip-${address.replaceAll(".", "-")}.${cluster.region}.compute.internal`;
    const instance = (await find(ec2, name)) ?? (await start(ec2, { name, subnet, type, tags }));
    machines.push({ name, address, zone: cluster.zones[zone] ?? "", subnet, instance, instanceType: type, owner });
  }
  return machines;
}

/** The stand-in gives addresses as it likes; so the name is a tag. */
async function find(ec2: EC2Client, name: string): Promise<string | undefined> {
  const running = [
    { Name: "tag:node", Values: [name] },
    { Name: "instance-state-name", Values: ["running"] },
  ];
  const { Reservations: reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters: running }));
  return reservations[0]?.Instances?.[0]?.InstanceId;
}

async function start(
  ec2: EC2Client,
  { name, subnet, type, tags }: { name: string; subnet: string; type: "t4g.medium" | "t4g.small"; tags: object },
): Promise<string> {
  const all: Tag[] = Object.entries({ ...tags, node: name }).map(([Key, Value]) => ({ Key, Value }));
  const { Instances: instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: "ami-0a1b2c3d4e5f60718",
      InstanceType: type,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnet,
      TagSpecifications: [{ ResourceType: "instance", Tags: all }],
    }),
  );
  return instances[0]?.InstanceId ?? "";
}
