import { newId } from "./identifiers";
import { now } from "./now";
import type { ExecutionMode } from "./organization";
import type { Tags } from "./project";

export interface Workspace {
  readonly id: string;
  readonly organization: string;
  readonly project: string;
  readonly attributes: WorkspaceAttributes;
  /** Undefined for what its project or organization decides. */
  readonly executionMode: ExecutionMode | undefined;
  readonly agentPool: string | null;
  readonly tags: Tags;
  /** Ids of the workspaces whose runs may read its state. */
  readonly consumers: readonly string[];
  readonly lock: Lock | null;
  /** The run that it is occupied with, or the last one. */
  readonly currentRun: string | null;
  readonly currentStateVersion: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What holds a workspace. */
export interface Lock {
  readonly type: "runs" | "users" | "teams";
  readonly id: string;
  readonly reason: string;
}

/** What can be set by the API's names. */
export interface WorkspaceAttributes {
  readonly name: string;
  readonly description: string | null;
  readonly "allow-destroy-plan": boolean;
  readonly "assessments-enabled": boolean;
  readonly "auto-apply": boolean;
  readonly "auto-apply-run-trigger": boolean;
  readonly "file-triggers-enabled": boolean;
  readonly "global-remote-state": boolean;
  readonly "queue-all-runs": boolean;
  readonly "source-name": string | null;
  readonly "source-url": string | null;
  readonly "speculative-enabled": boolean;
  readonly "structured-run-output-enabled": boolean;
  readonly "terraform-version": string;
  readonly "trigger-patterns": readonly string[];
  readonly "trigger-prefixes": readonly string[];
  readonly "vcs-repo": VcsRepository | null;
  readonly "working-directory": string | null;
}

export interface VcsRepository {
  readonly identifier: string;
  /** Empty for the repository's default branch. */
  readonly branch: string;
  readonly "ingress-submodules": boolean;
  readonly "oauth-token-id": string | null;
  readonly "github-app-installation-id": string | null;
  readonly "tags-regex": string | null;
}

const defaults: Omit<WorkspaceAttributes, "name"> = {
  description: null,
  "allow-destroy-plan": true,
  "assessments-enabled": false,
  "auto-apply": false,
  "auto-apply-run-trigger": false,
  "file-triggers-enabled": true,
  "global-remote-state": false,
  "queue-all-runs": false,
  "source-name": null,
  "source-url": null,
  "speculative-enabled": true,
  "structured-run-output-enabled": true,
  "terraform-version": "1.11.4",
  "trigger-patterns": [],
  "trigger-prefixes": [],
  "vcs-repo": null,
  "working-directory": null,
};

export function newWorkspace(organization: string, project: string, name: string): Workspace {
  const time = now();
  return {
    id: newId("ws"),
    organization,
    project,
    attributes: { ...defaults, name },
    executionMode: undefined,
    agentPool: null,
    tags: {},
    consumers: [],
    lock: null,
    currentRun: null,
    currentStateVersion: null,
    createdAt: time,
    updatedAt: time,
  };
}
