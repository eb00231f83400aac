import * as z from "zod";
import { report } from "./report/report";
import { accessRules } from "./rules/access/access-rules";
import { rules } from "./rules/danger/dangers";

/** docs/plan-review.md with its tables as the rules are. */
export function withRuleTables(page: string): string {
  const dangers = rules.map(({ id, severity, types, subject, predicate, workloads }) => [
    `\`${id}\``,
    severity,
    `${subject} ${predicate ?? "is replaced or destroyed"}`,
    workloads,
    typeList(types),
  ]);
  const access = accessRules.map(({ id, severity, types, sentence }) => [
    `\`${id}\``,
    severity,
    sentence,
    typeList(types),
  ]);
  return [
    { name: "danger", head: ["rule", "severity", "finds that", "what runs", "in"], rows: dangers },
    { name: "access", head: ["rule", "severity", "finds that", "in"], rows: access },
  ].reduce((text, { name, head, rows }) => {
    const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
    const marked = new RegExp(`(?<=<!-- ${name} rules -->)[^]*?(?=<!-- end -->)`);
    return text.replace(marked, () => `\n${lines.join("\n")}\n`);
  }, page);
}

/** The schema of `--format json`, as JSON Schema. */
export function reportSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(report), undefined, 2)}\n`;
}

function typeList(types: readonly string[]): string {
  return types.map((type) => `\`${type}\``).join(", ");
}
