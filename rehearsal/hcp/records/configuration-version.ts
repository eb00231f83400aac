export interface ConfigurationVersion {
  readonly id: string;
  readonly workspace: string;
  readonly status: "pending" | "uploaded";
  readonly source: "tfe-api" | "github";
  readonly speculative: boolean;
  readonly autoQueueRuns: boolean;
  /** The object that holds the archive. */
  readonly archive: string;
}
