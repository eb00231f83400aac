import { addressRangeOf, isAnywhere } from "./address-ranges";
import type { PolicyStatement, StatementPart } from "./policy-document";

/** Returns whether a statement allows an action whose name, in small letters, matches. */
export function allows(form: RegExp): (statement: PolicyStatement) => boolean {
  return (statement) => statement.effect === "Allow" && hasMatch(statement, "Action", form);
}

/** Returns whether a statement denies: that it does so no longer is a danger. */
export function denies({ effect }: PolicyStatement): boolean {
  return effect === "Deny";
}

const administersCluster = allows(/ of system:masters$|clusteradmin/);

/** With both one can act as every service account of a namespace, so as Flux's (EKS user guide, "Review access policy permissions"). */
const actsAsAccounts = allows(/^all of amazoneks(admin|edit)policy$/);

/** Returns whether a statement lets somebody do everything in a cluster. */
export function isClusterAdministration(statement: PolicyStatement): boolean {
  return administersCluster(statement) || (actsAsAccounts(statement) && statement.conditions.length === 0);
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
    const anybodyThere = hasMatch(statement, "Principal", /:oidc-provider\//) && !conditions.some(isAboutTheSubject);
    return anybody || anybodyThere;
  }
  // Whoever hands any role to a service has the rights of them all, whichever service it is.
  const passesRoles = hasMatch(statement, "Resource", /^(\*|arn:[^:]*:iam::[^:]*:(\*|role\/\*))$/);
  if (passesRoles && hasMatch(statement, "Action", /^iam:(passrole|pass\*|\*)$/)) {
    return conditions.every(({ id }) => id.endsWith(" iam:passedtoservice"));
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

/** Returns whether what a statement denies shuts out everybody, or those who have it from everything. */
export function isLockout(statement: PolicyStatement): boolean {
  const { effect, conditions } = statement;
  const everybody = hasMatch(statement, "Principal", /^(AWS:)?\*$/);
  const everything = hasMatch(statement, "Principal", /^$/) && hasMatch(statement, "Resource", /^\*$/);
  return (
    effect === "Deny" &&
    conditions.length === 0 &&
    (everybody || (everything && hasMatch(statement, "Action", /^(.*:)?\*$/)))
  );
}

/** Keys of which anybody can have a value that a condition asks for: kinds of principals, tags that they give themselves. */
const anybodysKeys = /^aws:principal(type|isawsservice|tag\/.*)$/;

/** Returns whether a condition restricts who calls, or from where. */
function isAboutTheCaller({ id, names }: StatementPart): boolean {
  const [, key] =
    /^(?!forallvalues|\S*(?:not|ifexists|null))\S+ ((?:aws:(?:principal|source|userid)|kms:calleraccount).*)$/.exec(
      id,
    ) ?? [];
  const isOurs =
    key !== undefined && (!anybodysKeys.test(key) || (key === "aws:principalisawsservice" && names.has("true")));
  return isOurs && ![...names.keys()].some(isAnyName);
}

/** Returns whether a condition restricts which subject of an identity provider it is. */
function isAboutTheSubject({ id, names }: StatementPart): boolean {
  return /^(?!forallvalues|\S*(?:not|ifexists|null))\S+ .*:sub$/.test(id) && ![...names.keys()].some(isAnyName);
}

/** Returns whether a pattern, or a network, is met by anybody: a part of the address space that no owner has, or an ARN in any account. */
function isAnyName(name: string): boolean {
  const range = addressRangeOf(name);
  return range === undefined ? /^([*?]+|vpce?-\*|arn:[^:]*:[^:]*:[^:]*:\*:.*)$/.test(name) : isAnywhere(range);
}

/**
 * Returns whether one of a statement's actions (in small letters), resources or principals matches.
 * @param element - `Action`, `Resource` or `Principal`
 */
export function hasMatch({ scopes }: PolicyStatement, element: string, form: RegExp): boolean {
  return scopes.some(({ id, names }) => id === element && [...names.keys()].some((name) => form.test(name)));
}
