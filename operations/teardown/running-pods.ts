import type { ClusterObject, ObjectClient } from "../kubernetes/objects";

/** Returns pods that have not ended: those that have keep neither their node nor their volumes. */
export async function runningPods(objects: ObjectClient, labelSelector?: string): Promise<readonly ClusterObject[]> {
  const found = await objects.list({ apiVersion: "v1", kind: "Pod" }, labelSelector);
  return found.filter(({ status }) => !["Failed", "Succeeded"].includes(String(status?.["phase"])));
}
