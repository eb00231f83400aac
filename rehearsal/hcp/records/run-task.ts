export const taskStages = ["pre_plan", "post_plan", "pre_apply", "post_apply"] as const;

/** When in a run a task is asked. */
export type Stage = (typeof taskStages)[number];

export type EnforcementLevel = "advisory" | "mandatory";

export interface RunTask {
  readonly id: string;
  readonly organization: string;
  /** Never read back. */
  readonly hmacKey: string | null;
  readonly agentPool: string | null;
  readonly attributes: RunTaskAttributes;
}

export interface RunTaskAttributes {
  readonly name: string;
  readonly url: string;
  readonly description: string | null;
  readonly category: "task";
  readonly enabled: boolean;
  readonly "global-configuration": GlobalConfiguration | null;
}

/** Whether a task is asked in every workspace of the organization. */
export interface GlobalConfiguration {
  readonly enabled: boolean;
  readonly stages: readonly Stage[];
  readonly "enforcement-level": EnforcementLevel;
}

/** A task of a workspace. */
export interface WorkspaceTask {
  readonly id: string;
  readonly workspace: string;
  readonly task: string;
  readonly stages: readonly Stage[];
  readonly enforcementLevel: EnforcementLevel;
}

export type ResultStatus = "pending" | "running" | "passed" | "failed" | "errored" | "canceled" | "unreachable";

/** The tasks that a run asks in one stage. */
export interface TaskStage {
  readonly id: string;
  readonly run: string;
  readonly stage: Stage;
  readonly status: ResultStatus;
  readonly timestamps: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface TaskResult {
  readonly id: string;
  /** Stands in the address that takes the result, where HCP has another name than the id. */
  readonly callback: string;
  readonly taskStage: string;
  readonly task: Pick<RunTask, "id"> & Pick<RunTaskAttributes, "name" | "url">;
  readonly workspaceTask: string | null;
  readonly enforcementLevel: EnforcementLevel;
  readonly status: ResultStatus;
  readonly message: string | null;
  readonly url: string | null;
  readonly outcomes: readonly Outcome[];
  readonly timestamps: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One thing that a task found, by the API's names. */
export interface Outcome {
  readonly "outcome-id": string;
  readonly description: string;
  readonly body: string | null;
  readonly url: string | null;
  readonly tags: Readonly<Record<string, readonly { readonly label: string; readonly level: string }[]>>;
}
