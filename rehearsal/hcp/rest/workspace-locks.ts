import type { Lock, Workspace } from "../records/workspace";
import { workspaceOf } from "./access";
import { conflict } from "./api-error";
import { type HcpRequest, ok, type RestResponse, type Route } from "./request";
import { workspaceResource } from "./workspace-resource";

function lock(request: HcpRequest, id: string): RestResponse {
  const workspace = workspaceOf(request, id, "write");
  if (workspace.lock !== null) {
    throw conflict(`Unable to lock workspace. The workspace is already ${holderOf(request, workspace.lock)}.`);
  }
  const { holder, kind } = request.token;
  const { reason } = request.body;
  return changeLock(request, workspace, {
    type: kind === "user" ? "users" : "teams",
    id: holder,
    reason: typeof reason === "string" ? reason : "",
  });
}

/** Frees a workspace that its caller has locked. */
function unlock(request: HcpRequest, id: string): RestResponse {
  const workspace = workspaceOf(request, id, "write");
  const { store, token } = request;
  if (workspace.lock === null) {
    throw conflict("Unable to unlock workspace. The workspace is not locked.");
  }
  if (workspace.lock.id !== token.holder) {
    throw conflict(`Unable to unlock workspace. The workspace is ${holderOf(request, workspace.lock)}.`);
  }
  if (store.stateVersions.all.filter((one) => one.workspace === id).at(-1)?.status === "pending") {
    throw conflict("Unable to unlock workspace. The workspace's latest state version is still pending.");
  }
  return changeLock(request, workspace, null);
}

function forceUnlock(request: HcpRequest, id: string): RestResponse {
  const workspace = workspaceOf(request, id, "admin");
  if (workspace.lock === null || workspace.lock.type === "runs") {
    throw conflict("Unable to unlock workspace. The workspace is not locked, or locked by a run.");
  }
  return changeLock(request, workspace, null);
}

function changeLock(request: HcpRequest, { id }: Workspace, held: Lock | null): RestResponse {
  const workspace = request.store.workspaces.change(id, { lock: held });
  request.note({ resource: `workspaces ${id}` });
  if (held === null) {
    request.runs.driveAll();
  }
  return ok(workspaceResource(request, workspace));
}

/** Says who holds a workspace, in the words by which clients tell: `is locked by User …`. */
function holderOf({ store }: HcpRequest, { type, id }: Lock): string {
  const name = store.tokens.all.find(({ holder }) => holder === id)?.name ?? id;
  return { runs: `locked by Run ${id}`, users: `locked by User ${name}`, teams: `locked by Team ${name}` }[type];
}

export const workspaceLockRoutes: readonly Route[] = [
  ["POST", "/workspaces/:id/actions/lock", (request, id = "") => lock(request, id)],
  ["POST", "/workspaces/:id/actions/unlock", (request, id = "") => unlock(request, id)],
  ["POST", "/workspaces/:id/actions/force-unlock", (request, id = "") => forceUnlock(request, id)],
];
