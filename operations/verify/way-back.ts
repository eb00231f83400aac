import type { EksAnswers } from "./answers/eks";

/** Milliseconds for which EKS goes back after an upgrade (Amazon EKS User Guide, "Roll back a cluster to a previous Kubernetes version"). */
const rollbackPeriod = 7 * 86_400_000;

/** The way back to the version of Kubernetes from which a control plane was upgraded. */
export interface WayBack {
  /** The minor version before: `1.35`. */
  readonly version: string;
  readonly until: Date;
}

type Answers = Pick<EksAnswers, "cluster" | "clusterUpdates" | "kubernetesVersion">;

/** Returns the way back that EKS still has; nothing if the cluster was made at its version, went back already, or was upgraded too long ago. */
export async function wayBack(answers: Answers): Promise<WayBack | undefined> {
  const [{ version = "" }, upgrade] = await Promise.all([answers.cluster(), lastVersionChange(answers)]);
  if (upgrade?.type !== "VersionUpdate") {
    return undefined;
  }
  const before = minorBefore(version);
  const support = await answers.kubernetesVersion(before);
  // EKS counts from when the upgrade ended, which it does not say: this is minutes less. With the upgrade policy STANDARD it does not go
  // back to a version whose standard support has ended.
  const ends = [upgrade.madeAt + rollbackPeriod, support?.endOfStandardSupportDate?.getTime() ?? 0];
  const until = new Date(Math.min(...ends));
  return until.getTime() > Date.now() ? { version: before, until } : undefined;
}

/** Returns what last changed the version of the control plane, in either direction, and when, in milliseconds. */
async function lastVersionChange({ clusterUpdates }: Pick<Answers, "clusterUpdates">) {
  return (await clusterUpdates())
    .filter(({ type, status }) => (type === "VersionUpdate" || type === "VersionRollback") && status === "Successful")
    .map(({ type, createdAt }) => ({ type, madeAt: createdAt?.getTime() ?? 0 }))
    .sort((one, other) => one.madeAt - other.madeAt)
    .at(-1);
}

/** Returns `1.35` of `1.36`. */
function minorBefore(version: string): string {
  const [major, minor] = version.split(".").map(Number);
  return `${major}.${(minor ?? 0) - 1}`;
}
