import { versions } from "../../platform/versions";
import { versionText } from "../command/version";
import type { Connection } from "../connection";
import { type Check, type CheckResult, runChecks } from "./check";
import { type Snapshot, snapshotOf } from "./snapshot";

/** What one look at a cluster has found, and of which: `--format json` prints it as it is. */
export interface Verification {
  readonly cluster: string;
  readonly region: string;
  /** The account that has the cluster; null if EKS has not said so. */
  readonly account: string | null;
  /** When the look began, in UTC: `2026-11-23T17:11:47Z`. */
  readonly time: string;
  /** The version of this project, and of its commit: `0.1.0 (754da85)`. */
  readonly version: string;
  /** The versions that this project gives the parts of a platform. */
  readonly versions: Readonly<Record<(typeof parts)[number], string>>;
  readonly checks: readonly CheckResult[];
}

/** Parts of the platform, by their names in `platform/versions.ts`. */
const parts = ["kubernetes", "bottlerocket", "cilium", "coreDns", "flux", "karpenter"] as const;

/** Looks at a cluster once. */
export async function verification(connection: Connection, checks: readonly Check[]): Promise<Verification> {
  const { name, region } = connection.settings;
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const snapshot = snapshotOf(connection);
  const results = await runChecks(checks, snapshot);
  return {
    cluster: name,
    region,
    account: await accountOf(snapshot),
    time,
    version: versionText(),
    versions: Object.fromEntries(parts.map((part) => [part, versions[part]])) as Verification["versions"],
    checks: results,
  };
}

/** Reads the account out of the cluster's ARN, so that nobody else has to be asked. */
async function accountOf(snapshot: Snapshot): Promise<string | null> {
  const cluster = await snapshot.cluster().catch(() => undefined);
  return cluster?.arn?.split(":")[4] ?? null;
}
