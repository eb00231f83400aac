import * as z from "zod";

/** Of the 50 that a resource may have; the others are set here, by EKS and by the EBS and load-balancer controllers. */
const mostTags = 40;

/** Set on every resource by the stacks: teardown finds by them what belongs to a cluster. */
const ours = ["Name", "Cluster", "ManagedBy"];

/** What EKS, Karpenter and load-balancer controllers act on; a wrong one lets them take somebody else's resources. */
const reserved = /^(?:aws:|eks:|kubernetes\.io\/|karpenter\.sh\/|karpenter\.k8s\.aws\/|io\.cilium\/)/i;

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function problemOf(key: string, value: string, keys: string[]): string | undefined {
  if (key === "" || key.length > 128 || !allowed.test(key)) {
    return "its key must be 1 to 128 letters, digits, spaces and _ . : / = + - @";
  }
  if (value.length > 256 || !allowed.test(value)) {
    return "its value must be at most 256 letters, digits, spaces and _ . : / = + - @";
  }
  if (reserved.test(key)) {
    return "its key is reserved for AWS, EKS, Karpenter or Cilium; take another";
  }
  if (ours.some((name) => name.toLowerCase() === key.toLowerCase())) {
    return `the stacks set ${ours.join(", ")} themselves; take another key`;
  }
  // IAM compares keys without regard to case, and refuses the second.
  return keys.some((other) => other !== key && other.toLowerCase() === key.toLowerCase())
    ? "another tag differs from it only in case, which IAM refuses; leave one out"
    : undefined;
}

export const tags = z
  .record(
    z.string(),
    z.string("must be a string"),
    "must be an object of keys and values, such as { Team: 'platform' }",
  )
  .superRefine((given, context) => {
    const keys = Object.keys(given);
    if (keys.length > mostTags) {
      context.addIssue({ code: "custom", message: `are ${keys.length}; at most ${mostTags} fit beside EKS's own` });
    }
    for (const [key, value] of Object.entries(given)) {
      const message = problemOf(key, value, keys);
      if (message) {
        context.addIssue({ code: "custom", path: [key], message });
      }
    }
  });
