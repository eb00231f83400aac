import type { ExecutionMode } from "./organization";
import type { Tags } from "./project";
import type { Store } from "./store";
import type { Workspace } from "./workspace";

/** Returns where a workspace's runs run: as it says, or its project, or its organization. */
export function executionModeOf(store: Store, { executionMode, project, organization }: Workspace): ExecutionMode {
  return (
    executionMode ??
    store.projects.the(project).executionMode ??
    store.organizations.the(organization).attributes["default-execution-mode"]
  );
}

/** Returns the agent pool that a workspace's runs run in; null if they run elsewhere. */
export function agentPoolOf(store: Store, workspace: Workspace): string | null {
  if (executionModeOf(store, workspace) !== "agent") {
    return null;
  }
  const { agentPool, executionMode } = store.projects.the(workspace.project);
  const inherited =
    executionMode === undefined ? store.organizations.the(workspace.organization).defaultAgentPool : agentPool;
  return workspace.executionMode === undefined ? inherited : workspace.agentPool;
}

/** Returns a workspace's tags with those of its project, which its own win over. */
export function effectiveTags(store: Store, { tags, project }: Workspace): Tags {
  return { ...store.projects.the(project).tags, ...tags };
}
