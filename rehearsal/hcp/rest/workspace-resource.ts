import { agentPoolOf, executionModeOf } from "../records/inheritance";
import { mayDo } from "../records/token";
import type { VcsRepository, Workspace } from "../records/workspace";
import { type HcpRequest, type JsonObject, type Resource, toMany, toOne } from "./request";
import { tagResources, workspaceTagResources } from "./tags";

export function workspaceResource(request: HcpRequest, workspace: Workspace): Resource {
  const { store } = request;
  const { id, attributes, lock, executionMode, createdAt, updatedAt } = workspace;
  const mode = executionModeOf(store, workspace);
  const count = resourceCount(request, workspace);
  return {
    id,
    type: "workspaces",
    attributes: {
      ...attributes,
      "vcs-repo": attributes["vcs-repo"] && repositoryBody(attributes["vcs-repo"]),
      "vcs-repo-identifier": attributes["vcs-repo"]?.identifier ?? null,
      "execution-mode": mode,
      operations: mode !== "local",
      "setting-overwrites": {
        "execution-mode": executionMode !== undefined,
        "agent-pool": executionMode !== undefined,
      },
      "tag-names": Object.entries(workspace.tags).flatMap(([key, value]) => (value === "" ? [key] : [])),
      locked: lock !== null,
      "locked-reason": lock?.reason ?? "",
      "resource-count": count,
      actions: { "is-destroyable": count === 0 },
      permissions: permissionsOf(request, workspace),
      environment: "default",
      source: "tfe-api",
      "auto-destroy-at": null,
      "auto-destroy-activity-duration": null,
      "inherits-project-auto-destroy": false,
      "created-at": createdAt,
      "updated-at": updatedAt,
    },
    relationships: relationshipsOf(request, workspace),
    links: {
      self: `/api/v2/organizations/${workspace.organization}/workspaces/${attributes.name}`,
      "self-html": `/app/${workspace.organization}/workspaces/${attributes.name}`,
    },
  };
}

/** Returns how many resources are in the workspace's state. */
export function resourceCount({ store }: HcpRequest, { currentStateVersion }: Workspace): number {
  return currentStateVersion === null ? 0 : store.stateVersions.the(currentStateVersion).resourceCount;
}

/** Says whether the workspace may be deleted with what its state holds. */
export function mayForceDelete({ store, token }: HcpRequest, { organization }: Workspace): boolean {
  const isOwner = token.workspaces === null;
  const { attributes } = store.organizations.the(organization);
  return mayDo(token, "admin") && (isOwner || attributes["allow-force-delete-workspaces"]);
}

function permissionsOf(request: HcpRequest, workspace: Workspace): JsonObject {
  const { token } = request;
  const [plan, write, admin] = [mayDo(token, "plan"), mayDo(token, "write"), mayDo(token, "admin")];
  return {
    "can-create-state-versions": write,
    "can-destroy": admin,
    "can-force-delete": mayForceDelete(request, workspace),
    "can-force-unlock": admin,
    "can-lock": write,
    "can-manage-run-tasks": admin,
    "can-manage-tags": admin,
    "can-queue-apply": write,
    "can-queue-destroy": write,
    "can-queue-run": plan,
    "can-read-settings": true,
    "can-read-state-outputs": true,
    "can-read-state-versions": true,
    "can-read-variable": true,
    "can-unlock": write,
    "can-update": admin,
    "can-update-variable": write,
  };
}

function relationshipsOf({ store }: HcpRequest, workspace: Workspace): NonNullable<Resource["relationships"]> {
  const { id, tags, lock, currentRun, currentStateVersion } = workspace;
  const effective = workspaceTagResources(store, workspace).map((tag) => tag.id);
  const outputs = currentStateVersion === null ? [] : store.stateVersions.the(currentStateVersion).outputs;
  const configuration = store.configurationVersions.all.filter((one) => one.workspace === id).at(-1);
  return {
    organization: toOne("organizations", workspace.organization),
    project: toOne("projects", workspace.project),
    "agent-pool": toOne("agent-pools", agentPoolOf(store, workspace)),
    "current-run": toOne("runs", currentRun),
    "latest-run": toOne("runs", store.runs.all.filter((run) => run.workspace === id).at(-1)?.id),
    "current-state-version": toOne("state-versions", currentStateVersion),
    "current-configuration-version": toOne("configuration-versions", configuration?.id),
    "ssh-key": { data: null },
    outputs: toMany(
      "workspace-outputs",
      outputs.map((output) => output.id),
    ),
    vars: toMany(
      "vars",
      store.variables.all.filter(({ owner }) => owner === id).map((variable) => variable.id),
    ),
    "tag-bindings": toMany(
      "tag-bindings",
      tagResources(id, tags).map((tag) => tag.id),
    ),
    "effective-tag-bindings": toMany("effective-tag-bindings", effective),
    ...(lock === null ? {} : { "locked-by": toOne(lock.type, lock.id) }),
  };
}

function repositoryBody(repository: VcsRepository): JsonObject {
  const { identifier } = repository;
  return {
    ...repository,
    "display-identifier": identifier,
    "repository-http-url": `https://github.com/${identifier}`,
    "service-provider": repository["github-app-installation-id"] === null ? "github" : "github_app",
    "source-directory": null,
    tags: false,
    "tag-prefix": null,
  };
}
