import type { Organization } from "../records/organization";
import type { Project } from "../records/project";
import type { Run } from "../records/run";
import { mayDo, type Permission, type Token } from "../records/token";
import type { Workspace } from "../records/workspace";
import { notFound } from "./api-error";
import type { HcpRequest } from "./request";

/** Returns an organization that the token belongs to. */
export function organizationOf({ store, token, note }: HcpRequest, name: string): Organization {
  const organization = store.organizations.get(name);
  if (organization === undefined || !token.organizations.includes(name) || isOfOneRun(token)) {
    throw notFound();
  }
  note({ organization: name });
  return organization;
}

/** Returns an organization whose settings the token may change: it must see all of it. */
export function administered(request: HcpRequest, name: string): Organization {
  const organization = organizationOf(request, name);
  if (!mayDo(request.token, "admin") || request.token.workspaces !== null) {
    throw notFound();
  }
  return organization;
}

export function seesWorkspace(token: Token, { id, organization }: Workspace): boolean {
  return token.organizations.includes(organization) && (token.workspaces?.includes(id) ?? true);
}

/** Returns a workspace that the token sees, and in which it may do as much. */
export function workspaceOf(request: HcpRequest, id: string, permission: Permission = "read"): Workspace {
  const { store, token, note } = request;
  const workspace = store.workspaces.get(id);
  if (workspace === undefined || !seesWorkspace(token, workspace) || isOfOneRun(token) || !mayDo(token, permission)) {
    throw notFound();
  }
  note({ organization: workspace.organization, workspace: workspace.attributes.name });
  return workspace;
}

export function workspaceNamed(request: HcpRequest, organization: string, name: string): Workspace {
  const workspace = request.store.workspaces.all.find(
    (one) => one.organization === organization && one.attributes.name === name,
  );
  return workspaceOf(request, workspace?.id ?? "");
}

export function projectOf(request: HcpRequest, id: string): Project {
  const project = request.store.projects.get(id);
  if (project === undefined) {
    throw notFound();
  }
  organizationOf(request, project.organization);
  return project;
}

/**
 * Returns a run that the token sees: a task's token sees the one that it was asked about. Organization tokens see none
 * (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run).
 */
export function runOf(request: HcpRequest, matches: (run: Run) => boolean, permission: Permission = "read"): Run {
  const { store, token, note } = request;
  const run = store.runs.all.find(matches);
  const isTasks = token.kind === "task" && token.run === run?.id;
  if (run === undefined || token.kind === "organization" || (token.kind === "task" && !isTasks)) {
    throw notFound();
  }
  if (!isTasks) {
    workspaceOf(request, run.workspace, permission);
  }
  note({ workspace: store.workspaces.the(run.workspace).attributes.name, resource: `runs ${run.id}` });
  return run;
}

/** Returns a workspace whose state the token may read: a run's token needs to be of a workspace that is among its consumers. */
export function stateOwner(request: HcpRequest, id: string): Workspace {
  const { store, token } = request;
  if (token.kind !== "run") {
    return workspaceOf(request, id);
  }
  const workspace = store.workspaces.get(id);
  const [reader = ""] = token.workspaces ?? [];
  const isOpen = workspace?.attributes["global-remote-state"] || workspace?.consumers.includes(reader);
  if (workspace === undefined || !(isOpen || id === reader) || !token.organizations.includes(workspace.organization)) {
    throw notFound();
  }
  return workspace;
}

/** Returns whether a token is of a run task, which sees nothing but its run. */
function isOfOneRun({ kind }: Token): boolean {
  return kind === "task";
}
