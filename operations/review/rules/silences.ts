import type { Finding } from "../report/report";

/** That somebody knows of one finding at one address. */
export interface Silence {
  readonly rule: string;
  readonly stack: string;
  readonly address: string;
  /** The finding's sentence.
   * @default - whatever the rule says of the address */
  readonly what?: string;
  readonly reason: string;
  /** The last day that counts, YYYY-MM-DD. */
  readonly until: string;
}

/** Findings with what people said of them; one that is silenced no longer says so, and counts. */
export function withSilences(findings: readonly Finding[], silences: readonly Silence[], today: string): Finding[] {
  return findings.map((finding) => {
    const all = silences.filter((silence) => concerns(silence, finding));
    const silence = all.find(({ until }) => until >= today) ?? all[0];
    return silence === undefined
      ? finding
      : { ...finding, silence: { reason: silence.reason, until: silence.until, expired: silence.until < today } };
  });
}

/** Whether a finding is silenced today. */
export function isSilenced({ silence }: Pick<Finding, "silence">): boolean {
  return silence !== undefined && !silence.expired;
}

function concerns({ rule, stack, address, what }: Silence, finding: Finding): boolean {
  return (
    rule === finding.rule &&
    stack === finding.stack &&
    address === finding.address &&
    (what === undefined || what === finding.what)
  );
}
