import { roleNames } from "../platform/names";
import type { Cluster } from "./cluster";
import type { Mistake } from "./mistake";
import { identityOf } from "./principals";

/** Returns which of those who administer a cluster are roles that the stacks make: for the control plane, nodes and controllers. */
export function rolesOfStacks({ account, name, admins = [], deployRole = "" }: Partial<Cluster>): Mistake[] {
  if (account === undefined || name === undefined) {
    return [];
  }
  const own = roleNames(name).map((role) => identityOf(`arn:aws:iam::${account}:role/${role}`));
  const message = "is a role that the stacks make for themselves; name a role that people or pipelines assume";
  const places = [
    ...admins.map((arn, index) => ({ arn, path: ["admins", index] })),
    { arn: deployRole, path: ["deployRole"] },
  ];
  return places.filter(({ arn }) => own.includes(identityOf(arn))).map(({ path }) => ({ path, message }));
}
