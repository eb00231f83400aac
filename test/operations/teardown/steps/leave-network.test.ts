import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { Connection } from "../../../../operations/connection";
import { ownershipOf } from "../../../../operations/teardown/ownership";
import type { TeardownContext } from "../../../../operations/teardown/step";
import { leaveNetwork } from "../../../../operations/teardown/steps/leave-network";
import { clusterInNetwork } from "../../../support/settings";

const settings = clusterInNetwork();
const { name } = settings;
const tags = (entries: Record<string, string>) => Object.entries(entries).map(([Key, Value]) => ({ Key, Value }));

const owned = tags({ [`kubernetes.io/cluster/${name}`]: "owned" });
const arnOf = (balancer: string) =>
  `arn:aws:elasticloadbalancing:${settings.region}:111122223333:loadbalancer/${balancer}`;

/**
 * Returns what the step finds where EC2 has these interfaces and groups in the VPC.
 * @param balancers - tags of network load balancers there, by the end of their ARN, in turn at each look
 */
async function left(
  NetworkInterfaces: readonly object[],
  SecurityGroups: readonly object[],
  balancers: readonly Readonly<Record<string, readonly object[]>>[] = [{}],
): Promise<string[]> {
  const { region, network } = settings;
  const ec2 = Object.assign(new EC2Client({ region }), {
    send: async ({ input }: { input: { Filters: object[] } }) => {
      expect(input.Filters).toEqual([{ Name: "vpc-id", Values: [network?.vpcId] }]);
      return { NetworkInterfaces, SecurityGroups };
    },
  });
  const elb = Object.assign(new ElasticLoadBalancingClient({ region }), {
    send: async () => ({ LoadBalancerDescriptions: [] }),
  });
  const ownership = ownershipOf(settings);
  ownership.setVpcs([network?.vpcId ?? ""]);
  let found: string[] = [];
  for (const there of balancers) {
    const elbv2 = Object.assign(new ElasticLoadBalancingV2Client({ region }), {
      send: async ({ input: { ResourceArns } }: { input: { ResourceArns?: string[] } }) => ({
        LoadBalancers: Object.keys(there).map((one) => ({ LoadBalancerArn: arnOf(one), VpcId: network?.vpcId })),
        TargetGroups: [],
        TagDescriptions: ResourceArns?.map((ResourceArn) => ({
          ResourceArn,
          Tags: there[ResourceArn.split(":loadbalancer/")[1] ?? ""],
        })),
      }),
    });
    const connection: Partial<Connection> = { settings, aws: { ec2, elb, elbv2 } as unknown as Connection["aws"] };
    const obstacles = await leaveNetwork.find({ connection, ownership } as TeardownContext);
    expect(obstacles.filter(({ clear }) => clear)).toEqual([]);
    found = obstacles.map(
      (obstacle) => obstacle.name.split(/[ ,]/).find((word) => /^(?:eni-|sg-|net\/)/.test(word)) ?? "",
    );
  }
  return found;
}

test("what of the cluster is left in a network that is not its own is named, and only waited for", async () => {
  const cilium = { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": name, Cluster: name };
  const group = { GroupId: "sg-1", Tags: owned };

  expect(
    await left(
      [
        { NetworkInterfaceId: "eni-1", TagSet: tags(cilium) },
        { NetworkInterfaceId: "eni-2", Description: `Amazon EKS ${name}` },
        { NetworkInterfaceId: "eni-3", Description: "ELB app/web", Groups: [{ GroupId: "sg-1" }] },
      ],
      [group],
    ),
  ).toEqual(["eni-1", "eni-2", "eni-3", "sg-1"]);
});

test("what is the owner's is not waited for, though this platform may have made it for a cluster of the same name", async () => {
  const terraform = { Cluster: name, ManagedBy: "Terraform", Name: `${name}-default` };

  expect(
    await left(
      [
        { NetworkInterfaceId: "eni-1", Description: "Interface for NAT Gateway nat-1", TagSet: tags(terraform) },
        { NetworkInterfaceId: "eni-2", Description: "Amazon EKS other", Groups: [{ GroupId: "sg-2" }] },
      ],
      [{ GroupId: "sg-2", GroupName: "default", Tags: tags(terraform) }],
    ),
  ).toEqual([]);
});

test("interfaces of a network load balancer without a security group are known by it, when it is gone, too", async () => {
  const interfacesOf = (...ends: readonly string[]) =>
    ends.map((end, index) => ({ NetworkInterfaceId: `eni-${index + 1}`, Description: `ELB ${end}` }));
  const all = interfacesOf("net/own/0a1b", "net/other/0a1b", "net/own/0a1b2c", "own");
  const there = { "net/own/0a1b": owned, "net/other/0a1b": tags({ "kubernetes.io/cluster/other": "owned" }) };

  expect(await left(all, [], [there])).toEqual(["net/own", "eni-1"]);
  expect(await left(all, [], [there, {}])).toEqual(["eni-1"]);
  expect(await left(all, [], [{}])).toEqual([]);
});
