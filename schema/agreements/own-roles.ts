import { roleNames } from "../../platform/names";
import type { Cluster } from "../cluster";
import { identityOf } from "../principals";
import type { Mistake } from "./mistake";

/** Returns who of those that are let in to a cluster is a role that the stacks make: for the control plane, nodes and controllers. */
export function rolesOfStacks(cluster: Partial<Cluster>): Mistake[] {
  const { account, name, iam, admins = [], access = [], deployRole = "" } = cluster;
  if (account === undefined || name === undefined || iam === undefined) {
    return [];
  }
  const own = roleNames({ name, iam }).map((role) => identityOf(`arn:aws:iam::${account}:role/${role}`));
  const message = "is a role that the stacks make for themselves; name a role that people or pipelines assume";
  const places = [
    // Wrong ones are holes, which this skips.
    ...admins.flatMap((arn, index) => [{ arn, path: ["admins", index] }]),
    ...access.flatMap(({ principal: arn }, index) => [{ arn, path: ["access", index, "principal"] }]),
    { arn: deployRole, path: ["deployRole"] },
  ];
  return places.filter(({ arn }) => own.includes(identityOf(arn))).map(({ path }) => ({ path, message }));
}
