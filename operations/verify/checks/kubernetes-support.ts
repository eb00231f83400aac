import { Failure } from "../../command/failure";
import { timeSpan } from "../age";
import { broken, type Check, type CheckOutcome, holds, warning } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { day } from "../wording";

/** Milliseconds before the end of support from which it is said: what an upgrade takes, with tests of one's own. */
const notice = 90 * 86_400_000;

/** What a cluster costs an hour (AWS Containers blog, "Amazon EKS extended support for Kubernetes versions pricing"). */
const hourly = { standard: "0.10 USD", extended: "0.60 USD" } as const;

/** Support of a version of Kubernetes, and when each kind of it ends. */
interface Support {
  readonly version: string;
  readonly standardUntil: Date;
  readonly extendedUntil: Date | undefined;
}

const upgrade = "upgrade Kubernetes by one minor version: docs/upgrades.md says how";

export const kubernetesSupport: Check = {
  id: "kubernetes-support",
  title: "support of Kubernetes",
  async run(snapshot) {
    const { upgradePolicy } = await snapshot.cluster();
    const support = await supportOf(snapshot);
    return upgradePolicy?.supportType === "EXTENDED" ? extendedSupport(snapshot, support) : standardSupport(support);
  },
};

async function supportOf(snapshot: Snapshot): Promise<Support> {
  const { version = "" } = await snapshot.cluster();
  const described = await snapshot.kubernetesVersion(version);
  if (!described?.endOfStandardSupportDate) {
    const { region } = snapshot.settings;
    throw new Failure(
      "nothing there",
      `EKS does not say until when it supports ${version}`,
      `aws eks describe-cluster-versions --region ${region} --include-all`,
    );
  }
  return {
    version,
    standardUntil: described.endOfStandardSupportDate,
    extendedUntil: described.endOfExtendedSupportDate,
  };
}

/** With the upgrade policy STANDARD, EKS upgrades the control plane by itself once standard support has ended. */
function standardSupport({ version, standardUntil }: Support): CheckOutcome {
  const left = standardUntil.getTime() - Date.now();
  const end = day(standardUntil);
  if (left <= 0) {
    return broken(
      `${version} has had none since ${end}`,
      "nobody upgraded it in time: EKS upgrades the control plane by itself, at any moment, and leaves the nodes as they are",
      upgrade,
    );
  }
  return left > notice
    ? holds(`${version} until ${end}`)
    : warning(
        `${version} until ${end}, ${timeSpan(left)} from now`,
        "EKS then upgrades the control plane by itself, and leaves the nodes as they are",
        upgrade,
      );
}

/** With the upgrade policy EXTENDED, which is never this platform's, a version stays for another year, and costs more. */
function extendedSupport({ settings }: Snapshot, { version, standardUntil, extendedUntil }: Support): CheckOutcome {
  const now = Date.now();
  const cause = "somebody set the upgrade policy EXTENDED by hand; the cluster stack says STANDARD";
  const last = extendedUntil === undefined ? "a day that EKS does not say" : day(extendedUntil);
  if (extendedUntil !== undefined && extendedUntil.getTime() <= now) {
    return broken(
      `${version} has had none since ${last}, extended support included`,
      "nobody upgraded it in time: EKS upgrades the control plane by itself, at any moment, and leaves the nodes as they are",
      upgrade,
    );
  }
  const price = `${hourly.extended} an hour in place of ${hourly.standard}`;
  return standardUntil.getTime() > now
    ? warning(
        `${version} until ${day(standardUntil)}, then extended until ${last}, at ${price}`,
        cause,
        reviewInvocation(settings, "cluster"),
      )
    : warning(`${version} is in extended support until ${last}, at ${price}`, cause, upgrade);
}
