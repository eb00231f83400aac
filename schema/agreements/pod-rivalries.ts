import { network, overlap } from "../address";
import type { Cluster } from "../cluster";
import type { Mistake } from "./mistake";

/** A block of a cluster, one of pods or that of its VPC. */
interface Block {
  readonly index: number;
  readonly member: "cidrBlock" | "podCidr";
  readonly cidr: string;
  readonly cluster: Partial<Cluster>;
}

/** Returns where blocks of pods overlap blocks of another cluster in the same account and region. */
export function podRivalries(clusters: readonly Partial<Cluster>[]): Mistake[] {
  return overlaps(clusters)
    .filter(([one, rival]) => isBeside(one.cluster, rival.cluster))
    .map(([one, rival]) => ({
      path: ["clusters", one.index, one.member],
      message: `overlaps ${rival.cidr}, ${rival.member} of clusters[${rival.index}], and such networks can never be connected; take another block`,
    }));
}

/** Returns warnings about blocks of pods that overlap another cluster's, as they may in different regions or accounts. */
export function sharedPodAddresses(clusters: readonly Cluster[]): string[] {
  return overlaps(clusters).map(
    ([one, rival]) =>
      `${one.cluster.name}: ${one.member} ${one.cidr} overlaps ${rival.member} ${rival.cidr} of ${rival.cluster.name}; see that the two need never be connected`,
  );
}

/** Returns each block with the first one further up that it overlaps, if one of the two is for pods. */
function overlaps(clusters: readonly Partial<Cluster>[]): (readonly [one: Block, rival: Block])[] {
  const earlier = new Map<string, Block[]>();
  return clusters.flatMap((cluster, index) => {
    const blocks = blocksOf(cluster, index);
    const found = blocks.flatMap((one) => {
      const rival = earlier.get(start(one.cidr))?.find((other) => isRival(one, other));
      return rival === undefined ? [] : [[one, rival] as const];
    });
    for (const one of blocks) {
      earlier.set(start(one.cidr), [...(earlier.get(start(one.cidr)) ?? []), one]);
    }
    return found;
  });
}

function blocksOf(cluster: Partial<Cluster>, index: number): Block[] {
  const { cidrBlock, podCidr } = cluster;
  return [
    ...(cidrBlock === undefined ? [] : [{ index, member: "cidrBlock" as const, cidr: cidrBlock, cluster }]),
    ...(podCidr === undefined ? [] : [{ index, member: "podCidr" as const, cidr: podCidr, cluster }]),
  ];
}

function isRival(one: Block, other: Block): boolean {
  return (
    (one.member === "podCidr" || other.member === "podCidr") &&
    other.index !== one.index &&
    overlap(network(one.cidr), network(other.cidr))
  );
}

function isBeside(one: Partial<Cluster>, other: Partial<Cluster>): boolean {
  return one.account !== undefined && one.account === other.account && one.region === other.region;
}

/** Returns the /16 that a block lies in: none is larger. */
function start(cidr: string): string {
  return cidr.split(".", 2).join(".");
}
