import { releaseNamed } from "../../releases/all";
import { type ComponentName, versionsOf } from "../../releases/release";
import { Failure, type FailureKind } from "../command/failure";
import { versionText } from "../command/version";
import type { Connection } from "../connection";
import { type Check, type CheckResult, runChecks } from "./check";
import { snapshotOf } from "./snapshot";

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
  /** The name of the cluster's release, and the versions that it gives the parts of the platform. */
  readonly release: string;
  readonly versions: Readonly<Record<ComponentName, string>>;
  readonly checks: readonly CheckResult[];
}

/** What keeps all checks from asking AWS and Kubernetes: it is said once, in place of them. */
const endsAll: readonly FailureKind[] = ["no credentials", "wrong account"];

/**
 * Looks at a cluster once.
 * @throws Failure if there are no AWS credentials, or those of another account
 */
export async function verification(connection: Connection, checks: readonly Check[]): Promise<Verification> {
  const { name, region, release } = connection.settings;
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const snapshot = snapshotOf(connection);
  const results = await runChecks(checks, snapshot);
  const described = await snapshot.cluster().catch(throwIfEndsAll);
  return {
    cluster: name,
    region,
    // Nobody else has to be asked for it.
    account: described?.arn?.split(":")[4] ?? null,
    time,
    version: versionText(),
    release,
    versions: versionsOf(releaseNamed(release)),
    checks: results,
  };
}

function throwIfEndsAll(thrown: unknown): undefined {
  if (thrown instanceof Failure && endsAll.includes(thrown.kind)) {
    throw thrown;
  }
}
