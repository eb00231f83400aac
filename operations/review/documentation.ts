import * as z from "zod";
import { report } from "./report/report";
import { accessRules } from "./rules/access/all-rules";
import { dangerRules } from "./rules/danger/all-rules";

/** Returns the text of docs/plan-review.md with tables of the rules as they are now. */
export function withRuleTables(page: string): string {
  const dangers = dangerRules.map(({ id, severity, types, subject, predicate, workloads }) => [
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

/** Returns the JSON Schema of `--format json`. */
export function reportSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(report), undefined, 2)}\n`;
}

function typeList(types: readonly string[]): string {
  return types.map((type) => (type === "*" ? "any" : `\`${type}\``)).join(", ");
}
