import type { Found, Objects } from "../../kubernetes/objects";

/** Returns pods that have not ended: those that have keep neither their node nor their volumes. */
export async function runningPods(objects: Objects, labelSelector?: string): Promise<readonly Found[]> {
  const found = await objects.list({ apiVersion: "v1", kind: "Pod" }, labelSelector);
  return found.filter(({ status }) => !["Failed", "Succeeded"].includes(String(status?.["phase"])));
}
