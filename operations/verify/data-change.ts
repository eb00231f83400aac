import type { V1ObjectMeta } from "@kubernetes/client-node";

/** Returns when a value of a ConfigMap or Secret was last written. Kubernetes keeps no time of a value that was only taken away. */
export function lastDataChange(metadata: V1ObjectMeta | undefined): Date {
  const entries = (metadata?.managedFields ?? []).filter(({ fieldsV1 }) => fieldsV1 && "f:data" in fieldsV1);
  return new Date(Math.max(0, ...entries.map(({ time }) => time?.getTime() ?? 0)));
}
