/** Returns a condition as controllers write it. */
export function condition(type: string, status: "True" | "False" | "Unknown", reason: string, message = ""): object {
  return { type, status, reason, message, lastTransitionTime: minutesAgo(), observedGeneration: 1 };
}

/** Returns when a few minutes ago was, as Kubernetes writes times. */
export function minutesAgo(minutes = 3): string {
  return new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");
}
