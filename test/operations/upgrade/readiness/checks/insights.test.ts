import type { InsightSummary } from "@aws-sdk/client-eks";

import { rollbackInsights, upgradeInsights } from "../../../../../operations/upgrade/readiness/checks/insights";
import { runChecks } from "../../../../../operations/verify/check";
import type { Snapshot } from "../../../../../operations/verify/snapshot";
import { newestRelease, releases } from "../../../../../releases/all";
import { cluster } from "../../../../support/settings";

const next = { ...newestRelease, kubernetes: { ...newestRelease.kubernetes, version: "1.36" } };
const minute = 60_000;

const insight = (status: string, minutesOld = 5, name = status): InsightSummary => ({
  id: name,
  name,
  description: `about ${name}`,
  insightStatus: { status: status as "PASSING", reason: `why ${name}` },
  lastRefreshTime: new Date(Date.now() - minutesOld * minute),
});

/** @param running - minor version of the control plane */
async function found(
  insights: readonly InsightSummary[],
  running = "1.35",
  check = upgradeInsights(next),
  more: Partial<Snapshot> = {},
) {
  const asked: string[] = [];
  const snapshot: Partial<Snapshot> = {
    settings: cluster({ release: releases[0].name }),
    cluster: async () => ({ version: running }),
    insights: async (...question) => {
      asked.push(question.join(" "));
      return insights;
    },
    insight: async (id) => (id === "ERROR" ? { recommendation: "do this" } : {}),
    ...more,
  };
  const [result] = await runChecks([check], snapshot as Snapshot);
  return { ...result, asked };
}

test("insights on the minor version of the target are asked for, and hold if all pass", async () => {
  expect(await found([insight("PASSING"), insight("PASSING", 60)])).toMatchObject({
    state: "holds",
    found: "2 insights passing, looked at 1 h ago",
    asked: ["UPGRADE_READINESS 1.36"],
  });
});

test("a control plane that stays at its version needs none", async () => {
  expect(await found([insight("ERROR")], "1.36")).toMatchObject({ state: "holds", asked: [] });
});

test("the worst is said, with what EKS recommends, and the others are counted", async () => {
  expect(await found(["PASSING", "WARNING", "UNKNOWN", "ERROR"].map((status) => insight(status)))).toMatchObject({
    state: "broken",
    found: "ERROR: why ERROR; 2 more are not passing",
    cause: "do this",
    next: expect.stringMatching(/^aws eks describe-insight .*--id ERROR$/),
  });
  expect(await found([insight("WARNING")])).toMatchObject({ state: "warning", cause: "about WARNING" });
});

test("what EKS could not say, or a status that it did not have once, could not be asked", async () => {
  for (const status of ["UNKNOWN", "TO_COME"]) {
    expect(await found([insight(status), insight("PASSING")])).toMatchObject({ state: "could not ask" });
  }
  expect(await found([])).toMatchObject({
    state: "could not ask",
    next: expect.stringContaining("start-insights-refresh"),
  });
});

test("passing ones that nobody has looked at for more than a day are a warning", async () => {
  expect(await found([insight("PASSING", 24 * 60)])).toMatchObject({ state: "holds" });
  expect(await found([insight("PASSING", 26 * 60), insight("PASSING")])).toMatchObject({
    state: "warning",
    next: expect.stringContaining("start-insights-refresh"),
  });
});

const upgraded = (daysAgo: number): Partial<Snapshot> => ({
  clusterUpdates: async () => [
    { type: "VersionUpdate", status: "Successful", createdAt: new Date(Date.now() - daysAgo * 86_400_000) },
  ],
  kubernetesVersion: async () => ({ endOfStandardSupportDate: new Date(Date.now() + 365 * 86_400_000) }),
});

test("what keeps EKS from going back to the minor version before is said, and keeps nobody from going on", async () => {
  expect(await found([insight("ERROR")], "1.36", rollbackInsights, upgraded(1))).toMatchObject({
    state: "warning",
    asked: ["ROLLBACK_READINESS 1.35"],
  });
  expect(await found([insight("PASSING")], "1.36", rollbackInsights, upgraded(1))).toMatchObject({ state: "holds" });
});

test("where EKS has not looked at the way back yet, nobody says that there is none", async () => {
  expect(await found([], "1.36", rollbackInsights, upgraded(1))).toMatchObject({
    state: "could not ask",
    found: expect.stringContaining("on going back to 1.35"),
  });
});

test("without a way back its insights are not asked for", async () => {
  expect(await found([insight("ERROR")], "1.36", rollbackInsights, upgraded(8))).toMatchObject({
    state: "holds",
    asked: [],
  });
});
