import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Lets whoever comes from one construct to the other keep the access entry: EKS has one for each principal, and refuses the new one
 * while Terraform has not destroyed the old one yet, which it does at the same time.
 */
export function keepEntries(one: Construct, other: Construct): void {
  const declared = new Set([...resourcesOf(one), ...resourcesOf(other)].map((resource) => addressOf(resource)));
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const resource of resourcesOf(here)) {
      const former = addressOf(resource, here.node.id, there.node.id);
      // Of two principals that punctuation alone tells apart both have the same name, each in its construct.
      if (!declared.has(former)) {
        resource.moveFromId(former);
      }
    }
  }
}

function resourcesOf(construct: Construct): TerraformResource[] {
  return construct.node.findAll().filter((child) => TerraformResource.isTerraformResource(child));
}

/** Returns the address of a resource, or that which it would have in another construct. */
function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource, here = "", there = ""): string {
  return `${terraformResourceType}.${friendlyUniqueId.replace(here, there)}`;
}
