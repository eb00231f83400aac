import * as z from "zod";

import { instanceTypes } from "./instance-types";
import { strictObject } from "./rule";

/** Karpenter's two replicas and those of Cilium's operator each need a node of their own. */
const fewestNodes = 2;
/** Service quota of EKS: nodes in a managed node group. */
const mostNodes = 450;

const size = z
  .int(`must be a whole number from ${fewestNodes} to ${mostNodes}`)
  .min(
    fewestNodes,
    `is too few: Karpenter and Cilium's operator run two replicas on two nodes; take ${fewestNodes} or more`,
  )
  .max(
    mostNodes,
    `is more than the ${mostNodes} nodes that EKS takes in a managed node group; let Karpenter make the others`,
  );

const sizes = z.object({ minSize: size, maxSize: size.optional() });

export const nodes = strictObject(
  {
    /**
     * Instance types of the managed node group, arm64, most wanted first.
     * @default ["t4g.medium"]
     */
    instanceTypes: instanceTypes.default(["t4g.medium"]),
    /**
     * Nodes that are always there, and how many the group starts with. To raise it in a cluster that runs, raise the group's desired
     * size first (`aws eks update-nodegroup-config`): Terraform leaves that alone, and EKS refuses a minimum above it.
     * @default 2
     */
    minSize: size.default(fewestNodes),
    /**
     * Nodes at most.
     * @default - minSize
     */
    maxSize: size.optional(),
  },
  "must be an object such as { instanceTypes: ['t4g.medium'], minSize: 2, maxSize: 4 }",
)
  .refine(({ minSize, maxSize = minSize }) => minSize <= maxSize, {
    path: ["minSize"],
    error: "is above maxSize; raise maxSize or lower minSize",
    // Else a wrong instance type would hide it.
    when: ({ value }) => sizes.safeParse(value).success,
  })
  .transform(({ maxSize, ...given }) => ({ ...given, maxSize: maxSize ?? given.minSize }));
