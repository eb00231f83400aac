import { roleNames } from "../../platform/names";
import { identityOf } from "../principals";
import { runRoles } from "../run-roles";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns who of those that are let in to a cluster is a role that the stacks make: for the control plane, nodes and controllers. */
export function rolesOfStacks(cluster: SoundSettings): Mistake[] {
  const { account, name, iam, admins = [], access = [], deployRole = "" } = cluster;
  const { namePrefix } = iam ?? { namePrefix: null };
  if (account === undefined || name === undefined || namePrefix === null) {
    return [];
  }
  const own = roleNames({ name, iam: { namePrefix } }).map((role) =>
    identityOf(`arn:aws:iam::${account}:role/${role}`),
  );
  const message = "is a role that the stacks make for themselves; name a role that people or pipelines assume";
  const places = [
    // Wrong ones are holes, which this skips.
    ...admins.flatMap((arn, index) => [{ arn, path: ["admins", index] }]),
    ...access.flatMap(({ principal: arn }, index) => [{ arn, path: ["access", index, "principal"] }]),
    { arn: deployRole, path: ["deployRole"] },
  ];
  const runs = runsOf(cluster);
  const letIn = Object.values(runs ?? {}).map(identityOf);
  const alreadyIn = "is a role of runs in HCP Terraform, which the cluster lets in by itself; leave it out";
  return places.flatMap(({ arn, path }) => [
    ...(own.includes(identityOf(arn)) ? [{ path, message }] : []),
    // A second entry of one principal is refused by EKS. As an administrator the role of applies has but one.
    ...(letIn.includes(identityOf(arn)) && arn !== (path[0] === "admins" ? runs?.apply : undefined)
      ? [{ path, message: alreadyIn }]
      : []),
  ]);
}

/** Returns the roles of runs, if all that they are named by is right. */
function runsOf({ account, region, backend, iam }: SoundSettings): ReturnType<typeof runRoles> {
  if (account === undefined || region === undefined || backend?.type !== "cloud" || iam === undefined) {
    return undefined;
  }
  const { type, organization, hostname } = backend;
  const { path, namePrefix } = iam;
  return organization === null || hostname === null || path === null || namePrefix === null
    ? undefined
    : runRoles({ account, region, backend: { type, organization, hostname }, iam: { path, namePrefix } });
}
