import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Lets whoever comes from one construct to the other keep the access entry: EKS has one for each principal, and refuses the new one
 * while Terraform has not destroyed the old one yet, which it does at the same time.
 */
export function keepEntries(one: Construct, other: Construct): void {
  const declared = new Set([one, other].flatMap(resourcesOf).map(addressOf));
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const resource of resourcesOf(here)) {
      const former = addressOf(resource).replace(`.${here.node.id}_`, `.${there.node.id}_`);
      // Principals that punctuation alone tells apart have one name, in each of the two: these are made anew.
      if (!declared.has(former)) {
        resource.moveFromId(former);
      }
    }
  }
}

function resourcesOf(construct: Construct): TerraformResource[] {
  return construct.node.findAll().filter((child) => TerraformResource.isTerraformResource(child));
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
