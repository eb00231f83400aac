import { pattern, uniqueList } from "./rule";

/**
 * Pods that the kubelet of every node takes, Karpenter's included: far below what prefix delegation can address on the types below,
 * and enough for what starts on two nodes.
 */
export const podsPerNode = 30;

/** Addresses of every node that Cilium keeps: router, health endpoint and ingress endpoint. */
export const addressesOfCilium = 3;

/** Addresses in the /28 that prefix delegation puts into each slot of an interface. */
export const addressesPerPrefix = 16;

/** Graviton carries a g right behind the generation (t4g, c7gn, im4gn); a1 is older than that. */
export const graviton = /^(?:a1|[a-z]+\d+[a-z]*g[a-z]*)\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/** Numbers of network interfaces, and of IPv4 addresses of each. Source: EC2 user guide, "Maximum IP addresses per network interface". */
const bySize: Record<string, readonly [interfaces: number, addresses: number]> = {
  medium: [2, 4],
  large: [3, 10],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
  "4xlarge": [8, 30],
  "8xlarge": [8, 30],
  "12xlarge": [8, 30],
  "16xlarge": [15, 50],
};
const t4g: typeof bySize = {
  nano: [2, 2],
  micro: [2, 2],
  small: [3, 4],
  medium: [3, 6],
  large: [3, 12],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
};
const families: Record<string, typeof bySize> = {
  t4g,
  ...Object.fromEntries(["m6g", "m7g", "m8g", "c6g", "c7g", "c8g", "r6g", "r7g", "r8g"].map((name) => [name, bySize])),
};

/**
 * Returns how many addresses pods can have on a node of this type, with prefix delegation; undefined where the table lacks it.
 * @param firstInterface - index of the first interface with addresses of pods; the default is that with the node's own
 */
export function podAddressCapacity(instanceType: string, firstInterface = 0): number | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const limits = families[family]?.[size];
  return limits && (limits[0] - firstInterface) * (limits[1] - 1) * addressesPerPrefix - addressesOfCilium;
}

export const instanceTypes = uniqueList(
  pattern(
    "must be an arm64 (Graviton) instance type as AWS writes it, in lower case, such as 't4g.medium' or 'm8g.large': the nodes run Bottlerocket for arm64",
    graviton,
  ).superRefine((type, context) => {
    // EKS user guide, "EKS-optimized accelerated AMIs": for arm64, Bottlerocket's variant `nvidia` alone is for GPUs.
    if (graviton.test(type) && /^[gp]\d/.test(type)) {
      const message =
        "has GPUs, which need another AMI than that of these nodes; take 't4g.medium', 'm8g.large' or the like";
      context.addIssue({ code: "custom", message });
    }
    const addresses = podAddressCapacity(type);
    if (addresses !== undefined && addresses < podsPerNode) {
      const message = `has ${addresses} addresses for pods, and every node takes ${podsPerNode} pods; take 't4g.small' or larger`;
      context.addIssue({ code: "custom", message });
    }
  }),
  "must be a list of instance types, most wanted first",
)
  .refine(({ length }) => length > 0, "is empty; name an instance type at least")
  .refine(({ length }) => length <= 20, "is longer than the 20 instance types that a managed node group takes");
