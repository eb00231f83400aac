import type { V1ObjectMeta } from "@kubernetes/client-node";

import { ciliumReleaseName, systemNamespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { age, isYoung } from "../age";
import { broken, type Check, type CheckOutcome, holds, notAsked } from "../check";
import { repairInvocation, reviewInvocation, verifyInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";

/** A Helm operation that was killed leaves its release pending, and every later apply fails. */
export const ciliumRelease: Check = {
  id: "cilium-release",
  title: "Cilium's release",
  async run(snapshot) {
    const revisions = await readRevisions(snapshot);
    if (revisions === undefined) {
      return notAsked(
        `you may not list Secrets in ${systemNamespace}, where Helm keeps it`,
        "docs/verify.md has the right that it takes, and says what else that right shows",
      );
    }
    const last = revisions.toSorted((one, other) => revisionNumber(other) - revisionNumber(one))[0];
    return last
      ? lastRevision(snapshot, last)
      : broken(
          `there is no release ${ciliumReleaseName} of Helm's in ${systemNamespace}`,
          "the bootstrap stack was not applied, or somebody deleted its Secrets",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

/** Returns nothing if whoever asks may not list Secrets: that right shows keys and certificates, too, and few need it. */
async function readRevisions(snapshot: Snapshot): Promise<readonly V1ObjectMeta[] | undefined> {
  try {
    return await snapshot.releaseRevisions(systemNamespace, ciliumReleaseName);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "forbidden") {
      return undefined;
    }
    throw thrown;
  }
}

/** Judges a revision by its labels (Helm, `pkg/storage/driver`, newSecretsObject). */
function lastRevision({ settings }: Snapshot, revision: V1ObjectMeta): CheckOutcome {
  const { status = "of unknown status", modifiedAt } = revision.labels ?? {};
  const since = modifiedAt === undefined ? revision.creationTimestamp : new Date(Number(modifiedAt) * 1000);
  const found = `revision ${revisionNumber(revision)} of ${ciliumReleaseName} is ${status}, for ${age(since)}`;
  if (status === "deployed") {
    return holds(found);
  }
  if (status === "failed") {
    return broken(
      found,
      "Helm could not apply it: Cilium may have some of its changes, and not others",
      reviewInvocation(settings, "bootstrap"),
    );
  }
  if (isYoung(since)) {
    return broken(found, "an apply or a teardown is at it now", verifyInvocation(settings));
  }
  return status.startsWith("pending-")
    ? broken(
        found,
        "an apply was killed in the middle: every later one fails, since Helm thinks that it goes on",
        repairInvocation(settings),
      )
    : broken(
        found,
        "Helm was killed while it deleted it, and changes nothing of it until that is done",
        `helm uninstall ${ciliumReleaseName} --namespace ${systemNamespace}, then an apply; or go on with the teardown`,
      );
}

function revisionNumber({ labels }: V1ObjectMeta): number {
  return Number(labels?.["version"] ?? 0);
}
