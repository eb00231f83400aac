import * as z from "zod";
import { report } from "./report/report";
import { accessRules } from "./rules/access/all-rules";
import { dangerRules } from "./rules/danger/all-rules";
import type { DangerRule } from "./rules/danger/rule";

/** Returns the text of docs/plan-review.md with tables of the rules as they are now. */
export function withRuleTables(page: string): string {
  const dangers = dangerRules.map((rule) => [
    `\`${rule.id}\``,
    rule.severity,
    `${rule.subject} ${rule.predicate ?? gone(rule)}`,
    rule.workloads,
    typeList(rule.types),
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

function gone({ successorFirst }: DangerRule): string {
  return successorFirst === false ? "is destroyed, or replaced without a successor first" : "is replaced or destroyed";
}

/** Returns the JSON Schema of `--format json`. */
export function reportSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(report), undefined, 2)}\n`;
}

function typeList(types: readonly string[]): string {
  return types.map((type) => (type === "*" ? "any" : `\`${type}\``)).join(", ");
}
