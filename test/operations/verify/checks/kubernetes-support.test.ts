import type { ClusterVersionInformation, SupportType } from "@aws-sdk/client-eks";

import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { kubernetesSupport } from "../../../../operations/verify/checks/kubernetes-support";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const day = 86_400_000;
const now = new Date("2027-05-01T12:00:00Z");

beforeEach(() => {
  jest.useFakeTimers({ now });
});

afterEach(() => {
  jest.useRealTimers();
});

/** @param days - from now until standard support ends; extended support ends 365 days later */
async function found(days: number, supportType: SupportType = "STANDARD"): Promise<CheckResult | undefined> {
  const information: ClusterVersionInformation = {
    clusterVersion: "1.36",
    endOfStandardSupportDate: new Date(now.getTime() + days * day),
    endOfExtendedSupportDate: new Date(now.getTime() + (days + 365) * day),
  };
  return (await looked({ kubernetesVersion: async () => information }, supportType))[0];
}

function looked(answers: Partial<Snapshot>, supportType: SupportType = "STANDARD"): Promise<CheckResult[]> {
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    cluster: async () => ({ version: "1.36", upgradePolicy: { supportType } }),
    ...answers,
  };
  return runChecks([kubernetesSupport], snapshot as Snapshot);
}

test("support that lasts for longer than 90 days holds", async () => {
  expect(await found(91)).toMatchObject({ state: "holds", found: "1.36 until 2027-07-31" });
});

test("from 90 days before its end it is a warning, which says what EKS will do", async () => {
  for (const days of [90, 1]) {
    expect(await found(days)).toMatchObject({
      state: "warning",
      found: expect.stringMatching(new RegExp(`^1\\.36 until 2027-\\d\\d-\\d\\d, ${days} d from now$`)),
      cause: expect.stringContaining("upgrades the control plane by itself"),
      next: expect.stringContaining("docs/upgrades.md"),
    });
  }
});

test("after its end it is broken", async () => {
  for (const days of [0, -1]) {
    expect(await found(days)).toMatchObject({
      state: "broken",
      found: expect.stringMatching(/^1\.36 has had none since 2027-0[45]-\d\d$/),
    });
  }
});

test("extended support, which somebody chose by hand, says until when and what it costs", async () => {
  const price = "0.60 USD an hour in place of 0.10 USD";

  expect(await found(200, "EXTENDED")).toMatchObject({
    state: "warning",
    found: `1.36 until 2027-11-17, then extended until 2028-11-16, at ${price}`,
    cause: expect.stringContaining("by hand"),
    next: `npm run review -- ${cluster().name} --stack cluster`,
  });
  expect(await found(-1, "EXTENDED")).toMatchObject({
    state: "warning",
    found: `1.36 is in extended support until 2028-04-29, at ${price}`,
  });
  expect(await found(-365, "EXTENDED")).toMatchObject({
    state: "broken",
    found: "1.36 has had none since 2027-05-01, extended support included",
  });
});

test("a version of which EKS says nothing could not be asked for", async () => {
  expect(await looked({ kubernetesVersion: async () => undefined })).toMatchObject([
    { state: "could not ask", next: expect.stringContaining("describe-cluster-versions --region eu-central-1") },
  ]);
});
