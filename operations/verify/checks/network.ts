import type { Subnet } from "@aws-sdk/client-ec2";
import { Address4 } from "ip-address";

import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { namesText } from "../wording";

/** Returns the name of a subnet, which the stack gives it as a tag; else its id. */
export function nameOf({ SubnetId = "", Tags = [] }: Subnet): string {
  return Tags.find(({ Key }) => Key === "Name")?.Value ?? SubnetId;
}

export const clusterSecurityGroup: Check = {
  id: "cluster-security-group",
  title: "cluster security group",
  async run(snapshot) {
    const missing = await missingRules(snapshot);
    const { settings } = snapshot;
    const { clusterSecurityGroupId = "" } = (await snapshot.cluster()).resourcesVpcConfig ?? {};
    const [first] = missing;
    return first
      ? broken(
          `${clusterSecurityGroupId} does not let ${namesText(missing.map(({ what }) => what))}`,
          "somebody removed rules by hand",
          first.isOurs
            ? reviewInvocation(settings, "cluster")
            : `aws ec2 ${first.command} --region ${settings.region} --group-id ${clusterSecurityGroupId} --ip-permissions '${first.permissions}'`,
        )
      : holds(`${clusterSecurityGroupId} has its rules`);
  },
};

/** A rule that the cluster's security group lacks. The stack makes one of them; the others EKS made with the group. */
type MissingRule = { readonly what: string } & (
  | { readonly isOurs: true }
  | { readonly isOurs: false; readonly command: string; readonly permissions: string }
);

/** Returns the networks that must reach the API: the VPC's, or those of nodes where the settings do not have the VPC's. */
async function blocksOfClients(snapshot: Snapshot): Promise<readonly string[]> {
  const { cidrBlock } = snapshot.settings;
  return cidrBlock === undefined
    ? (await snapshot.nodeSubnets()).flatMap(({ CidrBlock }) => CidrBlock ?? [])
    : [cidrBlock];
}

function isIn(block: string, other: string): boolean {
  return new Address4(block).isInSubnet(new Address4(other));
}

async function missingRules(snapshot: Snapshot): Promise<readonly MissingRule[]> {
  const rules = await snapshot.clusterGroupRules();
  const blocks = await blocksOfClients(snapshot);
  const { clusterSecurityGroupId: group } = (await snapshot.cluster()).resourcesVpcConfig ?? {};
  const all = rules.filter(({ IpProtocol }) => IpProtocol === "-1");
  const among = all.some(({ IsEgress, ReferencedGroupInfo }) => !IsEgress && ReferencedGroupInfo?.GroupId === group);
  const out = all.some(({ IsEgress, CidrIpv4 }) => IsEgress && CidrIpv4 === "0.0.0.0/0");
  const ofApi = rules.filter(
    ({ IsEgress, IpProtocol, FromPort = 443, ToPort = 443 }) =>
      !IsEgress && (IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= 443 && ToPort >= 443)),
  );
  const shutOut = blocks.filter((block) => !ofApi.some(({ CidrIpv4 }) => CidrIpv4 && isIn(block, CidrIpv4)));
  return [
    ...(among
      ? []
      : [
          {
            what: "nodes reach each other and the control plane",
            isOurs: false as const,
            command: "authorize-security-group-ingress",
            permissions: `IpProtocol=-1,UserIdGroupPairs=[{GroupId=${group}}]`,
          },
        ]),
    ...(out
      ? []
      : [
          {
            what: "anything out",
            isOurs: false as const,
            command: "authorize-security-group-egress",
            permissions: "IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]",
          },
        ]),
    ...shutOut.map((block) => ({ what: `${block} reach the API`, isOurs: true as const })),
  ];
}
