import type { Value } from "./value";

/** What a plan does to a resource. A create may have a predecessor that is left where it is; `forget` leaves it where it is and takes it out of the state. */
export type Action = "no-op" | "read" | "create" | "update" | "replace" | "delete" | "forget";

/** A place in a value: names of members and places in lists. */
export type Path = readonly (string | number)[];

/** What happens, or happened, to one resource. */
export interface ResourceChange {
  /** `module.a.aws_vpc.network["x"]`. */
  readonly address: string;
  /** Where it was, if the plan moves it. */
  readonly previousAddress: string | undefined;
  /** `managed`, or `data` for what is only read. */
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** `module.a`, or nothing for the root module. */
  readonly module: string;
  readonly action: Action;
  /** Whether the successor of what is replaced comes first. */
  readonly createBeforeDestroy: boolean;
  /** Key of an object that an earlier apply left to be deleted; undefined for the current one. */
  readonly deposed: string | undefined;
  /** Why, in Terraform's word: `replace_because_cannot_update`. */
  readonly reason: string | undefined;
  /** What forces the replacement. */
  readonly replacePaths: readonly Path[];
  /** Id, or identity, of what is there already and comes under Terraform's care; undefined if it is not imported. */
  readonly importing: string | undefined;
  readonly before: Value;
  readonly after: Value;
}

/** What happens to an output. */
export interface OutputChange {
  readonly name: string;
  readonly action: Action;
  readonly before: Value;
  readonly after: Value;
}

/** A check, a validation or a condition that did not hold. */
export interface FailedCheck {
  readonly address: string;
  readonly status: "fail" | "error";
  readonly messages: readonly string[];
}

/** A plan of Terraform's or OpenTofu's, without anything that must not be shown. */
export interface Plan {
  /** What it is a plan of. */
  readonly stack: string;
  readonly terraformVersion: string;
  /** Whether planning ended in an error, or left out what was not asked for, so that this is not all. */
  readonly incomplete: "errored" | "deferred" | "targeted" | undefined;
  readonly changes: readonly ResourceChange[];
  /** Addresses of what Terraform puts off to a later plan. */
  readonly deferred: readonly string[];
  /** Addresses of actions that providers are asked to take (`action "aws_lambda_invoke" "x"`, Terraform 1.14). */
  readonly invocations: readonly string[];
  /** What happened outside of Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
  /** Where the plan has looked to decide: attributes by address. */
  readonly relevant: readonly { readonly address: string; readonly path: Path }[];
  readonly outputs: readonly OutputChange[];
  readonly failedChecks: readonly FailedCheck[];
  /** Names of the other stacks whose outputs it reads. */
  readonly reads: readonly string[];
}
