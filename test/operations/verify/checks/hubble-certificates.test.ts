import type { V1CronJob, V1ObjectMeta } from "@kubernetes/client-node";

import { Failure } from "../../../../operations/command/failure";
import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { certificateRenewal, hubbleCertificates } from "../../../../operations/verify/checks/hubble-certificates";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** @param renewed - days ago */
function secret(name: string, renewed: number): V1ObjectMeta {
  const renewal = { fieldsV1: { "f:data": { "f:tls.crt": {} } }, time: daysAgo(renewed) };
  return { name, creationTimestamp: daysAgo(900), managedFields: [renewal] };
}

async function certificates(secrets: Snapshot["secrets"]): Promise<CheckResult | undefined> {
  return (await runChecks([hubbleCertificates], { secrets } as Partial<Snapshot> as Snapshot))[0];
}

const renewed = (server: number, relay: number) => async () => [
  secret("other", 2_000),
  secret("hubble-server-certs", server),
  secret("hubble-relay-client-certs", relay),
];

test.each([
  [9.5, 9.5, "holds", "2, valid for 355 d"],
  [122.5, 1, "holds", "2, valid for 242 d"],
  [1, 199.5, "warning", "valid for 165 d, renewed 199 d ago"],
  [400.5, 1, "broken", "expired for 35 d"],
])("certificates that were renewed %s and %s days ago: %s", async (server, relay, state, found) => {
  expect(await certificates(renewed(server, relay))).toMatchObject({ state, found });
});

test("one that is not there is named, with the command that makes it", async () => {
  expect(await certificates(async () => [secret("hubble-server-certs", 1)])).toMatchObject({
    state: "broken",
    found: "hubble-relay-client-certs is not there",
    next: expect.stringContaining("create job --from=cronjob/hubble-generate-certs"),
  });
});

test("of Secrets that nothing was written to since, the day counts on which they were made", async () => {
  const made = ["hubble-server-certs", "hubble-relay-client-certs"];

  expect(await certificates(async () => made.map((name) => ({ name, creationTimestamp: daysAgo(366) })))).toMatchObject(
    {
      state: "broken",
    },
  );
});

test("without the right to list Secrets they are not asked for; another failure could not ask", async () => {
  const failing = (kind: "forbidden" | "unreachable") =>
    certificates(async () => {
      throw new Failure(kind, "no", "next");
    });

  expect((await failing("forbidden"))?.state).toBe("not asked");
  expect((await failing("unreachable"))?.state).toBe("could not ask");
});

async function renewal(cronJob: V1CronJob | undefined): Promise<CheckResult | undefined> {
  const snapshot: Partial<Snapshot> = { settings: cluster(), cronJob: async () => cronJob };
  return (await runChecks([certificateRenewal], snapshot as Snapshot))[0];
}

const cronJob = (status: V1CronJob["status"], suspend = false): V1CronJob => ({
  spec: { schedule: "0 0 1 */4 *", suspend, jobTemplate: {} },
  ...(status ? { status } : {}),
});

test("the CronJob that renews them is there, runs and succeeds", async () => {
  expect(await renewal(undefined)).toMatchObject({ state: "broken", found: expect.stringContaining("no CronJob") });
  expect(await renewal(cronJob(undefined, true))).toMatchObject({
    state: "broken",
    found: "the CronJob hubble-generate-certs is suspended",
  });
  expect(await renewal(cronJob({ lastScheduleTime: daysAgo(10), lastSuccessfulTime: daysAgo(130) }))).toMatchObject({
    state: "warning",
    found: "the last Job of hubble-generate-certs, 10 d ago, has not succeeded",
  });
  for (const status of [
    undefined,
    { lastScheduleTime: daysAgo(10), lastSuccessfulTime: daysAgo(9) },
    { lastScheduleTime: daysAgo(0), lastSuccessfulTime: daysAgo(130) },
  ]) {
    expect(await renewal(cronJob(status))).toMatchObject({ state: "holds" });
  }
});
