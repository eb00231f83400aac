import * as z from "zod";

import { terraformTags } from "../platform/names";
import { podCidrTag, podSubnetsTag, podSubnetTag } from "../platform/pod-tags";
import { isObject, repetitions } from "./rule";

/** A resource may have 50; the others are set here, by EKS and by the EBS and load-balancer controllers. */
const mostTags = 40;

/** Keys that the stacks set on every resource: teardown finds by them what belongs to a cluster. */
const ours = ["Name", podCidrTag, podSubnetsTag, podSubnetTag, ...Object.keys(terraformTags(""))];

/** Keys that EKS, Cilium, Karpenter, EBS and load-balancer controllers act on; a wrong one lets them take somebody else's resources. */
const reserved =
  /^(?:aws:|eks:|io\.cilium\/|(?:[a-z\d.-]+\.)?(?:kubernetes\.io|k8s\.aws|karpenter\.sh|csi\.aws\.com)\/)/i;

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function problemOf(key: string, value: unknown, repeated: ReadonlySet<string>): string | undefined {
  if (key === "" || key.length > 128 || !allowed.test(key)) {
    return "has a key that AWS refuses; write 1 to 128 letters, digits, spaces and _ . : / = + - @";
  }
  if (typeof value === "string" && (value.length > 256 || !allowed.test(value))) {
    return "is a value that AWS refuses; write at most 256 letters, digits, spaces and _ . : / = + - @";
  }
  if (typeof value === "string" && /^aws:/i.test(value)) {
    return "begins with 'aws:', which EKS keeps to AWS in values too; write it in another way";
  }
  if (reserved.test(key)) {
    return "has a key that is reserved for AWS, EKS, Cilium or controllers; take another";
  }
  if (ours.some((name) => name.toLowerCase() === key.toLowerCase())) {
    return `has a key that the stacks set themselves (${ours.join(", ")}); take another`;
  }
  // IAM compares keys without regard to case, and refuses the second.
  return repeated.has(key.toLowerCase())
    ? "has a key that differs from another's only in case, which IAM refuses; leave one out"
    : undefined;
}

export const tags = z
  .record(
    z.string(),
    z.string("must be a string"),
    "must be an object of keys and values, such as { Team: 'platform' }",
  )
  .superRefine(
    (given, context) => {
      const keys = Object.keys(given);
      if (keys.length > mostTags) {
        context.addIssue({
          code: "custom",
          message: `are ${keys.length} tags, and ${mostTags} fit beside those of EKS and the stacks; leave some out`,
        });
      }
      const small = keys.map((key) => key.toLowerCase());
      const repeated = new Set(repetitions(small).map((index) => small[index] ?? ""));
      for (const [key, value] of Object.entries(given)) {
        const message = problemOf(key, value, repeated);
        if (message) {
          context.addIssue({ code: "custom", path: [key], message });
        }
      }
    },
    // Else one value that is no string would hide what others have against them.
    { when: ({ value }) => isObject(value) },
  );
