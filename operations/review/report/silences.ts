import type { Finding } from "./report";

/** Somebody's word that a finding at one address is known and accepted. */
export interface Silence {
  readonly rule: string;
  readonly stack: string;
  readonly address: string;
  /** The sentence of the finding.
   * @default - any sentence of the rule */
  readonly what?: string;
  readonly reason: string;
  /** The last day that counts, YYYY-MM-DD. */
  readonly until: string;
}

/** Adds their silences to findings. A finding whose silences have all expired has the first of them, and counts. */
export function withSilences(findings: readonly Finding[], silences: readonly Silence[], today: string): Finding[] {
  return findings.map((finding) => {
    const matching = silences.filter((silence) => isAbout(silence, finding));
    const silence = matching.find(({ until }) => until >= today) ?? matching[0];
    return silence === undefined
      ? finding
      : { ...finding, silence: { reason: silence.reason, until: silence.until, expired: silence.until < today } };
  });
}

/** Returns whether a finding is silenced, by a silence that has not expired. */
export function isSilenced({ silence }: Pick<Finding, "silence">): boolean {
  return silence !== undefined && !silence.expired;
}

function isAbout({ rule, stack, address, what }: Silence, finding: Finding): boolean {
  return (
    rule === finding.rule &&
    stack === finding.stack &&
    address === finding.address &&
    (what === undefined || what === finding.what)
  );
}
