import type { ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlocks } from "./attributes";
import { allows, denies } from "./policy-danger";
import { policyJson } from "./policy-document";
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
    sharedTypes: ["github_repository"],
    typesWithDefaults: ["github_repository"],
    compare: policyComparison(visibility, allows(/ by everybody$/)),
  },
  {
    id: "deploy-key",
    severity: "caution, danger if it may push",
    types: ["github_repository_deploy_key"],
    sentence: "a key opens a repository",
    compare: policyComparison(deployKey, allows(/^push$/)),
  },
  {
    id: "collaborator",
    severity: "caution, danger if it is admin",
    types: ["github_repository_collaborator", "github_repository_collaborators", "github_team_repository"],
    sentence: "somebody gets a permission on a repository",
    attributes: ["user", "team"],
    compare: policyComparison(collaborators, allows(/^admin$/)),
  },
  {
    id: "branch-protection",
    severity: "danger",
    types: ["github_branch_protection", "github_branch_protection_v3"],
    sentence: "the protection of a branch forbids less",
    compare: policyComparison(branchProtection, denies),
  },
];

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

/** Denies what the protection of a branch forbids. */
function branchProtection(resource: ValueObject): string {
  const { pattern, branch, enforce_admins, require_signed_commits, allows_force_pushes, allows_deletions } = resource;
  const forbidden = {
    "merges without a review": nestedBlocks(resource["required_pull_request_reviews"]).length > 0,
    "merges without checks": nestedBlocks(resource["required_status_checks"]).length > 0,
    "unsigned commits": require_signed_commits === true,
    "exceptions for administrators": enforce_admins === true,
    "force pushes": allows_force_pushes !== true,
    deletion: allows_deletions !== true,
  };
  return policyJson({
    Effect: "Deny",
    Action: Object.entries(forbidden).flatMap(([what, isForbidden]) => (isForbidden ? what : [])),
    Resource: attributeText(pattern ?? branch),
  });
}
