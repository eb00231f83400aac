import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";

import { adminViewPolicy } from "../platform/names";
import type { Partition } from "../schema/region";

export interface PlanReaderProps {
  readonly clusterName: string;

  readonly partition: Partition;

  /** ARN of the role with which plans are made. */
  readonly principal: string;
}

/** A role that reads all that Terraform has made in a cluster, so that it can plan: Helm keeps its releases in Secrets. */
export class PlanReader extends Construct {
  constructor(scope: Construct, id: string, props: PlanReaderProps) {
    super(scope, id);
    const { clusterName, partition, principal } = props;
    const entry = new EksAccessEntry(this, "Resource", { clusterName, principalArn: principal });
    new EksAccessPolicyAssociation(this, "Policy", {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${adminViewPolicy}`,
      accessScope: { type: "cluster" },
    });
  }
}
