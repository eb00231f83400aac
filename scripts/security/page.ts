import type { Disposition } from "./dispositions";

const verdicts = ["mended", "accepted", "false"] as const;

/** Returns the text of docs/security.md with tables of the dispositions as they are now. */
export function withDispositions(page: string, dispositions: readonly Disposition[]): string {
  return verdicts.reduce((text, verdict) => {
    const rows = dispositions
      .filter((one) => one.verdict === verdict)
      .map(({ check, asks, resources, reason }) => [
        `\`${check}\``,
        asks,
        resources.map((resource) => `\`${resource}\``).join(", "),
        reason.trim(),
      ]);
    const head = ["check", "asks", "of", "why"];
    const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
    const marked = new RegExp(`(?<=<!-- ${verdict} -->)[^]*?(?=<!-- end -->)`);
    return text.replace(marked, () => `\n${lines.join("\n")}\n`);
  }, page);
}
