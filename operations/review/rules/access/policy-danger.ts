import type { Part, Statement } from "./policy-document";

/** Whether a statement allows an action whose name, in small letters, is of a form. */
export function allows(form: RegExp): (statement: Statement) => boolean {
  return (statement) => statement.effect === "Allow" && has(statement, "Action", form);
}

/** Whether a statement denies: that it does so no longer is a danger. */
export function denies({ effect }: Statement): boolean {
  return effect === "Deny";
}

/** Whether a statement of IAM's allows something to anybody, or all of a service or more than reading on everything. */
export function isWideOpen(statement: Statement): boolean {
  const { effect, conditions } = statement;
  if (effect === "Deny") {
    return false;
  }
  if (!has(statement, "Principal", /^$/)) {
    const anybody = has(statement, "Principal", /^(AWS:)?\*$/) && !conditions.some(isAboutTheCaller);
    // Whoever the identity provider knows: each pod of a cluster, each repository of GitHub's.
    const anybodyThere =
      has(statement, "Principal", /:oidc-provider\//) && !conditions.some(({ id }) => /:sub$/.test(id));
    return anybody || anybodyThere;
  }
  // In a policy that names principals, this is what the policy belongs to.
  const everything = has(statement, "Resource", /^(arn:([^:]*:){0,4})?[*?]*\*$/);
  return everything && (has(statement, "Action", /^(.*:)?\*$/) || (conditions.length === 0 && !isReading(statement)));
}

function isReading(statement: Statement): boolean {
  return !has(
    statement,
    "Action",
    /^(?!.+:(batchget|check|describe|get|head|list|lookup|query|scan|search|view))|^secretsmanager:(batch)?get/,
  );
}

/** Whether a condition says who calls, or from where. */
function isAboutTheCaller({ id, names }: Part): boolean {
  const key = /^(?!forallvalues|\S*(not|ifexists|null))\S+ (aws:(principal|source|userid)|kms:calleraccount)/.test(id);
  return key && ![...names.keys()].some((name) => /^([*?]+|0\.0\.0\.0\/0|::\/0)$/.test(name));
}

/** Whether one of a statement's actions, resources or principals is of a form; actions are in small letters. */
export function has({ scopes }: Statement, element: string, form: RegExp): boolean {
  return scopes.some(({ id, names }) => id === element && [...names.keys()].some((name) => form.test(name)));
}
