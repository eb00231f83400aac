import type { StackPart } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";

/** Returns the command that plans a stack. Unlike `terraform plan`, it works in a fresh clone. */
export function reviewCommand({ name }: Pick<Cluster, "name">, part: StackPart): string {
  return `npm run review -- ${name} --stack ${part}`;
}

/** Returns the command that waits for what comes about by itself. */
export function verifyCommand({ name }: Pick<Cluster, "name">): string {
  return `npm run verify -- ${name} --wait 15m`;
}
