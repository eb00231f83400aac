import { executionModeOf } from "../records/inheritance";
import type { Store } from "../records/store";
import type { Workspace } from "../records/workspace";

/** Returns what there is, by names: what is left after a destroy. Values of sensitive variables are not told. */
export function inventory(store: Store) {
  const nameOf = (id: string) => store.workspaces.get(id)?.attributes.name ?? id;
  const projectName = (id: string) => store.projects.get(id)?.name ?? id;
  return {
    organizations: store.organizations.all.map(({ id, attributes }) => ({
      name: id,
      default_execution_mode: attributes["default-execution-mode"],
    })),
    projects: store.projects.all.map(({ organization, name }) => ({ organization, name })),
    workspaces: store.workspaces.all.map((workspace) => ({
      ...contents(store, workspace),
      project: projectName(workspace.project),
      consumers: workspace.consumers.map(nameOf),
      triggered_by: store.runTriggers.all
        .filter((one) => one.workspace === workspace.id)
        .map((one) => nameOf(one.source)),
    })),
    variable_sets: store.variableSets.all.map(({ id, attributes, workspaces, projects }) => ({
      name: attributes.name,
      global: attributes.global,
      workspaces: workspaces.map(nameOf),
      projects: projects.map(projectName),
      variables: variablesOf(store, id),
    })),
    run_tasks: store.runTasks.all.map(({ id, attributes: { name, url, enabled }, hmacKey }) => ({
      name,
      url,
      enabled,
      has_key: hmacKey !== null,
      workspaces: store.workspaceTasks.all
        .filter(({ task }) => task === id)
        .map(({ workspace, stages, enforcementLevel }) => ({ name: nameOf(workspace), stages, enforcementLevel })),
    })),
    agent_pools: store.agentPools.all.map(({ name, organizationScoped }) => ({ name, organizationScoped })),
    runs: store.runs.all.map(({ id, workspace, status, attributes }) => ({
      id,
      workspace: nameOf(workspace),
      status,
      is_destroy: attributes["is-destroy"],
      message: attributes.message,
    })),
  };
}

function contents(store: Store, workspace: Workspace) {
  const { id, organization, attributes, tags, lock, currentStateVersion } = workspace;
  const state = currentStateVersion === null ? undefined : store.stateVersions.the(currentStateVersion);
  return {
    id,
    organization,
    name: attributes.name,
    execution_mode: executionModeOf(store, workspace),
    inherits_execution_mode: workspace.executionMode === undefined,
    terraform_version: attributes["terraform-version"],
    working_directory: attributes["working-directory"],
    vcs_repo: attributes["vcs-repo"]?.identifier ?? null,
    global_remote_state: attributes["global-remote-state"],
    tags,
    locked: lock !== null,
    resources: state?.resourceCount ?? 0,
    serial: state?.serial ?? null,
    variables: variablesOf(store, id),
    notifications: store.notifications.all
      .filter((one) => one.workspace === id)
      .map(({ attributes: { name, url, triggers, enabled } }) => ({ name, url, triggers, enabled })),
  };
}

function variablesOf(store: Store, owner: string) {
  return store.variables.all
    .filter((one) => one.owner === owner)
    .map(({ attributes: { key, value, category, sensitive } }) => ({
      key,
      value: sensitive ? null : value,
      category,
      sensitive,
    }));
}
