import * as z from "zod";

import { mostPodSubnets } from "../platform/pod-tags";
import { isObject, strictObject, uniqueList } from "./rule";

/** EC2's ids have seventeen hexadecimal digits, and had eight before 2016. */
const digits = "(?:[0-9a-f]{8}|[0-9a-f]{17})";

function idOf(kind: string, prefix: string) {
  const rule = `must be the id of a ${kind}, such as '${prefix}-0a1b2c3d4e5f60718'`;
  return z.string(rule).regex(new RegExp(`^${prefix}-${digits}$`), rule);
}

const subnet = idOf("subnet", "subnet");

const subnetList = uniqueList(
  subnet,
  "must be a list of ids of subnets, such as ['subnet-0a1b2c3d4e5f60718', 'subnet-1a1b2c3d4e5f60718']",
);

const subnets = subnetList.refine(
  ({ length }) => length >= 2,
  "must be two subnets at least, in two zones: one zone's failure would end the cluster",
);

/** EKS takes up to sixteen (API reference, VpcConfigRequest). */
const mostSubnets = 16;

/** A VPC that is there, which the platform uses and never changes. */
export const existingNetwork = strictObject(
  {
    /** Id of the VPC, which may belong to another account that shares its subnets. */
    vpcId: idOf("VPC", "vpc"),
    /**
     * Ids of the subnets for nodes, and for pods without `podSubnets`, in two zones at least, each with a route to the internet that is
     * not an internet gateway.
     */
    privateSubnets: subnets,
    /**
     * Ids of the subnets for pods alone, one at least in each zone of `privateSubnets`, with a way out as those have. Another list
     * replaces all nodes.
     * @default - pods have addresses of `privateSubnets`
     */
    podSubnets: subnets
      .refine(
        ({ length }) => length <= mostPodSubnets,
        `must be ${mostPodSubnets} subnets at most: a tag names them, by which nodes are replaced when they change, and EC2 takes no longer one`,
      )
      .optional(),
    /** Ids of the subnets for the network interfaces of the control plane, in two zones at least, for the cluster's life. */
    controlPlaneSubnets: subnets.refine(
      ({ length }) => length <= mostSubnets,
      `must be ${mostSubnets} subnets at most, since EKS takes no more`,
    ),
    /**
     * Ids of the subnets for load balancers that face the internet, which `ingress: "nlb"` needs: one in each zone of `privateSubnets`.
     * @default - none
     */
    publicSubnets: subnetList
      .refine(({ length }) => length >= 1, "must be one subnet at least; without any, leave it out")
      .optional(),
  },
  "must be an object such as { vpcId: 'vpc-…', privateSubnets: ['subnet-…', 'subnet-…'], controlPlaneSubnets: ['subnet-…', 'subnet-…'] }",
).superRefine(
  (network, context) => {
    for (const [member, others, consequence] of [
      ["publicSubnets", ["privateSubnets"], "from which no load balancer faces the internet"],
      ["podSubnets", ["privateSubnets", "controlPlaneSubnets", "publicSubnets"], "and these are for pods alone"],
    ] as const) {
      const ids = others.map((name) => [name, new Set(listed(network[name]))] as const);
      for (const [index, id] of listed(network[member]).entries()) {
        const [other] = ids.find(([, listedThere]) => typeof id === "string" && listedThere.has(id)) ?? [];
        if (other !== undefined) {
          const message = `is among ${other} too, ${consequence}; leave one out`;
          context.addIssue({ code: "custom", path: [member, index], message });
        }
      }
    }
  },
  // Else a wrong member would hide it.
  { when: ({ value }) => isObject(value) },
);

/** Returns a list as far as it is one, which a wrong member is not. */
function listed(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}

export type ExistingNetwork = z.output<typeof existingNetwork>;

/** What of a cluster's settings says where it lives: in a network that the network stack makes, or in one that is there. */
export type NetworkSettings =
  | { zones: string[]; cidrBlock: string; network?: undefined }
  | { zones?: undefined; cidrBlock?: undefined; network: ExistingNetwork };
