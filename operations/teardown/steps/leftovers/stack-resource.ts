import type { Filter } from "@aws-sdk/client-ec2";

import { clusterTag } from "../../../../platform/names";
import type { Connection } from "../../../connection";
import type { Named } from "../../cluster-tags";

/** A resource in AWS that a stack may have made, and how it is deleted. */
export interface StackResource extends Named {
  /** Its id in Terraform's state. */
  readonly id: string;
  /**
   * What else requests to delete it name.
   * @default - nothing
   */
  readonly parts?: readonly string[];
  /** Deletes it; undefined while it is going. */
  readonly remove: (() => Promise<unknown>) | undefined;
}

/** Lists resources of some kinds, of which AWS's tags and names make the list shorter at most. */
export type ResourceList = (connection: Connection) => Promise<readonly StackResource[]>;

/** Returns filters that leave out of EC2's lists what does not name the cluster. */
export function ofCluster(clusterName: string): Filter[] {
  return Object.entries(clusterTag(clusterName)).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
}

/**
 * Returns a resource of EC2 with the VPC in which it lies.
 * @param command - deletes it, up to its id: `delete-subnet --subnet-id`
 */
export function inVpc(
  resource: StackResource,
  vpc: string | undefined,
  region: string,
  command: string,
): StackResource {
  return { ...resource, vpc, removal: `aws ec2 ${command} ${resource.id} --region ${region}` };
}
