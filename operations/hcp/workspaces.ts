import { CommandError } from "../command/failure";
import { bodyOf, call, type Hcp, type HcpAnswer, type HcpCall, parseAnswer, reasonIn } from "./api";

/** A workspace, as far as it is looked at here. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly executionMode: string;
  /** How many resources its state has. */
  readonly resources: number;
  /** Whether somebody, or a run, holds it. */
  readonly isLocked: boolean;
}

/** The API's answer about a workspace (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces). */
interface WorkspaceDocument {
  readonly data: {
    readonly id: string;
    readonly attributes: {
      readonly name: string;
      readonly "execution-mode": string;
      readonly "resource-count": number | null;
      readonly locked: boolean;
    };
  };
}

/** Returns a workspace; undefined if the organization has none of this name, or none that this token may see. */
export async function findWorkspace(hcp: Hcp, organization: string, name: string): Promise<Workspace | undefined> {
  const path = `organizations/${organization}/workspaces/${name}`;
  const answer = await call(hcp, { path });
  return answer.status === 404 ? undefined : workspaceIn(hcp, path, answer);
}

/** Returns whether there is an organization that this token may see. */
export async function hasOrganization(hcp: Hcp, organization: string): Promise<boolean> {
  const path = `organizations/${organization}`;
  const answer = await call(hcp, { path });
  if (answer.status === 404) {
    return false;
  }
  bodyOf(answer, new URL(path, hcp.api));
  return true;
}

/**
 * Makes a workspace that keeps a state and runs nothing.
 * @throws CommandError if this token may not
 */
export async function makeLocalWorkspace(
  hcp: Hcp,
  organization: string,
  { name, description }: Readonly<Record<"name" | "description", string>>,
): Promise<Workspace> {
  const attributes = {
    name,
    description,
    "execution-mode": "local",
    // Without this it would be what the organization's workspaces are if nobody says otherwise.
    "setting-overwrites": { "execution-mode": true, "agent-pool": true },
  };
  const path = `organizations/${organization}/workspaces`;
  const answer = await call(hcp, { method: "POST", path, body: { data: { type: "workspaces", attributes } } });
  if (answer.status === 403 || answer.status === 404) {
    throw new CommandError(`${hcp.api.host} does not let you make a workspace in ${organization}`, {
      next: `log in as somebody who may manage its workspaces: terraform login ${hcp.api.host}`,
    });
  }
  if (answer.status === 422) {
    // Names are taken by workspaces, too, that this token may not see.
    throw new CommandError(`${hcp.api.host} makes no workspace ${name} in ${organization}: ${reasonIn(answer.text)}`, {
      next: `if it is there already, log in as somebody who may see it: terraform login ${hcp.api.host}`,
    });
  }
  return workspaceIn(hcp, path, answer);
}

/** Returns the names of the variables that a workspace's runs have in their environment, those of its variable sets among them. */
export async function environmentNames(hcp: Hcp, { id }: Pick<Workspace, "id">): Promise<readonly string[]> {
  const sets = await listed<{ readonly id: string }>(hcp, `workspaces/${id}/varsets?page%5Bsize%5D=100`);
  const paths = [`workspaces/${id}/vars`, ...sets.map((set) => `varsets/${set.id}/relationships/vars`)];
  const names: string[] = [];
  for (const path of paths) {
    const variables = await listed<VariableResource>(hcp, path);
    names.push(...variables.flatMap(({ attributes: { category, key } }) => (category === "env" ? [key] : [])));
  }
  return names;
}

interface VariableResource {
  readonly attributes: { readonly category: string; readonly key: string };
}

async function listed<Resource>(hcp: Hcp, path: string): Promise<readonly Resource[]> {
  const text = bodyOf(await call(hcp, { path }), new URL(path, hcp.api));
  return parseAnswer<{ readonly data: readonly Resource[] }>(text, hcp.api).data;
}

function workspaceIn({ api }: Hcp, path: HcpCall["path"], answer: HcpAnswer): Workspace {
  const { data } = parseAnswer<WorkspaceDocument>(bodyOf(answer, new URL(path, api)), api);
  const { name, "execution-mode": executionMode, "resource-count": resources, locked } = data.attributes;
  return { id: data.id, name, executionMode, resources: resources ?? 0, isLocked: locked };
}
