import type { AssociatedAccessPolicy } from "@aws-sdk/client-eks";

import { accessPolicies, adminViewPolicy, clusterAdminPolicy, platformNamespaces } from "../../../platform/names";
import { type AccessSettings, accessPolicyOf, isInScope } from "../../../schema/access";
import { administratorsOf } from "../../../schema/deploy-role";
import { runRoles } from "../../../schema/run-roles";
import { broken, type Check, holds, warning } from "../check";
import type { Snapshot } from "../snapshot";
import { counted } from "../wording";
import { nodeRoles } from "./access";

/** Access policies by which one reads Secrets, or runs pods that have the rights of others. */
const strongPolicies = [
  clusterAdminPolicy,
  accessPolicies.admin,
  adminViewPolicy,
  "AmazonEKSAutoNodePolicy",
  accessPolicies.edit,
  "AmazonEKSSecretReaderPolicy",
];

/** What somebody may do in the cluster, and settings.ts does not say. */
interface OtherAccess {
  readonly principal: string;
  readonly right: string;
  readonly isAdministrator: boolean;
  /**
   * The policy by which somebody may do more than settings.ts says.
   * @default - settings.ts does not name this principal
   */
  readonly excess?: string;
}

export const otherPrincipals: Check = {
  id: "other-principals",
  title: "access of others",
  async run(snapshot) {
    const { settings } = snapshot;
    const { access, name, region } = settings;
    const known = [
      ...administratorsOf(settings),
      ...Object.values(runRoles(settings) ?? {}),
      ...access.map(({ principal }) => principal),
      ...(await nodeRoles(snapshot)),
    ];
    const others = (await snapshot.accessEntries()).filter((principal) => !known.includes(principal));
    const found = (
      await Promise.all([
        ...others.map((principal) => accessOf(snapshot, principal)),
        ...access.map((grant) => excessOf(snapshot, grant)),
      ])
    ).flat();
    const worst = found.find(({ isAdministrator }) => isAdministrator) ?? found[0];
    if (!worst) {
      return holds(others.length === 0 ? "there are none" : `${counted(others.length, "other")}, with no such rights`);
    }
    const { principal, right, excess } = worst;
    const outcome = worst.isAdministrator ? broken : warning;
    const place = `--cluster-name ${name} --region ${region} --principal-arn ${principal}`;
    const more = found.length > 1 ? `; ${found.length - 1} more like it` : "";
    return excess === undefined
      ? outcome(
          `${principal} ${right}, and settings.ts does not name it${more}`,
          "somebody made an access entry by hand, or took an administrator out of settings.ts and did not apply the cluster stack",
          `aws eks delete-access-entry ${place}`,
        )
      : outcome(
          `${principal} ${right}, and settings.ts does not say so${more}`,
          "somebody gave it an access policy by hand",
          `aws eks disassociate-access-policy ${place} --policy-arn ${excess}`,
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
  return policyRights(await snapshot.accessPolicies(principal)).map(({ policyArn, ...right }) => ({
    principal,
    ...right,
  }));
}

/** Returns what somebody may do by other access policies than the one of settings.ts. */
async function excessOf(snapshot: Snapshot, grant: AccessSettings): Promise<readonly OtherAccess[]> {
  const { principal } = grant;
  if (!(await snapshot.accessEntry(principal))) {
    return [];
  }
  const policy = accessPolicyOf(grant);
  const others = (await snapshot.accessPolicies(principal)).filter(
    ({ policyArn }) => policy === undefined || !policyArn?.endsWith(`/${policy}`),
  );
  return policyRights(others).map(({ policyArn, ...right }) => ({ principal, ...right, excess: policyArn }));
}

interface PolicyRight extends Pick<OtherAccess, "isAdministrator" | "right"> {
  readonly policyArn: string;
}

function policyRights(policies: readonly AssociatedAccessPolicy[]): readonly PolicyRight[] {
  return policies.flatMap(({ policyArn = "", accessScope }) => {
    const policy = policyArn.split("/").at(-1) ?? "";
    const namespaces = accessScope?.type === "namespace" ? (accessScope.namespaces ?? []) : undefined;
    const reachesPlatform = platformNamespaces.some((one) => isInScope(one, namespaces));
    if (!strongPolicies.includes(policy) || !reachesPlatform) {
      return [];
    }
    const place = namespaces === undefined ? "the whole cluster" : `namespaces ${namespaces.join(", ")}`;
    return [{ policyArn, right: `has ${policy} in ${place}`, isAdministrator: policy === clusterAdminPolicy }];
  });
}
