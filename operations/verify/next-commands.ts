import type { StackPart } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";

/** What plans a stack. It makes the stack's files and initializes them first: in a fresh clone, Terraform would find neither. */
export function planOf({ name }: Pick<Cluster, "name">, part: StackPart): string {
  return `npm run review -- ${name} --stack ${part}`;
}

/** For what comes about by itself. */
export function lookAgain({ name }: Pick<Cluster, "name">): string {
  return `npm run verify -- ${name} --wait 15m`;
}
