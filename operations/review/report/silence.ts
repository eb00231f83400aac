import type { Finding } from "./report";

/** Whether a finding is silenced, by a silence that has not expired. */
export function isSilenced({ silence }: Pick<Finding, "silence">): boolean {
  return silence !== undefined && !silence.expired;
}
