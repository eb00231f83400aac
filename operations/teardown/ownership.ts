import type { NamedCluster } from "../../platform/names";
import { isRead, type Observer } from "../command/call";
import { isOfStack, isOurs, type Named, type Taggable, type Tags } from "./cluster-tags";

/** A resource that a controller of the cluster may have made, in the cluster's VPC. */
export interface Located {
  readonly kind: Exclude<Taggable, "cluster" | "disk" | "log group" | "VPC">;
  readonly id: string;
  /** As people are told of it: `load balancer app/web`. */
  readonly name: string;
  readonly tags: Tags;
  /** The VPC in which it lies; undefined where nothing says that. */
  readonly vpc: string | undefined;
  /**
   * Whether something else that is the cluster's says that it is: its instance profile.
   * @default false
   */
  readonly hasProof?: boolean;
  /** What people type to delete it. */
  readonly removal: string;
}

/** Keeps all from being changed that is not the cluster's. */
export interface Ownership {
  /** Says which VPCs are the cluster's. Until then nothing is that lies in one. */
  setVpcs(ids: readonly string[]): void;
  /** Returns whether a resource that lies in no VPC is the cluster's. If it is, the guard lets it be changed from then on. */
  claim(kind: "cluster" | "log group", id: string, tags: Tags): boolean;
  /** Returns whether a resource that lies in a VPC is the cluster's. If it is, the guard lets it be changed from then on. */
  claimLocated(resource: Located): boolean;
  /**
   * Returns whether a stack of the cluster made a resource. If it did, the guard lets it be changed from then on.
   * @param ids - all that requests to delete it name: the resource, and what has to be detached from it
   */
  claimOfStack(resource: Named, ids: readonly string[]): boolean;
  /** Ids of all that was claimed, what is gone since among it. */
  readonly claimed: ReadonlySet<string>;
  /** Returns lines about what has the cluster's tags and lies elsewhere: whose it is, people know. */
  leftAlone(): readonly string[];
  /** Throws if a call would change anything in AWS that was not claimed. */
  readonly guard: Observer;
}

export function ownershipOf(cluster: NamedCluster): Ownership {
  const { name: clusterName } = cluster;
  const claimed = new Set<string>();
  const vpcs = new Set<string>();
  const strangers = new Map<string, string>();
  const leave = (id: string, name: string, vpc: string | undefined, removal?: string) => {
    const place = vpc === undefined ? "in no VPC that is known" : `in ${vpc}`;
    const own = vpcs.size === 0 ? "the cluster has no VPC any more" : `the cluster's is ${[...vpcs].join(", ")}`;
    const next = removal === undefined ? "" : ` If it is the cluster's: ${removal}`;
    strangers.set(id, `Left alone, with tags of ${clusterName}: ${name}, ${place}; ${own}.${next}`);
  };
  return {
    setVpcs: (ids) => {
      for (const id of ids) {
        vpcs.add(id);
      }
    },
    claim: (kind, id, tags) => {
      if (!isOurs(clusterName, kind, tags)) {
        return false;
      }
      claimed.add(id);
      return true;
    },
    claimLocated: ({ kind, id, name, tags, vpc, hasProof = false, removal }) => {
      if (!isOurs(clusterName, kind, tags)) {
        return false;
      }
      if (!hasProof && (vpc === undefined || !vpcs.has(vpc))) {
        leave(id, name, vpc, removal);
        return false;
      }
      claimed.add(id);
      return true;
    },
    claimOfStack: (resource, ids) => {
      if (!isOfStack(cluster, resource)) {
        return false;
      }
      const { kind, name, vpc, removal } = resource;
      if (vpc !== undefined && !vpcs.has(vpc)) {
        leave(ids[0] ?? name, `${kind} ${ids[0]} (${name})`, vpc, removal);
        return false;
      }
      for (const id of ids) {
        claimed.add(id);
      }
      return true;
    },
    claimed,
    leftAlone: () => [...strangers.values()],
    guard: (call) => {
      if (call.system !== "aws" || isRead(call)) {
        return;
      }
      const named = stringsIn(call.input);
      const foreign = named.filter((name) => !claimed.has(name));
      if (named.length === 0 || foreign.length > 0) {
        throw new Error(
          `${call.action} of ${foreign.join(", ") || "nothing"} is refused: it lacks the cluster's tags, or lies elsewhere`,
        );
      }
    },
  };
}

/** Returns every string in a request, at any depth: one of them may be an id. */
function stringsIn(input: unknown): string[] {
  if (typeof input === "string") {
    return [input];
  }
  return typeof input === "object" && input !== null ? Object.values(input).flatMap(stringsIn) : [];
}
