export interface AgentPool {
  readonly id: string;
  readonly organization: string;
  readonly name: string;
  readonly organizationScoped: boolean;
  readonly allowedWorkspaces: readonly string[];
  readonly allowedProjects: readonly string[];
  readonly excludedWorkspaces: readonly string[];
  readonly createdAt: string;
}
