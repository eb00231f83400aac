import type { V1ObjectMeta } from "@kubernetes/client-node";

import { systemNamespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { age, timeSpan } from "../age";
import { broken, type Check, holds, notAsked, warning } from "../check";
import { lastDataChange } from "../data-change";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { sentenceOf } from "../wording";

/** Name of the CronJob by which Cilium's chart renews Hubble's certificates, and of its Job, which made the first. */
const renewal = "hubble-generate-certs";
const certificates = ["hubble-server-certs", "hubble-relay-client-certs"];

const day = 86_400_000;
/** The chart's default: certificates are valid for 365 days (`hubble.tls.auto.certValidityDuration`). */
const validity = 365 * day;
/** The chart's default: they are renewed on the first day of every fourth month (`hubble.tls.auto.schedule`), 123 days apart at most. */
const renewedWithin = 130 * day;

const renewNow = `kubectl --namespace ${systemNamespace} create job --from=cronjob/${renewal} ${renewal}-now`;

/** When a certificate was written says until when it is valid; what is in the Secrets, keys too, is nobody's to read. */
export const hubbleCertificates: Check = {
  id: "hubble-certificates",
  title: "Hubble's certificates",
  async run(snapshot) {
    const secrets = await readSecrets(snapshot);
    if (secrets === undefined) {
      return notAsked(
        `you may not list Secrets in ${systemNamespace}, where they are`,
        "docs/verify.md has the right that it takes, and says what else that right shows",
      );
    }
    const there = secrets.filter(({ name = "" }) => certificates.includes(name));
    const missing = certificates.filter((name) => !there.some((secret) => secret.name === name));
    if (missing.length > 0) {
      return broken(
        sentenceOf(missing, "is not there", "are not there"),
        "somebody deleted it, or the Job that makes it has not run: relay and agents do not find each other",
        renewNow,
      );
    }
    const [oldest] = there.map(writtenAt).toSorted((one, other) => one.getTime() - other.getTime());
    const left = (oldest?.getTime() ?? 0) + validity - Date.now();
    if (left <= 0) {
      return broken(`expired for ${timeSpan(-left)}`, "nothing has renewed them for a year", renewNow);
    }
    return left > validity - renewedWithin
      ? holds(`${there.length}, valid for ${timeSpan(left)}`)
      : warning(`valid for ${timeSpan(left)}, renewed ${age(oldest)} ago`, "the CronJob does not renew them", renewNow);
  },
};

/** Returns nothing if whoever asks may not list Secrets: that right shows keys, too, and few need it. */
async function readSecrets(snapshot: Snapshot): Promise<readonly V1ObjectMeta[] | undefined> {
  try {
    return await snapshot.secrets(systemNamespace);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "forbidden") {
      return undefined;
    }
    throw thrown;
  }
}

function writtenAt(secret: V1ObjectMeta): Date {
  const changed = lastDataChange(secret);
  return changed.getTime() > 0 ? changed : new Date(secret.creationTimestamp ?? Date.now());
}

export const certificateRenewal: Check = {
  id: "certificate-renewal",
  title: "renewal of certificates",
  async run(snapshot) {
    const cronJob = await snapshot.cronJob(systemNamespace, renewal);
    if (!cronJob) {
      return broken(
        `there is no CronJob ${systemNamespace}/${renewal}`,
        "somebody deleted it: Hubble's certificates expire a year after their last renewal",
        reviewInvocation(snapshot.settings, "bootstrap"),
      );
    }
    const { suspend, schedule } = cronJob.spec ?? {};
    if (suspend) {
      return broken(
        `the CronJob ${renewal} is suspended`,
        "somebody suspended it: Hubble's certificates expire a year after their last renewal",
        `kubectl --namespace ${systemNamespace} patch cronjob ${renewal} --patch '{"spec":{"suspend":false}}'`,
      );
    }
    const { lastScheduleTime, lastSuccessfulTime } = cronJob.status ?? {};
    return lastScheduleTime && (lastSuccessfulTime ?? new Date(0)) < lastScheduleTime && !isRecent(lastScheduleTime)
      ? warning(
          `the last Job of ${renewal}, ${age(lastScheduleTime)} ago, has not succeeded`,
          "its log says why",
          `kubectl --namespace ${systemNamespace} logs --selector k8s-app=${renewal} --tail 50`,
        )
      : holds(`by the CronJob ${renewal}, ${schedule}`);
  },
};

/** A Job may take an hour until a machine is there for it. */
function isRecent(time: Date): boolean {
  return Date.now() - time.getTime() < 60 * 60_000;
}
