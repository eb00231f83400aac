import type { Value } from "./value";

/** What a plan does to a resource. `forget` takes it out of the state and leaves it where it is; `invoke` is what an `action` does. */
export type Action = "no-op" | "read" | "create" | "update" | "replace" | "delete" | "forget" | "invoke";

/** The way to a value within another: names of members, and indexes in lists from 0. */
export type Path = readonly (string | number)[];

/** What happens, or happened, to one resource. */
export interface ResourceChange {
  /** `module.a.aws_vpc.network["x"]`. */
  readonly address: string;
  /** The address it had, if the plan moves it. */
  readonly previousAddress: string | undefined;
  /** `managed`, or `data` for what is only read. */
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** `module.a`, or nothing for the root module. */
  readonly module: string;
  readonly action: Action;
  /** Whether a replacement is created before its predecessor is destroyed. */
  readonly createBeforeDestroy: boolean;
  /** Whether something is created in place of a predecessor that Terraform forgets and leaves where it is. */
  readonly forgetsPredecessor: boolean;
  /** Why it is put off to a later plan, in Terraform's word: `provider_config_unknown`; undefined if it is not. */
  readonly deferredBecause: string | undefined;
  /** Key of an object that an earlier apply left to be deleted; undefined for the current one. */
  readonly deposed: string | undefined;
  /** Why the plan does it, in Terraform's word: `replace_because_cannot_update`. */
  readonly reason: string | undefined;
  /** Attributes that force a replacement. */
  readonly replacePaths: readonly Path[];
  /** Names of attributes in which something was marked as sensitive, and is no longer. */
  readonly unmarked: readonly string[];
  /** Id, or identity, by which it is imported, empty if that is secret; undefined if it is not imported. */
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
  /** Whether a part of it has lost its mark, and has a value still. */
  readonly isUnmarked: boolean;
}

/** What a provider is asked to do, as an `action` block says it (Terraform 1.14). */
export interface Invocation {
  /** `action.aws_lambda_invoke.notify`. */
  readonly address: string;
  readonly type: string;
  /** What sets it off: `after update of aws_iam_role.app`; undefined if the command line asks for it. */
  readonly trigger: string | undefined;
  /** Why it is put off to a later plan, in Terraform's word; undefined if it is not. */
  readonly deferredBecause: string | undefined;
  readonly configuration: Value;
}

/** A check, a validation or a condition that did not hold. */
export interface FailedCheck {
  readonly address: string;
  readonly status: "fail" | "error";
  readonly messages: readonly string[];
}

/** A plan of Terraform's or OpenTofu's, without anything that must not be shown. */
export interface Plan {
  /** Name of the stack that was planned. */
  readonly stack: string;
  readonly terraformVersion: string;
  /** The account and the region of most of what it names, as in `111122223333, eu-central-1`; undefined if it names none. */
  readonly place: string | undefined;
  /** Why the plan is not whole: it ended in an error, some of it was put off, or it is of `-target` alone. */
  readonly incomplete: "errored" | "deferred" | "targeted" | undefined;
  readonly changes: readonly ResourceChange[];
  /** What Terraform puts off to a later plan, as far as it is known. */
  readonly deferred: readonly ResourceChange[];
  readonly invocations: readonly Invocation[];
  /** What happened outside of Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
  /** Attributes that the plan depends on, by address. */
  readonly relevant: readonly { readonly address: string; readonly path: Path }[];
  readonly outputs: readonly OutputChange[];
  readonly failedChecks: readonly FailedCheck[];
  /** Names of the other stacks whose outputs it reads. */
  readonly reads: readonly string[];
}
