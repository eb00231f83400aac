import { roleNames } from "../../platform/names";
import { accountOf } from "../account";
import type { Cluster } from "../cluster";
import type { IamSettings } from "../iam";
import { partitionOf } from "../region";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** IAM keeps role names to 64 characters (API reference, CreateRole); policies and instance profiles may have 128. */
export const longestRoleName = 64;

/** Returns what of `iam` other settings of the cluster contradict. */
export function iamDisagreements({ account, name, region, iam: given }: SoundSettings): Mistake[] {
  if (given === undefined) {
    return [];
  }
  const mistakes: Mistake[] = [];
  const clash = (member: keyof IamSettings, message: string) => mistakes.push({ path: ["iam", member], message });
  const { permissionsBoundary: boundary, namePrefix } = given;
  if (name !== undefined && namePrefix !== null) {
    const [longest = ""] = roleNames({ name, iam: { namePrefix } }).toSorted((a, b) => b.length - a.length);
    const room = Math.max(0, longestRoleName - (longest.length - namePrefix.length));
    if (longest.length > longestRoleName) {
      clash(
        "namePrefix",
        `has ${namePrefix.length} characters, and '${longest}' would have ${longest.length} of the ${longestRoleName} that IAM takes for a role; take at most ${room}, or a shorter name for the cluster`,
      );
    }
  }
  if (boundary && region !== undefined && !boundary.startsWith(`arn:${partitionOf(region)}:`)) {
    clash("permissionsBoundary", `is not of ${region}'s partition; write 'arn:${partitionOf(region)}:iam::…'`);
  }
  if (boundary && account !== undefined && !["aws", account].includes(accountOf(boundary))) {
    clash(
      "permissionsBoundary",
      `is of another account than ${account}, and IAM takes a boundary of the role's own, or one of AWS's ('arn:aws:iam::aws:policy/…'); make the policy there`,
    );
  }
  return mistakes;
}

/** Returns clusters of one account that would give a role the same name, which IAM tells from others without regard to case and path. */
export function sharedRoles(clusters: readonly Partial<Cluster>[]): Mistake[] {
  const owners = new Map<string, number>();
  return clusters.flatMap(({ account, name, iam: given }, index) => {
    if (account === undefined || name === undefined || given === undefined) {
      return [];
    }
    const roles = roleNames({ name, iam: given });
    const taken = roles.find((role) => {
      const owner = owners.get(`${account} ${role.toLowerCase()}`);
      return owner !== undefined && clusters[owner]?.name !== name;
    });
    const other = owners.get(`${account} ${taken?.toLowerCase()}`);
    for (const role of roles) {
      owners.set(`${account} ${role.toLowerCase()}`, index);
    }
    const message = `makes a role '${taken}', as clusters[${other}] does, and IAM has one role of a name; take another`;
    const member = given.namePrefix === "" ? ["name"] : ["iam", "namePrefix"];
    return taken === undefined ? [] : [{ path: ["clusters", index, ...member], message }];
  });
}
