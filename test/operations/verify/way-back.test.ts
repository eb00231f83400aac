import type { Update } from "@aws-sdk/client-eks";

import { type CheckResult, runChecks } from "../../../operations/verify/check";
import { kubernetesVersion } from "../../../operations/verify/checks/cluster";
import type { Snapshot } from "../../../operations/verify/snapshot";
import { releaseNamed } from "../../../releases/all";
import { cluster } from "../../support/settings";

const day = 86_400_000;
const now = new Date("2026-11-30T12:00:00Z");
const settings = cluster();
const { version } = releaseNamed(settings.release).kubernetes;
const before = `1.${Number(version.split(".")[1]) - 1}`;

beforeEach(() => {
  jest.useFakeTimers({ now });
});

afterEach(() => {
  jest.useRealTimers();
});

const daysFromNow = (days: number) => new Date(now.getTime() + days * day);

/** @param days - ago */
const upgraded = (days: number, update: Partial<Update> = {}): Update => ({
  type: "VersionUpdate",
  status: "Successful",
  createdAt: daysFromNow(-days),
  ...update,
});

/** @param supportDays - from now until the standard support of the version before ends */
async function found(updates: readonly Update[], supportDays = 300): Promise<CheckResult | undefined> {
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ version }),
    clusterUpdates: async () => updates,
    kubernetesVersion: async (asked) =>
      asked === before ? { clusterVersion: asked, endOfStandardSupportDate: daysFromNow(supportDays) } : undefined,
  };
  return (await runChecks([kubernetesVersion], snapshot as Snapshot))[0];
}

const withoutWayBack = { state: "holds", found: version };

test("within seven days after an upgrade, its line says to which version EKS goes back, and until when", async () => {
  expect(await found([upgraded(2)])).toMatchObject({
    state: "holds",
    found: `${version}, back to ${before} until 2026-12-05 (EKS)`,
  });
});

test.each<[string, readonly Update[]]>([
  ["is as it was made", []],
  ["had other changes alone", [upgraded(1, { type: "ConfigUpdate" })]],
  ["was upgraded seven days ago", [upgraded(7)]],
  ["could not be upgraded", [upgraded(1, { status: "Failed" })]],
  ["is being upgraded", [upgraded(0, { status: "InProgress" })]],
  ["went back already, however EKS lists that", [upgraded(1, { type: "VersionRollback" }), upgraded(2)]],
])("a control plane that %s has no way back", async (_, updates) => {
  expect(await found(updates)).toMatchObject(withoutWayBack);
});

test("one that was upgraded again after it went back has the days of its last upgrade", async () => {
  const updates = [upgraded(1), upgraded(4, { type: "VersionRollback" }), upgraded(5), upgraded(200)];

  expect((await found(updates))?.found).toContain("until 2026-12-06");
});

test("there is no way back to a version without standard support, which ends the way earlier than EKS", async () => {
  expect((await found([upgraded(2)], 1))?.found).toContain("until 2026-12-01");
  expect(await found([upgraded(2)], -1)).toMatchObject(withoutWayBack);
});

test("a version that differs from the release's says that first, whatever EKS did to it", async () => {
  const snapshot: Partial<Snapshot> = { settings, cluster: async () => ({ version: before }) };

  expect(await runChecks([kubernetesVersion], snapshot as Snapshot)).toMatchObject([{ state: "broken" }]);
});
