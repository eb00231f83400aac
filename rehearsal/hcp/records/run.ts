import type { ExecutionMode } from "./organization";

export const finalStatuses = [
  "planned_and_finished",
  "applied",
  "discarded",
  "errored",
  "canceled",
  "force_canceled",
] as const;

export type FinalStatus = (typeof finalStatuses)[number];

/** Where a run can be. */
export type RunStatus =
  | FinalStatus
  | "pending"
  | "fetching"
  | "pre_plan_running"
  | "pre_plan_completed"
  | "plan_queued"
  | "planning"
  | "planned"
  | "post_plan_running"
  | "post_plan_completed"
  | "confirmed"
  | "pre_apply_running"
  | "pre_apply_completed"
  | "apply_queued"
  | "applying"
  | "post_apply_running";

export interface Run {
  readonly id: string;
  readonly workspace: string;
  readonly configurationVersion: string;
  /** Who made it. */
  readonly createdBy: { readonly type: "users" | "teams"; readonly id: string; readonly name: string };
  readonly createdAt: string;
  readonly status: RunStatus;
  /** Times by the name of a status, as `planned-at`. */
  readonly timestamps: Readonly<Record<string, string>>;
  readonly attributes: RunAttributes;
  readonly executionMode: ExecutionMode;
  readonly hasChanges: boolean;
  readonly plan: Phase & { readonly json: string | null };
  readonly apply: Phase;
  /** State that it made. */
  readonly stateVersion: string | null;
}

export interface RunAttributes {
  readonly "allow-empty-apply": boolean;
  readonly "auto-apply": boolean;
  readonly "is-destroy": boolean;
  readonly message: string;
  readonly "plan-only": boolean;
  readonly refresh: boolean;
  readonly "refresh-only": boolean;
  readonly "replace-addrs": readonly string[] | null;
  readonly "target-addrs": readonly string[] | null;
  readonly source: string;
  readonly "trigger-reason": string;
  readonly "terraform-version": string;
}

/** A run's plan, or its apply. */
export interface Phase {
  readonly id: string;
  readonly status: "pending" | "queued" | "running" | "finished" | "errored" | "canceled" | "unreachable";
  readonly timestamps: Readonly<Record<string, string>>;
  readonly counts: Counts;
  /** The object that holds what Terraform says. */
  readonly log: string;
}

/** How many resources it adds, changes, destroys and imports, by the API's names. */
export interface Counts {
  readonly "resource-additions": number;
  readonly "resource-changes": number;
  readonly "resource-destructions": number;
  readonly "resource-imports": number;
}

export function isFinal({ status }: Pick<Run, "status">): boolean {
  return finalStatuses.some((final) => final === status);
}
