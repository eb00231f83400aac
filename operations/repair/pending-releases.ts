import { ciliumReleaseName, systemNamespace } from "../../platform/names";
import type { Connection } from "../connection";

/** A revision of Cilium's Helm release that was begun and never ended. While it is there, Helm refuses every other operation. */
export interface PendingRelease {
  /** Name of the Secret in which Helm keeps it: `sh.helm.release.v1.cilium.v1`. */
  readonly secret: string;
  /** `pending-install`. */
  readonly status: string;
  readonly revision: string;
  readonly changed: Date;
  /** Deletes it, unless Helm has changed it since. */
  remove(): Promise<void>;
}

/** Whoever began it has given up after this time: the provider's `timeout` for a release, by default 300 seconds. */
export const helmTimeoutMinutes = 5;

/** Finds revisions by the labels that Helm gives their Secrets (helm/helm, pkg/storage/driver/secrets.go). */
export async function pendingReleases({ kubernetes }: Pick<Connection, "kubernetes">): Promise<PendingRelease[]> {
  const { core } = await kubernetes();
  const { items } = await core.listNamespacedSecret({
    namespace: systemNamespace,
    labelSelector: `owner=helm,name=${ciliumReleaseName},status in (pending-install,pending-upgrade,pending-rollback)`,
  });
  return items.map(({ metadata: { name = "", labels = {}, creationTimestamp, uid, resourceVersion } = {} }) => {
    // Helm writes seconds, of the first at creation and of the second at each change.
    const { createdAt, modifiedAt = createdAt } = labels;
    const preconditions = { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) };
    return {
      secret: name,
      status: labels["status"] ?? "",
      revision: labels["version"] ?? "",
      changed: modifiedAt === undefined ? (creationTimestamp ?? new Date(0)) : new Date(Number(modifiedAt) * 1000),
      remove: async () => {
        await core.deleteNamespacedSecret({ name, namespace: systemNamespace, body: { preconditions } });
      },
    };
  });
}

/** Returns whether somebody may be at a release still. */
export function mayBeUnderWay({ changed }: PendingRelease, now: Date): boolean {
  return now.getTime() - changed.getTime() < helmTimeoutMinutes * 60_000;
}
