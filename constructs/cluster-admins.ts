import { createHash } from "node:crypto";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";

import { clusterAdminPolicy } from "../platform/names";
import type { Partition } from "../schema/region";

export interface ClusterAdminsProps {
  readonly clusterName: string;

  readonly partition: Partition;

  /** ARNs of IAM users and roles. */
  readonly principals: readonly string[];
}

/** IAM principals that may do everything in a cluster. */
export class ClusterAdmins extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAdminsProps) {
    super(scope, id);
    const { clusterName, partition, principals } = props;

    const ids = idsOf(principals);
    for (const principal of principals) {
      const admin = new Construct(this, ids.get(principal) ?? idOf(principal));
      const entry = new EksAccessEntry(admin, "Resource", { clusterName, principalArn: principal });
      new EksAccessPolicyAssociation(admin, "Policy", {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${clusterAdminPolicy}`,
        accessScope: { type: "cluster" },
      });
    }
  }
}

/** Returns an id for each principal, whatever their order. Of two that only punctuation tells apart the second by name gets a digest. */
function idsOf(principals: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const principal of [...principals].sort()) {
    const id = idOf(principal);
    ids.set(principal, taken.has(id) ? `${id}-${digest(principal)}` : id);
    taken.add(id);
  }
  return ids;
}

/** Returns `role-platform-admin-111122223333`: a place in the list would move entries to other principals when one is removed. */
function idOf(arn: string): string {
  const [, , , , account, principal = ""] = arn.split(":");
  return `${principal.replaceAll(/[^A-Za-z0-9]+/g, "-")}-${account}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
