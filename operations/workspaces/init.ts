import { addressName } from "../../platform/parts";
import { CommandError } from "../command/failure";
import type { Hcp } from "../hcp/api";
import { findWorkspace, hasOrganization, makeLocalWorkspace, type Workspace } from "../hcp/workspaces";
import type { OrganizationOfSettings } from "./organizations";

/**
 * Sees that the workspace is there that keeps the state of an organization's stack of workspaces, and that whoever applies that stack runs
 * it: `terraform init` would make it so that HCP Terraform does, where the first apply has credentials of nothing.
 * @returns what was done and found, a line each
 * @throws CommandError if it is another kind of workspace, or if none can be made
 */
export async function init(hcp: Hcp, settings: OrganizationOfSettings): Promise<readonly string[]> {
  const { organization, stack } = settings;
  const place = `${organization} at ${hcp.api.host}`;
  const found = await findWorkspace(hcp, organization, stack);
  if (found) {
    expectLocal(found, hcp, organization);
  } else {
    await expectOrganization(hcp, organization);
    await makeLocalWorkspace(hcp, organization, {
      name: stack,
      description: "Keeps the state of what makes the other workspaces; a person applies it",
    });
  }
  const isNew = (found?.resources ?? 0) === 0;
  return [
    found
      ? `The workspace ${stack} of ${place} is there, and runs nothing, as it should.`
      : `Made the workspace ${stack} of ${place}, which keeps a state and runs nothing.`,
    ...(isNew ? await adoptions(hcp, settings) : []),
  ];
}

function expectLocal({ name, executionMode }: Workspace, { api }: Hcp, organization: string): void {
  if (executionMode !== "local") {
    throw new CommandError(
      `the workspace ${name} of ${organization} is there, and its execution mode is ${executionMode}: an apply would run there, without your credentials`,
      {
        next: `set its Execution Mode to Local (custom), and run this again: https://${api.host}/app/${organization}/workspaces/${name}/settings/general`,
      },
    );
  }
}

/** HCP Terraform says of what a token may not see that it is not there. */
async function expectOrganization(hcp: Hcp, organization: string): Promise<void> {
  if (!(await hasOrganization(hcp, organization))) {
    const { host } = hcp.api;
    throw new CommandError(`${host} has no organization ${organization}, or none that your token may see`, {
      next: `make it at https://${host}/app/organizations/new, or log in as one of its people: terraform login ${host}`,
    });
  }
}

/** Returns how to take in the workspaces that are there already, whose names the stack could not give again. */
async function adoptions(hcp: Hcp, { organization, stack, workspaces }: OrganizationOfSettings): Promise<string[]> {
  const there: Workspace[] = [];
  for (const name of workspaces) {
    const workspace = await findWorkspace(hcp, organization, name);
    there.push(...(workspace ? [workspace] : []));
  }
  return there.length === 0
    ? []
    : [
        "These are there already. Have the stack take them in, once it is initialized, before you apply it:",
        ...there.map(
          ({ id, name }) =>
            `  terraform -chdir=cdktf.out/stacks/${stack} import tfe_workspace.${addressName(name)} ${id}`,
        ),
      ];
}
