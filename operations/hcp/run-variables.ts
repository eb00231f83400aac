import type { Organization } from "../../platform/hcp";
import { Failure } from "../command/failure";
import { connectHcp, type Environment, isLoggedIn } from "./connection";
import { environmentNames, findWorkspace } from "./workspaces";

/**
 * Returns the names of the variables that the runs of a workspace have in their environment; undefined if nobody is logged in to its host.
 * @throws Failure if there is no such workspace
 */
export async function runVariables(
  organization: Organization,
  workspace: string,
  environment: Environment,
): Promise<readonly string[] | undefined> {
  if (!isLoggedIn(organization, environment)) {
    return undefined;
  }
  const hcp = await connectHcp(organization, environment);
  const found = await findWorkspace(hcp, organization.organization, workspace);
  if (!found) {
    throw new Failure(
      "nothing there",
      `${hcp.api.host} has no workspace ${workspace} in ${organization.organization}, or none that your token may see`,
      "apply the stack of workspaces (docs/terraform-cloud.md)",
    );
  }
  return environmentNames(hcp, found);
}
