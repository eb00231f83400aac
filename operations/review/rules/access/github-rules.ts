import type { Value, ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { allows, denies, hasMatch } from "./policy-danger";
import { type PolicyStatement, policyJson } from "./policy-document";
import { type AccessRule, policyComparison } from "./rule";

/** Permissions on a repository, each of which includes those before it. */
const permissions = ["pull", "triage", "push", "maintain", "admin"];

export const githubAccessRules: readonly AccessRule[] = [
  {
    id: "repository-visibility",
    severity: "caution, danger if it is public",
    types: ["github_repository"],
    sentence: "people who are not named may read a repository",
    attributes: ["visibility"],
    sharedTypes: /^github_repository$/,
    typesWithDefaults: /^github_repository$/,
    compare: policyComparison(visibility, allows(/ by everybody$/)),
  },
  {
    id: "repository-access",
    severity: "caution, danger if it is admin, or a key that may push",
    types: [
      "github_repository_collaborator",
      "github_repository_collaborators",
      "github_repository_deploy_key",
      "github_repository_webhook",
      "github_team_repository",
    ],
    sentence: "somebody, or a key, gets a permission on a repository, or somebody hears what happens in it",
    attributes: ["user", "team"],
    compare: policyComparison(repositoryAccess, isAdminOrPushingKey),
  },
  {
    id: "branch-protection",
    severity: "caution, danger if more than a required check goes",
    types: [
      "github_branch_protection",
      "github_branch_protection_v3",
      "github_organization_ruleset",
      "github_repository_ruleset",
    ],
    sentence: "the protection of a branch, or a set of rules, forbids less",
    compare: policyComparison(
      branchProtection,
      (one) => denies(one) && hasMatch(one, "Action", /^(?!merges without the check )/),
    ),
  },
];

function repositoryAccess(resource: ValueObject): string {
  if (resource["title"] !== undefined) {
    return deployKey(resource);
  }
  return resource["events"] === undefined ? collaborators(resource) : webhook(resource);
}

function isAdminOrPushingKey(statement: PolicyStatement): boolean {
  return (
    allows(/^admin$/)(statement) || (allows(/^push$/)(statement) && hasMatch(statement, "Principal", /^deploy key:/))
  );
}

/** Allows an address to hear what happens in a repository. */
function webhook({ repository, events, active, configuration }: ValueObject): string {
  const { url, insecure_ssl } = nestedBlock(configuration);
  const unchecked = insecure_ssl === true ? ["sending without a look at the certificate"] : [];
  return policyJson({
    Effect: "Allow",
    Action: active === false ? [] : [...attributeTexts(events).map((event) => `hearing of ${event}`), ...unchecked],
    Resource: attributeText(repository),
    Principal: { webhook: attributeText(url) },
  });
}

/** Allows those to read a repository who may without being named. */
function visibility({ name, visibility: given, private: isPrivate }: ValueObject): string {
  // The provider makes a repository public if nothing is said.
  const seen = attributeTexts(given)[0] ?? (isPrivate === true ? "private" : "public");
  return policyJson({
    Effect: "Allow",
    Action: [
      ...(seen === "private" ? [] : ["reading by everybody in the enterprise"]),
      ...(seen === "private" || seen === "internal" ? [] : ["reading by everybody"]),
    ],
    Resource: attributeText(name),
  });
}

/** Allows whoever holds a key to read a repository, or to push to it. */
function deployKey({ repository, title, read_only }: ValueObject): string {
  return policyJson({
    Effect: "Allow",
    Action: read_only === true ? ["pull"] : ["pull", "push"],
    Resource: attributeText(repository),
    Principal: { "deploy key": attributeText(title) },
  });
}

/** Allows people and teams their permissions on a repository. */
function collaborators(resource: ValueObject): string {
  const named = [resource, ...nestedBlocks(resource["user"]), ...nestedBlocks(resource["team"])];
  return policyJson(
    ...named.map(({ username, team_id, permission }) => ({
      Effect: "Allow",
      Action: upTo(attributeText(permission)),
      Resource: attributeText(resource["repository"]),
      Principal: { user: attributeTexts(username), team: attributeTexts(team_id) },
    })),
  );
}

function upTo(permission: string): readonly string[] {
  const level = permissions.indexOf(permission);
  return level < 0 ? [permission] : permissions.slice(0, level + 1);
}

/** Denies what the protection of a branch, or a set of rules, forbids. */
function branchProtection(resource: ValueObject): string {
  const { pattern, branch, name, enforcement } = resource;
  const isInForce = enforcement === undefined || enforcement === "active";
  return policyJson({
    Effect: "Deny",
    Action: isInForce ? (enforcement === undefined ? forbiddenByProtection(resource) : forbiddenByRules(resource)) : [],
    Resource: attributeText(pattern ?? branch ?? name),
  });
}

function forbiddenByProtection(resource: ValueObject): readonly string[] {
  const { enforce_admins, require_signed_commits, allows_force_pushes, allows_deletions } = resource;
  return [
    ...forbiddenMerges(resource["required_pull_request_reviews"], resource["required_status_checks"]),
    ...(require_signed_commits === true ? ["unsigned commits"] : []),
    ...(enforce_admins === true ? ["exceptions for administrators"] : []),
    ...(allows_force_pushes === true ? [] : ["force pushes"]),
    ...(allows_deletions === true ? [] : ["deletion"]),
  ];
}

function forbiddenByRules({ rules, bypass_actors }: ValueObject): readonly string[] {
  const { pull_request, required_status_checks, required_signatures, non_fast_forward, ...others } = nestedBlock(rules);
  const switches = Object.entries(others).filter(([, value]) => value === true);
  return [
    ...forbiddenMerges(pull_request, required_status_checks),
    ...(required_signatures === true ? ["unsigned commits"] : []),
    ...(non_fast_forward === true ? ["force pushes"] : []),
    ...switches.map(([what]) => what),
    ...(nestedBlocks(bypass_actors).length === 0 ? ["exceptions"] : []),
  ];
}

/** Returns the merges that are forbidden: without so many reviews, each of them one more, and without each of the checks. */
function forbiddenMerges(reviews: Value = null, checks: Value = null): readonly string[] {
  const [review] = nestedBlocks(reviews);
  const [check] = nestedBlocks(checks);
  const {
    required_approving_review_count: least = 1,
    require_code_owner_reviews,
    require_code_owner_review,
  } = review ?? {};
  const { contexts, required_check, strict, strict_required_status_checks_policy } = check ?? {};
  const names = [
    ...attributeTexts(contexts),
    ...nestedBlocks(required_check).map(({ context }) => attributeText(context)),
  ];
  const counts = Array.from(
    { length: review === undefined ? 0 : Math.min(Number(least ?? 1), 6) },
    (_, index) => index + 1,
  );
  return [
    ...(review === undefined || Number(least ?? 1) === 0 ? [] : ["merges without a review"]),
    ...counts.slice(1).map((count) => `merges with fewer than ${count} reviews`),
    ...((require_code_owner_reviews ?? require_code_owner_review) === true ? ["merges without the code's owners"] : []),
    ...(check === undefined ? [] : ["merges without checks"]),
    ...names.map((name) => `merges without the check ${name}`),
    ...((strict ?? strict_required_status_checks_policy) === true ? ["merges of what is behind"] : []),
  ];
}
