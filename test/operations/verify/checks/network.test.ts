import type { SecurityGroupRule, Subnet } from "@aws-sdk/client-ec2";

import { runChecks } from "../../../../operations/verify/check";
import { clusterSecurityGroup } from "../../../../operations/verify/checks/network";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster, clusterInNetwork, sharedNetwork } from "../../../support/settings";

const settings = cluster();

const among: SecurityGroupRule = { IsEgress: false, IpProtocol: "-1", ReferencedGroupInfo: { GroupId: "sg-1" } };
const out: SecurityGroupRule = { IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" };
const api: SecurityGroupRule = {
  IsEgress: false,
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: settings.cidrBlock,
};

async function group(...rules: readonly SecurityGroupRule[]) {
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ resourcesVpcConfig: { clusterSecurityGroupId: "sg-1" } }),
    clusterGroupRules: async () => rules,
  };
  return (await runChecks([clusterSecurityGroup], snapshot as Snapshot))[0];
}

test("a group with EKS's rules and the stack's holds, with one more too", async () => {
  expect(await group(among, out, api)).toMatchObject({ state: "holds" });
  expect(await group(among, out, api, { ...api, FromPort: 80, ToPort: 80 })).toMatchObject({ state: "holds" });
});

test.each<[SecurityGroupRule[], string, string]>([
  [
    [out, api],
    "sg-1 does not let nodes reach each other and the control plane",
    "aws ec2 authorize-security-group-ingress",
  ],
  [[{ ...among, ReferencedGroupInfo: { GroupId: "sg-2" } }, out, api], "nodes reach each other", "ingress"],
  [[among, api], "sg-1 does not let anything out", "aws ec2 authorize-security-group-egress"],
  [[among, out], `sg-1 does not let ${settings.cidrBlock} reach the API`, "npm run review --"],
  [[among, out, { ...api, FromPort: 80, ToPort: 442 }], "reach the API", "npm run review --"],
  [[], "and the control plane, anything out and", "aws ec2 authorize-security-group-ingress"],
])("a group that lacks a rule is broken: %j", async (rules, found, next) => {
  expect(await group(...rules)).toMatchObject({
    state: "broken",
    found: expect.stringContaining(found),
    next: expect.stringContaining(next),
  });
});

const shared = clusterInNetwork();
const own: Subnet[] = sharedNetwork.privateSubnets.map((SubnetId, index) => ({
  SubnetId,
  CidrBlock: `10.96.${index}.0/24`,
}));

test("the group of a cluster in such a network admits every network of nodes, by whatever rules", async () => {
  const asked = async (...cidrs: readonly string[]) => {
    const snapshot: Partial<Snapshot> = {
      settings: shared,
      nodeSubnets: async () => own,
      cluster: async () => ({ resourcesVpcConfig: { clusterSecurityGroupId: "sg-1" } }),
      clusterGroupRules: async () => [among, out, ...cidrs.map((CidrIpv4) => ({ ...api, CidrIpv4 }))],
    };
    return (await runChecks([clusterSecurityGroup], snapshot as Snapshot))[0];
  };

  expect(await asked("10.96.0.0/16")).toMatchObject({ state: "holds" });
  expect(await asked("10.96.0.0/24")).toMatchObject({
    state: "broken",
    found: expect.stringContaining("10.96.1.0/24 reach the API"),
  });
});
