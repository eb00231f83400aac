import { roleNames } from "../platform/names";
import type { Mistake } from "./agreements";
import type { Cluster } from "./cluster";
import { identityOf } from "./principals";

/** Returns which admins are roles that the stacks make: for the control plane, nodes and controllers. */
export function rolesOfStacks({ account, name, admins = [] }: Partial<Cluster>): Mistake[] {
  if (account === undefined || name === undefined) {
    return [];
  }
  const own = roleNames(name).map((role) => identityOf(`arn:aws:iam::${account}:role/${role}`));
  const message = "is a role that the stacks make for themselves; name a role that people or pipelines assume";
  return admins.flatMap((arn, index) => (own.includes(identityOf(arn)) ? [{ path: ["admins", index], message }] : []));
}
