import { mayBeUnderWay, type PendingRelease, pendingReleases } from "./pending-releases";
import type { Left, RepairContext, Round } from "./repair-context";

/** Address of the resource that makes the release, by which people confirm it. */
const releaseAddress = "helm_release.cilium";

/** Shows revisions of Cilium's release that are pending, and on consent deletes them. */
export async function endPendingReleases({ connection, consent, say }: RepairContext): Promise<Round> {
  const done: string[] = [];
  const left: Left[] = [];
  for (const release of await pendingReleases(connection)) {
    const isYoung = mayBeUnderWay(release, new Date());
    releaseLines(release, isYoung).forEach(say);
    const question = `Delete revision ${release.revision}, though somebody may be at it?`;
    if ((!isYoung || (await consent.toOne(releaseAddress, question))) && (await consent.toOwn())) {
      await release.remove();
      say(`  deleted ${release.secret}`);
      done.push(release.secret);
    } else {
      left.push({
        address: releaseAddress,
        next: "run this again in five minutes, or confirm it",
        isConfirmable: true,
      });
    }
  }
  return { done, left };
}

function releaseLines({ status, revision, secret, changed }: PendingRelease, isYoung: boolean): string[] {
  const intention =
    "this revision will be deleted; what it made in the cluster stays, and Helm takes it over in the next apply";
  return [
    `${releaseAddress}: revision ${revision} is ${status}, so Helm refuses every other operation`,
    `    kept in the Secret ${secret}, last changed at ${changed.toISOString()}`,
    isYoung
      ? `    that is less than Helm's timeout ago, so somebody may be at it still: if you confirm it, ${intention}`
      : `    ${intention}`,
  ].map((line) => `  ${line}`);
}
