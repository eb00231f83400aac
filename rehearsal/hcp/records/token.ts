/** What a token may do in the workspaces that it sees. */
export type Permission = "read" | "plan" | "write" | "admin";

/** Who presents a token. */
export interface Token {
  /** The secret itself. */
  readonly id: string;
  /** `task` is handed to a run task, `run` to Terraform while it runs for a workspace. */
  readonly kind: "user" | "team" | "organization" | "task" | "run";
  /** Id of the user or team. */
  readonly holder: string;
  readonly name: string;
  readonly organizations: readonly string[];
  /** Ids of the workspaces that it sees; null for all of its organizations. */
  readonly workspaces: readonly string[] | null;
  readonly permission: Permission;
  /** The run that a task's token is for, and the result that it may send. */
  readonly run: string | null;
  readonly taskResult: string | null;
  /** Milliseconds since 1970; null for never. */
  readonly expires: number | null;
}

const ranks: readonly Permission[] = ["read", "plan", "write", "admin"];

export function mayDo({ permission }: Token, wanted: Permission): boolean {
  return ranks.indexOf(permission) >= ranks.indexOf(wanted);
}
