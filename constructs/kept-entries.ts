import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** A resource that keeps what was made at another address. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Returns what lets whoever comes from one construct to the other keep the access entry: EKS has one for each principal, and refuses
 * the new one while Terraform has not destroyed the old one yet, which it does at the same time.
 */
export function keptEntries(one: Construct, other: Construct): readonly Move[] {
  const declared = new Set([one, other].flatMap(resourcesOf).map(addressOf));
  const moves = [...movesTo(one, other), ...movesTo(other, one)];
  // Principals that punctuation alone tells apart have one name, in each of the two: these are made anew.
  return moves.filter(({ from }) => !declared.has(from));
}

function movesTo(here: Construct, there: Construct): Move[] {
  return resourcesOf(here).map((resource) => {
    const to = addressOf(resource);
    return { from: to.replace(`.${here.node.id}_`, `.${there.node.id}_`), to };
  });
}

function resourcesOf(construct: Construct): TerraformResource[] {
  return construct.node.findAll().filter((child) => TerraformResource.isTerraformResource(child));
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
