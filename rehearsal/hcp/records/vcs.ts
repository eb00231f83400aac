/** GitHub's app in an account there, by which workspaces read repositories. */
export interface Installation {
  readonly id: string;
  /** The account. */
  readonly name: string;
  readonly number: number;
}

/** A way to a VCS by OAuth. */
export interface OauthToken {
  readonly id: string;
  readonly client: string;
  readonly organization: string;
  readonly serviceProvider: string;
  readonly createdAt: string;
}
