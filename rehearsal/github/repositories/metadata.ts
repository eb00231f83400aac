/** Settings that a repository has unless it was made with others, by GitHub's names. */
export const defaultSettings = {
  description: null as string | null,
  homepage: null as string | null,
  visibility: "public",
  archived: false,
  is_template: false,
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_downloads: true,
  has_discussions: false,
  allow_merge_commit: true,
  allow_squash_merge: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  allow_update_branch: false,
  allow_forking: true,
  delete_branch_on_merge: false,
  web_commit_signoff_required: false,
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
  merge_commit_title: "MERGE_MESSAGE",
  merge_commit_message: "PR_TITLE",
};

export type RepositorySettings = Readonly<typeof defaultSettings>;

/** A deploy key. */
export interface RegisteredKey {
  readonly id: number;
  readonly title: string;
  /** Type and key; GitHub drops the comment. */
  readonly key: string;
  readonly read_only: boolean;
  readonly created_at: string;
}

/** Why a branch takes neither contents calls nor pushes. */
export interface BranchProtection {
  /** Names of required status checks. */
  readonly checks: readonly string[];
  /** Whether changes must come by pull requests. */
  readonly rules: boolean;
}

/** What GitHub knows of a repository and Git does not hold. */
export interface RepositoryMetadata extends RepositorySettings {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly default_branch: string;
  readonly topics: readonly string[];
  readonly keys: readonly RegisteredKey[];
  /** By branch. */
  readonly protection: Readonly<Record<string, BranchProtection>>;
  readonly vulnerability_alerts: boolean;
  readonly security_and_analysis: Readonly<Record<string, unknown>>;
  readonly created_at: string;
  readonly updated_at: string;
  readonly pushed_at: string;
}

const disabled = { status: "disabled" };

let lastId = 0;

/** Returns a number that nothing else has, after a restart neither. */
export function nextId(): number {
  lastId = Math.max(Date.now(), lastId + 1);
  return lastId;
}

/** Returns what a new repository begins with. */
export function newMetadata(
  owner: string,
  name: string,
  settings: Partial<RepositorySettings>,
  time: string,
): RepositoryMetadata {
  return {
    ...defaultSettings,
    ...settings,
    id: nextId(),
    owner,
    name,
    default_branch: "main",
    topics: [],
    keys: [],
    protection: {},
    vulnerability_alerts: false,
    security_and_analysis: { secret_scanning: disabled, secret_scanning_push_protection: disabled },
    created_at: time,
    updated_at: time,
    pushed_at: time,
  };
}
