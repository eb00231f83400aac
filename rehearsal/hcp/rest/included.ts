import { agentPoolResource } from "./agent-pools";
import { ApiError } from "./api-error";
import { configurationVersionResource } from "./configuration-versions";
import { organizationResource } from "./organizations";
import { applyResource, planResource } from "./phases";
import { projectResource } from "./projects";
import type { HcpRequest, Linkage, Resource } from "./request";
import { runTaskResource } from "./run-tasks";
import { runResource } from "./runs";
import { outputResource, stateVersionResource } from "./state-versions";
import { projectTagResources, tagResources, workspaceTagResources } from "./tags";
import { taskResultResource, taskStageResource } from "./task-results";
import { variableSetResource } from "./variable-sets";
import { variableResource } from "./variables";
import { workspaceResource } from "./workspace-resource";
import { workspaceTaskResource } from "./workspace-tasks";

/** Returns the resources that the query's `include` asks for besides: names of relationships, or paths of them. */
export function included(request: HcpRequest, resources: readonly Resource[]): Resource[] | undefined {
  const paths = request.query.get("include")?.split(",").filter(Boolean);
  if (paths === undefined || resources.length === 0) {
    return paths && [];
  }
  const found = paths.flatMap((path) => follow(request, resources, path.replaceAll("_", "-").split(".")));
  return [...new Map(found.map((resource) => [`${resource.type} ${resource.id}`, resource])).values()];
}

function follow(request: HcpRequest, from: readonly Resource[], [name, ...rest]: readonly string[]): Resource[] {
  if (name === undefined || from.length === 0) {
    return [];
  }
  if (from.every(({ relationships }) => relationships?.[name] === undefined)) {
    throw new ApiError(400, { title: "Invalid include parameter", detail: `'${name}' is no related resource` });
  }
  const linked = from.flatMap(({ relationships }) => relationships?.[name]?.data ?? []);
  const found = linked.flatMap((linkage) => lookUp(request, linkage) ?? []);
  return [...found, ...follow(request, found, rest)];
}

function lookUp(request: HcpRequest, { type, id }: Linkage): Resource | undefined {
  const { store } = request;
  const shown = <Type>(record: Type | undefined, resource: (request: HcpRequest, record: Type) => Resource) =>
    record && resource(request, record);
  switch (type) {
    case "organizations":
      return shown(store.organizations.get(id), organizationResource);
    case "projects":
      return shown(store.projects.get(id), projectResource);
    case "workspaces":
      return shown(store.workspaces.get(id), workspaceResource);
    case "agent-pools":
      return shown(store.agentPools.get(id), agentPoolResource);
    case "vars":
      return shown(store.variables.get(id), variableResource);
    case "varsets":
      return shown(store.variableSets.get(id), variableSetResource);
    case "tasks":
      return shown(store.runTasks.get(id), runTaskResource);
    case "workspace-tasks":
      return shown(store.workspaceTasks.get(id), workspaceTaskResource);
    case "runs":
      return shown(store.runs.get(id), runResource);
    case "plans":
      return shown(
        store.runs.all.find(({ plan }) => plan.id === id),
        planResource,
      );
    case "applies":
      return shown(
        store.runs.all.find(({ apply }) => apply.id === id),
        applyResource,
      );
    case "configuration-versions":
      return shown(store.configurationVersions.get(id), configurationVersionResource);
    case "state-versions":
      return shown(store.stateVersions.get(id), stateVersionResource);
    case "task-stages":
      return shown(store.taskStages.get(id), taskStageResource);
    case "task-results":
      return shown(store.taskResults.get(id), taskResultResource);
    default:
      return smallResource(request, { type, id });
  }
}

/** Returns what has no table of its own: tags, outputs, and who made a run. */
function smallResource({ store }: HcpRequest, { type, id }: Linkage): Resource | undefined {
  switch (type) {
    case "tag-bindings":
      return [...store.workspaces.all, ...store.projects.all]
        .flatMap((owner) => tagResources(owner.id, owner.tags))
        .find((tag) => tag.id === id);
    case "effective-tag-bindings":
      return [
        ...store.workspaces.all.flatMap((workspace) => workspaceTagResources(store, workspace)),
        ...store.projects.all.flatMap(projectTagResources),
      ].find((tag) => tag.id === id);
    case "state-version-outputs": {
      const output = store.stateVersions.all.flatMap(({ outputs }) => outputs).find((one) => one.id === id);
      return output && outputResource(output);
    }
    case "users":
    case "teams": {
      const name = store.tokens.all.find(({ holder }) => holder === id)?.name;
      return name === undefined
        ? undefined
        : { id, type, attributes: type === "users" ? { username: name } : { name } };
    }
    default:
      return undefined;
  }
}
