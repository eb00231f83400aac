/** A workspace that starts a run in another when one of its own was applied. */
export interface RunTrigger {
  readonly id: string;
  readonly workspace: string;
  readonly source: string;
  readonly createdAt: string;
}
