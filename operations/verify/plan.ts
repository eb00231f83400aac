import type { Cluster } from "../../schema/settings";
import type { Part } from "../../stacks/platform-stack";

/** What plans a stack. It makes the stack's files and initializes them first: in a fresh clone, Terraform would find neither. */
export function planOf({ name }: Pick<Cluster, "name">, part: Part): string {
  return `npm run review -- ${name} --stack ${part}`;
}
