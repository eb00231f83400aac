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
