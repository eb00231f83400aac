import type { Insight, InsightSummary } from "@aws-sdk/client-eks";

import type { Release } from "../../../../releases/release";
import { age } from "../../../verify/age";
import { broken, type Check, type CheckOutcome, holds, warning } from "../../../verify/check";
import type { Snapshot } from "../../../verify/snapshot";
import { wayBack } from "../../../verify/way-back";
import { counted, namesText } from "../../../verify/wording";
import { targetOf } from "../target";

/** Milliseconds after which EKS should have looked again: it does once a day (EKS user guide, "Cluster insights"). */
const refreshedWithin = 25 * 3_600_000;

/** @param next - the release that is ahead; undefined if there is none */
export function upgradeInsights(next: Release | undefined): Check {
  return {
    id: "upgrade-insights",
    title: "EKS' insights",
    async run(snapshot) {
      const { release, upgradesKubernetes, running } = await targetOf(snapshot, next);
      const { version } = release.kubernetes;
      if (!upgradesKubernetes) {
        return holds(`the control plane stays at ${running}, of which EKS has nothing to say`);
      }
      const insights = await snapshot.insights("UPGRADE_READINESS", version);
      return insights.length === 0 ? noInsights(snapshot, `on an upgrade to ${version}`) : judged(snapshot, insights);
    },
  };
}

/** For seven days after an upgrade EKS says, too, what would keep it from going back; that keeps nobody from going on. */
export const rollbackInsights: Check = {
  id: "rollback-insights",
  title: "EKS' insights on going back",
  async run(snapshot) {
    const way = await wayBack(snapshot);
    if (way === undefined) {
      return holds("none: the control plane was not upgraded in the last seven days, or went back already");
    }
    const insights = await snapshot.insights("ROLLBACK_READINESS", way.version);
    if (insights.length === 0) {
      return noInsights(snapshot, `on going back to ${way.version}`);
    }
    const outcome = await judged(snapshot, insights);
    return outcome.state === "broken" ? { ...outcome, state: "warning" } : outcome;
  },
};

function noInsights(snapshot: Snapshot, onWhat: string): CheckOutcome {
  const found = `EKS has none ${onWhat}: it has not looked yet, or its access entry is gone`;
  return { state: "could not ask", found, next: refresh(snapshot) };
}

/** How bad a status is; EKS upgrades, and goes back, with a warning. */
const outcomes: Readonly<Record<string, CheckOutcome["state"]>> = {
  ERROR: "broken",
  WARNING: "warning",
  PASSING: "holds",
};

const gravestFirst = ["ERROR", "UNKNOWN", "WARNING"] as const;

async function judged(snapshot: Snapshot, insights: readonly InsightSummary[]): Promise<CheckOutcome> {
  const others = insights.filter(({ insightStatus }) => insightStatus?.status !== "PASSING");
  const worst = gravestFirst
    .flatMap((status) => others.filter(({ insightStatus }) => insightStatus?.status === status))
    .concat(others)[0];
  if (worst === undefined) {
    return fresh(snapshot, insights);
  }
  const { name, id = "", insightStatus } = worst;
  const state = outcomes[insightStatus?.status ?? ""] ?? "could not ask";
  const described = await snapshot.insight(id);
  const more = others.length > 1 ? `; ${counted(others.length - 1, "more is", "more are")} not passing` : "";
  const found = `${name}: ${insightStatus?.reason || insightStatus?.status}${usageText(described)}${more}`;
  const place = `--cluster-name ${snapshot.settings.name} --region ${snapshot.settings.region}`;
  const next = `aws eks describe-insight ${place} --id ${id}`;
  const cause = described?.recommendation || worst.description || "EKS does not say";
  if (state === "could not ask") {
    return { state, found, next: refresh(snapshot) };
  }
  return state === "broken" ? broken(found, cause, next) : warning(found, cause, next);
}

/** Returns which deprecated APIs were called, and by whom. */
function usageText(insight: Insight | undefined): string {
  const usages = (insight?.categorySpecificSummary?.deprecationDetails ?? []).map(({ usage, clientStats = [] }) => {
    const clients = clientStats.flatMap(({ userAgent }) => userAgent ?? []);
    return `${usage}${clients.length === 0 ? "" : ` by ${namesText(clients)}`}`;
  });
  return usages.length === 0 ? "" : ` (${namesText(usages)})`;
}

/** Checks that EKS has looked within a day: what passes may have done so long ago. */
function fresh(snapshot: Snapshot, insights: readonly InsightSummary[]): CheckOutcome {
  const oldest = insights
    .flatMap(({ lastRefreshTime }) => lastRefreshTime ?? new Date(0))
    .toSorted((one, other) => one.getTime() - other.getTime())[0];
  const found = `${counted(insights.length, "insight")} passing, looked at ${age(oldest)} ago`;
  return Date.now() - (oldest?.getTime() ?? 0) > refreshedWithin
    ? warning(found, "EKS has not looked since: it does so once a day, and when it is asked to", refresh(snapshot))
    : holds(found);
}

/** It is a write, which nothing here does. */
function refresh({ settings: { name, region } }: Snapshot): string {
  return `aws eks start-insights-refresh --cluster-name ${name} --region ${region}; then this again, in some minutes`;
}
