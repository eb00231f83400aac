import { platformNamespaces } from "../../platform/names";
import { type AccessSettings, isInScope } from "../access";
import { accountOf } from "../account";
import type { Cluster } from "../cluster";
import { identityOf, mostEntries } from "../principals";
import { partitionOf } from "../region";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns what of `access` other settings of the cluster contradict. */
export function accessDisagreements({
  access: entries = [],
  admins = [],
  deployRole,
  region,
}: SoundSettings): Mistake[] {
  const partition = region === undefined ? undefined : partitionOf(region);
  const administrators = new Set(admins.map(identityOf));
  const clashes = entries.flatMap(({ principal }, index) => {
    const mistake = (message: string): Mistake => ({ path: ["access", index, "principal"], message });
    const identity = identityOf(principal);
    return [
      ...(partition === undefined || principal.startsWith(`arn:${partition}:`)
        ? []
        : [mistake(`is not of ${region}'s partition; write 'arn:${partition}:iam::…'`)]),
      ...(administrators.has(identity)
        ? [mistake("is among admins too, who may do everything; leave it out in one of the two")]
        : []),
      ...(deployRole !== undefined && identityOf(deployRole) === identity
        ? [mistake("is deployRole too, which may do everything; leave it out here")]
        : []),
    ];
  });
  const count = admins.length + entries.length;
  const message = `makes ${count} access entries together with admins, and EKS has room for ${mostEntries}; name roles that several people assume`;
  return entries.length > 0 && count > mostEntries ? [{ path: ["access"], message }, ...clashes] : clashes;
}

/** Returns what of `access` is allowed, and should be somebody's decision. */
export function accessWarnings({ access: entries, account, name }: Cluster): string[] {
  return entries.flatMap((one) => [
    ...(accountOf(one.principal) === account
      ? []
      : [`${name}: access holds ${one.principal} of another account than ${account}; see that it is meant`]),
    ...(reachesEverything(one)
      ? [
          `${name}: access gives ${one.principal} '${one.policy}' in namespaces of the platform, where it can act as Flux, which may do everything; name other namespaces`,
        ]
      : []),
  ]);
}

/** With both one can act as every service account of a namespace (EKS user guide, "Review access policy permissions"). */
function reachesEverything({ policy, namespaces }: AccessSettings): boolean {
  return (policy === "edit" || policy === "admin") && platformNamespaces.some((one) => isInScope(one, namespaces));
}
