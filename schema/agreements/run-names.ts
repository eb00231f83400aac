import { runRoleName, workspacesStackName } from "../../platform/hcp";
import type { SoundSettings } from "../sound-members";
import { longestRoleName } from "./iam";
import type { Mistake } from "./mistake";

/** Longest name that HCP Terraform takes for a workspace, in characters (Workspaces API). */
const longestWorkspace = 90;

/** Returns what of a cluster in HCP Terraform makes names too long. */
export function runNameDisagreements({ backend, iam }: SoundSettings): Mistake[] {
  if (backend?.type !== "cloud" || backend.organization === null || backend.hostname === null) {
    return [];
  }
  const { organization, hostname } = backend;
  const mistakes: Mistake[] = [];
  const { length } = workspacesStackName({ organization, hostname });
  if (length > longestWorkspace) {
    const message = `has, with the organization's name, ${length} characters in the name of a workspace, and HCP Terraform takes ${longestWorkspace}; take a shorter one`;
    mistakes.push({ path: ["backend", "hostname"], message });
  }
  const namePrefix = iam?.namePrefix ?? "";
  const role = runRoleName({ organization, hostname }, namePrefix, "apply");
  if (role.length > longestRoleName) {
    const room = Math.max(0, longestRoleName - (role.length - namePrefix.length));
    const message = `has ${namePrefix.length} characters, and '${role}' would have ${role.length} of the ${longestRoleName} that IAM takes for a role; take at most ${room}`;
    mistakes.push({ path: ["iam", "namePrefix"], message });
  }
  return mistakes;
}
