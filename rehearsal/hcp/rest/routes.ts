import { agentPoolRoutes } from "./agent-pools";
import { ApiError } from "./api-error";
import { configurationVersionRoutes } from "./configuration-versions";
import { notificationRoutes } from "./notifications";
import { organizationRoutes } from "./organizations";
import { phaseRoutes } from "./phases";
import { projectRoutes } from "./projects";
import type { HcpRequest, RestResponse, Route } from "./request";
import { runTaskRoutes } from "./run-tasks";
import { runTriggerRoutes } from "./run-triggers";
import { runRoutes } from "./runs";
import { stateVersionRoutes } from "./state-versions";
import { taskResultRoutes } from "./task-results";
import { variableSetRoutes } from "./variable-sets";
import { variableRoutes } from "./variables";
import { vcsRoutes } from "./vcs";
import { workspaceLockRoutes } from "./workspace-locks";
import { workspaceRelationRoutes } from "./workspace-relations";
import { workspaceTaskRoutes } from "./workspace-tasks";
import { workspaceRoutes } from "./workspaces";

const routes: readonly Route[] = [
  ...organizationRoutes,
  ...projectRoutes,
  ...workspaceRoutes,
  ...workspaceLockRoutes,
  ...workspaceRelationRoutes,
  ...variableRoutes,
  ...variableSetRoutes,
  ...runTriggerRoutes,
  ...runTaskRoutes,
  ...workspaceTaskRoutes,
  ...taskResultRoutes,
  ...notificationRoutes,
  ...agentPoolRoutes,
  ...vcsRoutes,
  ...configurationVersionRoutes,
  ...stateVersionRoutes,
  ...runRoutes,
  ...phaseRoutes,
];

/** Answers one call; throws ApiError for everything but success, and 501 for what is not modelled, so that a gap is not taken for "not found". */
export async function respond(request: HcpRequest, method: string, path: string): Promise<RestResponse> {
  for (const [verb, pattern, answer] of routes) {
    const match = verb === method ? expression(pattern).exec(path) : null;
    if (match) {
      return answer(request, ...match.slice(1).map(decodeURIComponent));
    }
  }
  throw new ApiError(501, { title: "not implemented", detail: `${method} ${path} is not modelled` });
}

function expression(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/:\w+/g, "([^/]+)")}$`);
}
