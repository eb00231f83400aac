import { type ClusterSettings, cluster } from "../cluster";
import { isObject } from "../rule";
import type { Mistake } from "./mistake";

/** Members that say how a network is made, each with why it cannot stand beside one that is there. */
const ofMadeNetworks = {
  zones: "network names subnets, which have their zones",
  cidrBlock: "network names a VPC, which has its addresses",
  podCidr: "network names a VPC, which has its addresses; network.podSubnets names subnets of it for pods alone",
  natGateways: "the ways out of network are its owner's",
  endpoints:
    "the endpoints of network are its owner's, and EC2 takes no second one of a service with private DNS names",
  flowLogs: "the flow logs of network are its owner's",
} as const satisfies Partial<Record<keyof ClusterSettings, string>>;

/**
 * Returns what of a cluster's two ways to have a network is missing, or there twice.
 * @param given - all settings as they are written: defaults would stand for what nobody wrote
 */
export function networkDisagreements(given: unknown): Mistake[] {
  if (!isObject(given)) {
    return [];
  }
  return given["network"] === undefined ? missingMembers(given) : clashes(given);
}

function missingMembers(given: Readonly<Record<string, unknown>>): Mistake[] {
  return (["zones", "cidrBlock"] as const)
    .filter((member) => given[member] === undefined)
    .map((member) => {
      const [issue] = cluster.shape[member].unwrap().safeParse(undefined).error?.issues ?? [];
      return { path: [member], message: `${issue?.message}; or name a VPC that is there in network` };
    });
}

function clashes(given: Readonly<Record<string, unknown>>): Mistake[] {
  const taken = Object.entries(ofMadeNetworks)
    .filter(([member]) => given[member] !== undefined && !isNone(given[member]))
    .map(([member, reason]) => ({
      path: [member],
      message: `cannot be chosen beside network: ${reason}; leave one of the two out`,
    }));
  const { ingress, network } = given;
  return ingress === "nlb" && isObject(network) && network["publicSubnets"] === undefined
    ? [
        ...taken,
        {
          path: ["network", "publicSubnets"],
          message: "is what ingress 'nlb' needs: ids of the subnets for a load balancer that faces the internet",
        },
      ]
    : taken;
}

/** Returns whether a setting says that there is nothing of its kind, which holds beside a network that is there. */
function isNone(value: unknown): boolean {
  return value === false || (Array.isArray(value) && value.length === 0);
}
