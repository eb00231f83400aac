import type { Cluster } from "../../../schema/settings";

/** What Terraform made, as the objects of the controllers name it. */
export interface Facts {
  readonly cluster: Cluster;
  readonly account: string;
  readonly nodeGroup: string;
  readonly vpc: string;
  /** Of EKS's making; the nodes have no other. */
  readonly securityGroup: string;
  /** Private ones, in the order of zones. */
  readonly subnets: readonly string[];
  /** Of the chart, as Terraform gives them to Helm. */
  readonly ciliumValues: unknown;
  readonly variables: Readonly<Record<string, string>>;
  /** Files in the repository, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Commit at the head of the branch. */
  readonly head: string;
}

/** A machine that runs pods. */
export interface Machine {
  /** `ip-10-200-32-10`, with the region's domain. */
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly subnet: string;
  readonly instance: string;
  readonly instanceType: string;
  readonly owner: "node group" | "karpenter";
}

export function condition(type: string, status: "True" | "False" | "Unknown", reason: string, message = ""): object {
  return { type, status, reason, message, lastTransitionTime: justNow(), observedGeneration: 1 };
}

/** A few minutes ago, as Kubernetes writes times. */
export function justNow(minutes = 3): string {
  return new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");
}
