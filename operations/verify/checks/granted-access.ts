import type { AccessEntry, AssociatedAccessPolicy } from "@aws-sdk/client-eks";

import { type AccessSettings, accessPolicyOf, kubernetesGroupsOf } from "../../../schema/access";
import type { Snapshot } from "../snapshot";

/** Returns what of somebody's access is not as `settings.ts` says. */
export async function grantProblem(snapshot: Snapshot, grant: AccessSettings): Promise<string | undefined> {
  const { principal } = grant;
  const entry = await snapshot.accessEntry(principal);
  return entry
    ? (policyProblem(grant, await snapshot.accessPolicies(principal)) ?? groupsProblem(grant, entry))
    : `${principal} has none`;
}

function policyProblem(grant: AccessSettings, policies: readonly AssociatedAccessPolicy[]): string | undefined {
  const { principal, namespaces } = grant;
  const policy = accessPolicyOf(grant);
  if (policy === undefined) {
    return undefined;
  }
  const given = policies.find(({ policyArn }) => policyArn?.endsWith(`/${policy}`));
  const wanted = scopeText(namespaces);
  const found = scopeText(given?.accessScope?.type === "namespace" ? given.accessScope.namespaces : undefined);
  if (!given) {
    return `${principal} lacks ${policy} in ${wanted}`;
  }
  return found === wanted ? undefined : `${principal} has ${policy} in ${found}, and settings.ts says in ${wanted}`;
}

function groupsProblem(grant: AccessSettings, { kubernetesGroups = [] }: AccessEntry): string | undefined {
  const found = groupsText(kubernetesGroups);
  const wanted = groupsText(kubernetesGroupsOf(grant));
  return found === wanted ? undefined : `${grant.principal} is in ${found}, and settings.ts says in ${wanted}`;
}

function scopeText(namespaces: readonly string[] | undefined): string {
  return namespaces === undefined ? "the whole cluster" : `namespaces ${namespaces.toSorted().join(", ")}`;
}

function groupsText(groups: readonly string[]): string {
  return groups.length === 0 ? "no group" : `groups ${groups.toSorted().join(", ")}`;
}
