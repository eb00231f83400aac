import type { Tag } from "@aws-sdk/client-ec2";

import { clusterTag, terraformTags } from "../../platform/names";
import { isRead, type Observer } from "../command/call";

/** What is judged by its tags. */
export type Taggable =
  | "cluster"
  | "disk"
  | "instance"
  | "interface"
  | "launch template"
  | "load balancer"
  | "log group"
  | "security group";

export type Tags = Readonly<Record<string, string>>;

/** For a tag whose value does not matter. */
export const anything = Symbol("anything");

type Wanted = Readonly<Record<string, string | typeof anything>>;

/** The tags, one set of which, whole, makes something a cluster's. All else in AWS is somebody else's. */
export function tagsOf(clusterName: string): Readonly<Record<Taggable, readonly Wanted[]>> {
  const owned = { [`kubernetes.io/cluster/${clusterName}`]: "owned" };
  const karpenters = { ...owned, "eks:eks-cluster-name": clusterName };
  // EKS's own controller, and the AWS Load Balancer Controller.
  const balanced = [owned, { "elbv2.k8s.aws/cluster": clusterName }];
  return {
    cluster: [terraformTags(clusterName)],
    disk: [{ ...owned, "kubernetes.io/created-for/pvc/name": anything }],
    instance: [{ ...karpenters, "karpenter.sh/nodepool": anything }],
    // Another cluster of Cilium's may have the same name for itself: the third tag is this platform's.
    interface: [
      { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": clusterName, ...clusterTag(clusterName) },
    ],
    "launch template": [karpenters],
    "load balancer": balanced,
    "log group": [clusterTag(clusterName)],
    "security group": balanced,
  };
}

/** The one place that judges whether something is the cluster's. */
export interface Ownership {
  /** Whether it is, by its tags. From then on it may be changed. */
  has(kind: Taggable, id: string, tags: Tags): boolean;
  readonly guard: Observer;
}

export function ownership(clusterName: string): Ownership {
  const wanted = tagsOf(clusterName);
  const known = new Set<string>();
  return {
    has: (kind, id, tags) => {
      const isOwn = wanted[kind].some((set) => fits(set, tags));
      if (isOwn) {
        known.add(id);
      }
      return isOwn;
    },
    guard: (call) => {
      if (call.system !== "aws" || isRead(call)) {
        return;
      }
      const named = texts(call.input);
      const foreign = named.filter((text) => !known.has(text));
      if (named.length === 0 || foreign.length > 0) {
        throw new Error(`${call.action} of ${foreign.join(", ") || "nothing"} is refused: it lacks the cluster's tags`);
      }
    },
  };
}

/** Whether something has all of a set of tags. */
export function fits(wanted: Wanted, tags: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) =>
    value === anything ? tags[key] !== undefined : tags[key] === value,
  );
}

/** Every text in what is asked. */
function texts(input: unknown): string[] {
  if (typeof input === "string") {
    return [input];
  }
  return typeof input === "object" && input !== null ? Object.values(input).flatMap(texts) : [];
}

/** As EC2 and Elastic Load Balancing write them. */
export function tagsIn(list: readonly Tag[] = []): Tags {
  return Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}
