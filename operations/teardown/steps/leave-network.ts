import type { NetworkInterface, SecurityGroup } from "@aws-sdk/client-ec2";

import { isOurs, type Tags, tagsFrom } from "../cluster-tags";
import type { Ownership } from "../ownership";
import type { Step } from "../step";
import { ownBalancers } from "./load-balancers";
import { interfaces, interfaceText } from "./network-interfaces";
import { groupText, securityGroups } from "./security-groups";

/** The network stays. What of the cluster is left in it takes its owner's addresses, and keeps them from deleting it. */
export const leaveNetwork: Step = {
  id: "network",
  title: "Wait until nothing of the cluster is left in the network, which stays as it is",
  verb: "wait for",
  timeoutMinutes: 10,
  find: async (context) => {
    const { aws, settings } = context.connection;
    const { name, network } = settings;
    if (network === undefined) {
      return [];
    }
    const balancers = await ownBalancers(context);
    const inVpc = [{ Name: "vpc-id", Values: [network.vpcId] }];
    const groups = (await securityGroups(aws, inVpc)).filter((group) => isOf(name, tagsFrom(group.Tags)));
    const ids = groups.map(({ GroupId = "" }) => GroupId);
    const left = (await interfaces(aws, inVpc)).filter(
      (one) => isInterfaceOf(name, one, ids) || isOfBalancer(one, context.ownership),
    );
    const texts = [...left.map(interfaceText), ...groups.map(groupNamed)];
    return [
      ...balancers.map((one) => ({ name: one.name, heldBy: `goes with its Service or Ingress, or by ${one.removal}` })),
      ...texts.map((text) => ({ name: text, heldBy: undefined })),
    ].map((one) => ({ ...one, clear: undefined }));
  },
};

function groupNamed(group: SecurityGroup): string {
  return `security group ${groupText(group)}`;
}

/**
 * Returns whether tags are those that EKS or a controller gives to what it makes for the cluster. Terraform's do not tell: the owner may
 * have made the network by this platform, for a cluster of the same name.
 */
function isOf(clusterName: string, tags: Tags): boolean {
  return isOurs(clusterName, "security group", tags) || isOurs(clusterName, "interface", tags);
}

/** Those of load balancers and of the control plane have no tags: most are known by their groups, or by their description. */
function isInterfaceOf(clusterName: string, one: NetworkInterface, groups: readonly string[]): boolean {
  return (
    isOf(clusterName, tagsFrom(one.TagSet)) ||
    one.Description === `Amazon EKS ${clusterName}` ||
    (one.Groups ?? []).some(({ GroupId = "" }) => groups.includes(GroupId))
  );
}

/**
 * Returns whether an interface is of a load balancer that is the cluster's, or was when this run began: a network load balancer may have no
 * security group, and its interfaces outlive it by minutes. Their description ends as its ARN does.
 */
function isOfBalancer({ Description = "" }: NetworkInterface, { claimed }: Ownership): boolean {
  const [, name] = /^ELB ((?:app|net|gwy)\/.+)$/.exec(Description) ?? [];
  return name !== undefined && [...claimed].some((id) => id.endsWith(`:loadbalancer/${name}`));
}
