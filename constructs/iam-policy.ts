/** A statement of an IAM policy: what may be done, to what, by whom and when. */
export interface Statement {
  /** @default - none */
  readonly sid?: string;

  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";

  readonly actions: readonly string[];

  /** @default - none, as in trust policies */
  readonly resources?: readonly string[];

  /** @default - none, as in policies of a role */
  readonly principal?: Principal | "*";

  /**
   * Values by operator, then by key.
   * @default {}
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

type Principal = Readonly<Partial<Record<"AWS" | "Federated" | "Service", string | readonly string[]>>>;

/** Returns the JSON text of a policy with these statements. */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, principal, conditions }) => ({
      Sid: sid,
      Effect: effect,
      Principal: principal,
      Action: actions,
      Resource: resources,
      Condition: conditions,
    })),
  });
}
