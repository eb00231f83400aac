import type { ValueObject } from "../../../terraform/plan/value";
import { type AccessRule, policies } from "./access-rule";
import { blocks, text, texts } from "./attributes";
import { allows, denies } from "./policy-danger";
import { documentOf } from "./policy-document";

/** Each includes those before it. */
const permissions = ["pull", "triage", "push", "maintain", "admin"];

export const githubAccessRules: readonly AccessRule[] = [
  {
    id: "repository-visibility",
    severity: "caution, danger if it is public",
    types: ["github_repository"],
    sentence: "people who are not named may read a repository",
    attributes: ["visibility"],
    parts: ["github_repository"],
    defaults: ["github_repository"],
    compare: policies(visibility, allows(/ by everybody$/)),
  },
  {
    id: "deploy-key",
    severity: "caution, danger if it may push",
    types: ["github_repository_deploy_key"],
    sentence: "a key opens a repository",
    compare: policies(deployKey, allows(/^push$/)),
  },
  {
    id: "collaborator",
    severity: "caution, danger if it is admin",
    types: ["github_repository_collaborator", "github_repository_collaborators", "github_team_repository"],
    sentence: "somebody gets a permission on a repository",
    attributes: ["user", "team"],
    compare: policies(collaborators, allows(/^admin$/)),
  },
  {
    id: "branch-protection",
    severity: "danger",
    types: ["github_branch_protection", "github_branch_protection_v3"],
    sentence: "the protection of a branch forbids less",
    compare: policies(branchProtection, denies),
  },
];

/** Who may read a repository without being named. */
function visibility({ name, visibility: given, private: isPrivate }: ValueObject): string {
  // The provider makes a repository public if nothing is said.
  const seen = texts(given)[0] ?? (isPrivate === true ? "private" : "public");
  return documentOf({
    Effect: "Allow",
    Action: [
      ...(seen === "private" ? [] : ["reading by everybody in the enterprise"]),
      ...(seen === "private" || seen === "internal" ? [] : ["reading by everybody"]),
    ],
    Resource: text(name),
  });
}

/** A key that opens one repository to whoever holds it. */
function deployKey({ repository, title, read_only }: ValueObject): string {
  return documentOf({
    Effect: "Allow",
    Action: read_only === true ? ["pull"] : ["pull", "push"],
    Resource: text(repository),
    Principal: { "deploy key": text(title) },
  });
}

/** People and teams of a repository. */
function collaborators(resource: ValueObject): string {
  const named = [resource, ...blocks(resource["user"]), ...blocks(resource["team"])];
  return documentOf(
    ...named.map(({ username, team_id, permission }) => ({
      Effect: "Allow",
      Action: upTo(text(permission)),
      Resource: text(resource["repository"]),
      Principal: { user: texts(username), team: texts(team_id) },
    })),
  );
}

function upTo(permission: string): readonly string[] {
  const level = permissions.indexOf(permission);
  return level < 0 ? [permission] : permissions.slice(0, level + 1);
}

/** What the protection of a branch keeps from happening. */
function branchProtection(resource: ValueObject): string {
  const { pattern, branch, enforce_admins, require_signed_commits, allows_force_pushes, allows_deletions } = resource;
  const forbidden = {
    "merges without a review": blocks(resource["required_pull_request_reviews"]).length > 0,
    "merges without checks": blocks(resource["required_status_checks"]).length > 0,
    "unsigned commits": require_signed_commits === true,
    "exceptions for administrators": enforce_admins === true,
    "force pushes": allows_force_pushes !== true,
    deletion: allows_deletions !== true,
  };
  return documentOf({
    Effect: "Deny",
    Action: Object.entries(forbidden).flatMap(([what, isForbidden]) => (isForbidden ? what : [])),
    Resource: text(pattern ?? branch),
  });
}
