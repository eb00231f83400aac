import type { Nodegroup } from "@aws-sdk/client-eks";

import type { StackPart } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";

/** Returns what to type to have a stack planned. Unlike `terraform plan`, it works in a fresh clone. */
export function reviewInvocation({ name }: Pick<Cluster, "name">, part: StackPart): string {
  return `npm run review -- ${name} --stack ${part}`;
}

/** Returns what to type to wait for what comes about by itself. */
export function verifyInvocation({ name }: Pick<Cluster, "name">): string {
  return `npm run verify -- ${name} --wait 15m`;
}

/** Returns what to type to get out of what a killed apply has left. */
export function repairInvocation({ name }: Pick<Cluster, "name">): string {
  return `npm run repair -- ${name}`;
}

/** Returns what to type to see all that EKS says of a node group. */
export function describeNodeGroup({ name, region }: Pick<Cluster, "name" | "region">, group: Nodegroup): string {
  return `aws eks describe-nodegroup --cluster-name ${name} --region ${region} --nodegroup-name ${group.nodegroupName}`;
}
