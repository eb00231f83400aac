import { pattern } from "./rule";

/** What YAML 1.1 reads as truth values, null, numbers and dates: the name stands without quotes in files that Flux fills in. */
const noString = /^(?:true|false|yes|no|on|off|null|y|n|\d+(?:e-?\d+)?|0b[01]+|0o[0-7]+|0x[\da-f]+|\d{4}-\d\d?-\d\d?)$/;

/** Name of a cluster. EKS takes more (100 characters, capitals, underscores); the limits are those of Cilium's `cluster.name`. */
export const clusterName = pattern(
  "must be 1 to 32 lower-case letters, digits and dashes, begin and end with a letter or digit (Cilium's limits on cluster.name)",
  /^[a-z\d](?:[a-z\d-]{0,30}[a-z\d])?$/,
)
  // Cilium, "AWS ENI", operational details; with an id of its own, as in a cluster mesh, the chart takes no such name either.
  .refine(
    (name) => name !== "default",
    "is what Cilium calls each cluster that has no name, and the operators of all that are called so delete each other's network interfaces; take another",
  )
  .refine(
    (name) => !noString.test(name),
    "is no string where YAML 1.1 is read, as Kubernetes and Flux do; take another",
  )
  .refine(
    (name) => !name.startsWith("sg-"),
    "begins with 'sg-', and EC2 takes no security group of such a name; take another",
  );
