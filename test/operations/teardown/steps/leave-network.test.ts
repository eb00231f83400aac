import { EC2Client } from "@aws-sdk/client-ec2";

import type { Connection } from "../../../../operations/connection";
import type { TeardownContext } from "../../../../operations/teardown/step";
import { leaveNetwork } from "../../../../operations/teardown/steps/leave-network";
import { clusterInNetwork } from "../../../support/settings";

const settings = clusterInNetwork();
const { name } = settings;
const tags = (entries: Record<string, string>) => Object.entries(entries).map(([Key, Value]) => ({ Key, Value }));

/** Returns what the step finds where EC2 has these interfaces and groups in the VPC. */
async function left(NetworkInterfaces: readonly object[], SecurityGroups: readonly object[]): Promise<string[]> {
  const ec2 = Object.assign(new EC2Client({ region: settings.region }), {
    send: async ({ input }: { input: { Filters: object[] } }) => {
      expect(input.Filters).toEqual([{ Name: "vpc-id", Values: [settings.network?.vpcId] }]);
      return { NetworkInterfaces, SecurityGroups };
    },
  });
  const connection: Partial<Connection> = { settings, aws: { ec2 } as unknown as Connection["aws"] };
  const obstacles = await leaveNetwork.find({ connection } as TeardownContext);
  expect(obstacles.filter(({ clear }) => clear)).toEqual([]);
  return obstacles.map((obstacle) => obstacle.name.split(/[ ,]/).find((word) => /^(?:eni|sg)-/.test(word)) ?? "");
}

test("what of the cluster is left in a network that is not its own is named, and only waited for", async () => {
  const cilium = { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": name, Cluster: name };
  const group = { GroupId: "sg-1", Tags: tags({ [`kubernetes.io/cluster/${name}`]: "owned" }) };

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
