import type { V1ObjectMeta } from "@kubernetes/client-node";

import { Failure } from "../../../../operations/command/failure";
import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { ciliumRelease } from "../../../../operations/verify/checks/cilium-release";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const { name } = cluster();

async function looked(releaseRevisions: Snapshot["releaseRevisions"]): Promise<CheckResult | undefined> {
  const snapshot: Partial<Snapshot> = { settings: cluster(), releaseRevisions };
  return (await runChecks([ciliumRelease], snapshot as Snapshot))[0];
}

/** A revision that Helm has last written some minutes ago, as its labels say. */
const revision = (version: number, status: string, minutes = 60): V1ObjectMeta => ({
  labels: { status, version: `${version}`, modifiedAt: `${Math.floor(Date.now() / 1000) - minutes * 60}` },
});

test.each([
  ["deployed", 60, "holds", undefined],
  ["failed", 60, "broken", `npm run review -- ${name} --stack bootstrap`],
  ["pending-upgrade", 60, "broken", `npm run repair -- ${name}`],
  ["pending-install", 60, "broken", `npm run repair -- ${name}`],
  ["pending-rollback", 60, "broken", `npm run repair -- ${name}`],
  // Helm's `install` and `upgrade` refuse it too, and `repair` knows nothing against it.
  [
    "uninstalling",
    60,
    "broken",
    "helm uninstall cilium --namespace kube-system, then an apply; or go on with the teardown",
  ],
  // It may be under way.
  ["pending-upgrade", 1, "broken", `npm run verify -- ${name} --wait 15m`],
])("a release that is %s for %s min %s", async (status, minutes, state, next) => {
  const result = await looked(async () => [revision(3, status, minutes)]);

  expect(result).toMatchObject({
    state,
    found: `revision 3 of cilium is ${status}, for ${minutes === 60 ? "1 h" : "1 min"}`,
  });
  expect(result?.next).toBe(next);
});

test("the last revision counts, by its number and not by its letters", async () => {
  const revisions = [revision(10, "pending-upgrade"), revision(9, "deployed"), revision(2, "superseded")];

  expect(await looked(async () => revisions)).toMatchObject({
    found: "revision 10 of cilium is pending-upgrade, for 1 h",
  });
});

test("a revision that was only made is as old as its Secret", async () => {
  const made = {
    creationTimestamp: new Date(Date.now() - 2 * 3_600_000),
    labels: { status: "deployed", version: "1" },
  };

  expect(await looked(async () => [made])).toMatchObject({ found: "revision 1 of cilium is deployed, for 2 h" });
});

test("no release at all is broken", async () => {
  expect(await looked(async () => [])).toMatchObject({ state: "broken", next: expect.stringContaining("review") });
});

test("whoever may not list Secrets is not asked to, and all else that fails could not be asked", async () => {
  const failing = (kind: "forbidden" | "unreachable") => async () => {
    throw new Failure(kind, "no", "next");
  };

  expect(await looked(failing("forbidden"))).toMatchObject({
    state: "not asked",
    found: "you may not list Secrets in kube-system, where Helm keeps it",
  });
  expect(await looked(failing("unreachable"))).toMatchObject({ state: "could not ask", found: "no" });
});
