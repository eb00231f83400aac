import type { AssociatedAccessPolicy } from "@aws-sdk/client-eks";

import { adminViewPolicy, clusterAdminPolicy } from "../../../platform/names";
import { administratorsOf } from "../../../schema/deploy-role";
import { runRoles } from "../../../schema/run-roles";
import { platformNamespaces } from "../answers/kubernetes";
import { broken, type Check, holds, warning } from "../check";
import type { Snapshot } from "../snapshot";
import { counted } from "../wording";
import { nodeRoles } from "./access";

/** Access policies by which one reads Secrets, or runs pods that have the rights of others. */
const strongPolicies = [
  clusterAdminPolicy,
  "AmazonEKSAdminPolicy",
  adminViewPolicy,
  "AmazonEKSAutoNodePolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSSecretReaderPolicy",
];

/** What somebody may do in the cluster whom settings.ts does not name. */
interface OtherAccess {
  readonly principal: string;
  readonly right: string;
  readonly isAdministrator: boolean;
}

export const otherPrincipals: Check = {
  id: "other-principals",
  title: "access of others",
  async run(snapshot) {
    const { name, region } = snapshot.settings;
    const runs = Object.values(runRoles(snapshot.settings) ?? {});
    const known = [...administratorsOf(snapshot.settings), ...runs, ...(await nodeRoles(snapshot))];
    const others = (await snapshot.accessEntries()).filter((principal) => !known.includes(principal));
    const found = (await Promise.all(others.map((principal) => accessOf(snapshot, principal)))).flat();
    const worst = found.find(({ isAdministrator }) => isAdministrator) ?? found[0];
    if (!worst) {
      return holds(others.length === 0 ? "there are none" : `${counted(others.length, "other")}, with no such rights`);
    }
    const outcome = worst.isAdministrator ? broken : warning;
    return outcome(
      `${worst.principal} ${worst.right}, and settings.ts does not name it${found.length > 1 ? `; ${found.length - 1} more like it` : ""}`,
      "somebody made an access entry by hand, or took an administrator out of settings.ts and did not apply the cluster stack",
      `aws eks delete-access-entry --cluster-name ${name} --region ${region} --principal-arn ${worst.principal}`,
    );
  },
};

async function accessOf(snapshot: Snapshot, principal: string): Promise<readonly OtherAccess[]> {
  const entry = await snapshot.accessEntry(principal);
  if (!entry) {
    // It was deleted since they were listed.
    return [];
  }
  if (entry.type !== "STANDARD") {
    return [{ principal, right: `may join nodes (${entry.type})`, isAdministrator: false }];
  }
  return policyRights(await snapshot.accessPolicies(principal)).map((right) => ({ principal, ...right }));
}

function policyRights(policies: readonly AssociatedAccessPolicy[]): readonly Omit<OtherAccess, "principal">[] {
  return policies.flatMap(({ policyArn = "", accessScope }) => {
    const policy = policyArn.split("/").at(-1) ?? "";
    const namespaces = accessScope?.type === "namespace" ? (accessScope.namespaces ?? []) : undefined;
    const reachesPlatform = platformNamespaces.some(
      (one) => namespaces?.some((pattern) => covers(pattern, one)) ?? true,
    );
    if (!strongPolicies.includes(policy) || !reachesPlatform) {
      return [];
    }
    const place = namespaces === undefined ? "the whole cluster" : `namespaces ${namespaces.join(", ")}`;
    return [{ right: `has ${policy} in ${place}`, isAdministrator: policy === clusterAdminPolicy }];
  });
}

/** Returns whether a namespace is one of a scope's, which may end with `*`. */
function covers(pattern: string, namespace: string): boolean {
  return pattern.endsWith("*") ? namespace.startsWith(pattern.slice(0, -1)) : pattern === namespace;
}
