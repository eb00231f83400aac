import type { PolicyStatement, StatementPart } from "./policy-document";

/** Returns whether a statement allows an action whose name, in small letters, matches. */
export function allows(form: RegExp): (statement: PolicyStatement) => boolean {
  return (statement) => statement.effect === "Allow" && hasMatch(statement, "Action", form);
}

/** Returns whether a statement denies: that it does so no longer is a danger. */
export function denies({ effect }: PolicyStatement): boolean {
  return effect === "Deny";
}

/** Returns whether a statement of IAM's allows something to anybody, or all of a service or more than reading on everything. */
export function isWideOpen(statement: PolicyStatement): boolean {
  const { effect, conditions } = statement;
  if (effect === "Deny") {
    return false;
  }
  if (!hasMatch(statement, "Principal", /^$/)) {
    const anybody = hasMatch(statement, "Principal", /^(AWS:)?\*$/) && !conditions.some(isAboutTheCaller);
    // Without a condition on `sub`, it is whoever the identity provider knows: each pod of a cluster, each repository of GitHub's.
    const anybodyThere =
      hasMatch(statement, "Principal", /:oidc-provider\//) && !conditions.some(({ id }) => /:sub$/.test(id));
    return anybody || anybodyThere;
  }
  // The policy names no principals. In one that does, the resource is the one that the policy belongs to.
  const isOnEverything = hasMatch(statement, "Resource", /^(arn:([^:]*:){0,4})?[*?]*\*$/);
  return (
    isOnEverything &&
    (hasMatch(statement, "Action", /^(.*:)?\*$/) || (conditions.length === 0 && !isReading(statement)))
  );
}

function isReading(statement: PolicyStatement): boolean {
  return !hasMatch(
    statement,
    "Action",
    /^(?!.+:(batchget|check|describe|get|head|list|lookup|query|scan|search|view))|^secretsmanager:(batch)?get/,
  );
}

/** Returns whether a condition restricts who calls, or from where. */
function isAboutTheCaller({ id, names }: StatementPart): boolean {
  const key = /^(?!forallvalues|\S*(not|ifexists|null))\S+ (aws:(principal|source|userid)|kms:calleraccount)/.test(id);
  return key && ![...names.keys()].some((name) => /^([*?]+|0\.0\.0\.0\/0|::\/0)$/.test(name));
}

/**
 * Returns whether one of a statement's actions (in small letters), resources or principals matches.
 * @param element - `Action`, `Resource` or `Principal`
 */
export function hasMatch({ scopes }: PolicyStatement, element: string, form: RegExp): boolean {
  return scopes.some(({ id, names }) => id === element && [...names.keys()].some((name) => form.test(name)));
}
