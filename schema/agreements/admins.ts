import { accountOf } from "../account";
import { hasIdentity } from "../run-roles";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns that nobody of the cluster's account administers it: the AWS provider takes credentials of that account alone. */
export function adminDisagreements(cluster: SoundSettings): Mistake[] {
  const { account, admins, backend } = cluster;
  // A setting that is wrong by itself is absent: it may be meant for a role of the account, as may an admin that is a hole.
  const isDeployedByNone = "deployRole" in cluster && cluster.deployRole === undefined;
  const isDeployedByRuns =
    backend === undefined ||
    (backend.type === "cloud" && (backend.hostname === null || hasIdentity({ hostname: backend.hostname })));
  if (account === undefined || admins === undefined || !isDeployedByNone || isDeployedByRuns) {
    return [];
  }
  const accounts = [...new Set(Array.from(admins, (arn: string | undefined) => arn && accountOf(arn)))];
  if (accounts.length === 0 || accounts.includes(account) || accounts.includes(undefined)) {
    return [];
  }
  const message = `is the account of no admin, and all admins are of ${accounts.join(", ")}, so nobody could apply the bootstrap stack; one of the two is wrong, or a deployRole of ${account} is missing`;
  return [{ path: ["account"], message }];
}
