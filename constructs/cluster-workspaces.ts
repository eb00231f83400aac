import { NotificationConfiguration } from "@cdktf/provider-tfe/lib/notification-configuration";
import { RunTrigger } from "@cdktf/provider-tfe/lib/run-trigger";
import { Workspace, type WorkspaceVcsRepo } from "@cdktf/provider-tfe/lib/workspace";
import { WorkspaceRunTask } from "@cdktf/provider-tfe/lib/workspace-run-task";
import { WorkspaceSettings } from "@cdktf/provider-tfe/lib/workspace-settings";
import { WorkspaceVariableSet } from "@cdktf/provider-tfe/lib/workspace-variable-set";
import { Construct } from "constructs";

import { workspaceTag } from "../platform/hcp";
import { partsBefore, type StackPart, stackName, stackParts } from "../platform/parts";
import { versions } from "../platform/versions";
import { githubTokenState } from "./github-token-state";

export interface ClusterWorkspacesProps {
  readonly clusterName: string;

  readonly projectId: string;

  /** @default - the organization's workspaces have credentials of their own */
  readonly variableSetId?: string | undefined;

  /** @default - runs start from the command line */
  readonly vcs?: WorkspaceVcs | undefined;

  /**
   * Pool of the agents that run the bootstrap stack.
   * @default - HCP Terraform's own machines
   */
  readonly agentPoolId?: string | undefined;

  /** @default - nobody is told */
  readonly notificationUrl?: string | undefined;

  /** @default - nothing reviews plans */
  readonly review?: { readonly taskId: string; readonly enforcement: "advisory" | "mandatory" } | undefined;
}

/** The repository whose commits start runs. */
export interface WorkspaceVcs {
  readonly repository: string;
  readonly branch: string;
  readonly githubAppInstallationId: string;
  /** Whether pull requests are planned. */
  readonly plansPullRequests: boolean;
}

/** The workspaces of a cluster's stacks: each has the name of its stack, and hands its state and its runs on to those after it. */
export class ClusterWorkspaces extends Construct {
  /** Whether runs of the bootstrap stack have a token for GitHub, as an expression. */
  readonly githubToken: string;

  private readonly workspaceIds: Readonly<Record<StackPart, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterWorkspacesProps,
  ) {
    super(scope, id);
    const scopes = Object.fromEntries(stackParts.map((part) => [part, new Construct(this, part)])) as Record<
      StackPart,
      Construct
    >;
    const made = stackParts.map((part): [StackPart, string] => [part, this.workspace(scopes[part], part).id]);
    this.workspaceIds = Object.fromEntries(made) as Record<StackPart, string>;
    for (const part of stackParts) {
      this.settings(scopes[part], part);
      this.trigger(scopes[part], part);
      this.attachments(scopes[part], this.workspaceIds[part]);
    }
    this.githubToken = githubTokenState(this, "variables", this.workspaceIds.bootstrap);
  }

  private workspace(scope: Construct, part: StackPart): Workspace {
    const { clusterName, projectId, vcs } = this.props;
    const name = stackName(clusterName, part);
    const folder = `cdktf.out/stacks/${name}`;
    return new Workspace(scope, "Resource", {
      name,
      projectId,
      terraformVersion: versions.hcpTerraform,
      tagNames: [workspaceTag, `cluster:${clusterName}`],
      // A run that comes before the stack before it was applied fails.
      queueAllRuns: false,
      allowDestroyPlan: true,
      forceDelete: false,
      speculativeEnabled: vcs?.plansPullRequests ?? true,
      ...(vcs === undefined ? {} : inRepository(vcs, folder)),
    });
  }

  /** Says where a stack is run, and who may read its state: the stacks after it, and nobody else in the organization. */
  private settings(scope: Construct, part: StackPart): void {
    const { clusterName, agentPoolId } = this.props;
    const readers = stackParts.filter((other) => partsBefore(other).includes(part));
    const byAgent = part === "bootstrap" && agentPoolId !== undefined;
    new WorkspaceSettings(scope, "Settings", {
      workspaceId: this.workspaceIds[part],
      description: `The ${part} stack of ${clusterName}`,
      ...(byAgent ? { executionMode: "agent", agentPoolId } : { executionMode: "remote" }),
      autoApply: false,
      globalRemoteState: false,
      remoteStateConsumerIds: readers.map((reader) => this.workspaceIds[reader]),
    });
  }

  /** Has a stack planned once the one before it was applied. */
  private trigger(scope: Construct, part: StackPart): void {
    const before = partsBefore(part).at(-1);
    if (before !== undefined) {
      new RunTrigger(scope, "Trigger", {
        workspaceId: this.workspaceIds[part],
        sourceableId: this.workspaceIds[before],
      });
    }
  }

  private attachments(scope: Construct, workspaceId: string): void {
    const { variableSetId, notificationUrl, review } = this.props;
    if (variableSetId !== undefined) {
      new WorkspaceVariableSet(scope, "Variables", { workspaceId, variableSetId });
    }
    if (notificationUrl !== undefined) {
      new NotificationConfiguration(scope, "Notification", {
        workspaceId,
        name: "waits-or-failed",
        destinationType: destinationOf(notificationUrl),
        url: notificationUrl,
        triggers: ["run:needs_attention", "run:errored"],
        enabled: true,
      });
    }
    if (review !== undefined) {
      new WorkspaceRunTask(scope, "Review", {
        workspaceId,
        taskId: review.taskId,
        enforcementLevel: review.enforcement,
        stages: ["post_plan"],
      });
    }
  }
}

function inRepository({ repository, branch, githubAppInstallationId }: WorkspaceVcs, folder: string) {
  const vcsRepo: WorkspaceVcsRepo = { identifier: repository, branch, githubAppInstallationId };
  return {
    vcsRepo,
    workingDirectory: folder,
    fileTriggersEnabled: true,
    triggerPatterns: [`/${folder}/**/*`],
  };
}

/** Returns in which form a service wants to be told; `generic` is HCP Terraform's own JSON. */
function destinationOf(url: string): "slack" | "microsoft-teams" | "generic" {
  const { hostname } = new URL(url);
  if (hostname === "hooks.slack.com") {
    return "slack";
  }
  return /\.(?:webhook\.office|logic\.azure|api\.powerplatform)\.com$/.test(hostname) ? "microsoft-teams" : "generic";
}
