import type { Connection } from "../connection";
import { isMadeByTerraform, tagsText } from "../teardown/cluster-tags";
import type { Plan, ResourceChange } from "../terraform/plan/plan";
import { type Existing, knownText, type Predecessors } from "./existing";
import { finders } from "./finders/all";

/** A resource that a plan would create, and what is there in its place. */
export interface Collision extends Existing {
  /** Address of the resource. */
  readonly address: string;
  /** Whether it has the tags that Terraform gives all that it makes for this cluster. */
  readonly isOurs: boolean;
}

/**
 * Finds what a plan would collide with.
 * @param onLook - is told how many of the resources that would be created were looked for: `3/12`
 */
export async function collisionsOf(
  { changes }: Plan,
  connection: Connection,
  onLook: (count: string) => void,
): Promise<Collision[]> {
  const created = changes.filter((change) => isCreated(change) && change.mode === "managed" && finders[change.type]);
  const found: Collision[] = [];
  for (const [index, { address, type, action, after }] of created.entries()) {
    onLook(`${index + 1}/${created.length}`);
    const predecessors = { ids: predecessorIds(address, changes), isReplaced: action === "replace" };
    const existing = await finders[type]?.(after, connection, predecessors);
    if (existing) {
      found.push({ ...existing, address, isOurs: isMadeByTerraform(connection.settings.name, existing.tags ?? {}) });
    }
  }
  return found;
}

/** Returns whether an apply creates a resource: a node group's successor, too, since that comes before the group goes. */
export function isCreated({ action, createBeforeDestroy, type }: ResourceChange): boolean {
  return action === "create" || (action === "replace" && createBeforeDestroy && type === "aws_eks_node_group");
}

function predecessorIds(address: string, changes: Plan["changes"]): Predecessors["ids"] {
  return changes.filter((change) => change.address === address).flatMap(({ before }) => knownText(before, "id") ?? []);
}

/** Returns what people are shown of a collision: what it is, whose it is, and what would be done about it. */
export function collisionLines(collision: Collision): string[] {
  const { address, id, details, obstacle } = collision;
  const end = obstacle ? `it stays, since ${obstacle.reason}` : intention(collision);
  return [`  ${address}: ${id}`, ...[...details, end].map((line) => `      ${line}`)];
}

function intention({ tags, isOurs, remove }: Collision): string {
  const action = remove ? "it will be deleted, and the next apply makes it anew" : "it will be imported";
  if (isOurs) {
    return `it has the tags of this cluster's Terraform: ${action}`;
  }
  const owner =
    tags === undefined || Object.keys(tags).length === 0
      ? "only you can say whose it is"
      : `its tags are not those of this cluster's Terraform (${tagsText(tags)})`;
  return `${owner}: if you confirm it, ${action}`;
}
