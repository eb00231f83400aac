import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { CommandError } from "../command/failure";
import type { Silence } from "./report/silences";
import { accessRules } from "./rules/access/all-rules";
import { dangerRules } from "./rules/danger/all-rules";

const dangerIds = dangerRules.map(({ id }) => id);
const accessIds = accessRules.map(({ id }) => id);
const filledText = z.string({ error: "must be text" }).min(1, "must not be empty");

const entry = z
  .strictObject(
    {
      rule: filledText.refine(
        (id) => dangerIds.includes(id) || accessIds.includes(id),
        "must be a rule's id; docs/plan-review.md lists them",
      ),
      stack: filledText,
      address: filledText,
      what: filledText.optional(),
      reason: filledText.min(10, "must say why, so that somebody else understands"),
      until: z.iso.date("must be the last day that counts, as in 2026-12-31"),
    },
    {
      error: ({ code }) =>
        code === "unrecognized_keys" ? undefined : "must have rule, stack, address, reason and until",
    },
  )
  .refine(({ rule, what }) => what !== undefined || !accessIds.includes(rule), {
    path: ["what"],
    error: "is missing: copy the sentence to silence from the report, since each is another access",
  });

const entries = z.array(entry, "must be a list: '- rule: …', with stack, address, reason and until");

const example = { next: "docs/plan-review.md shows such a file under 'Silencing a finding'" };

/**
 * Reads silences from a YAML file.
 * @throws CommandError with all that is wrong with the file
 */
export function readSilences(file: string): readonly Silence[] {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8")) ?? [];
  } catch (failure) {
    throw new CommandError(`${file}: ${failure instanceof Error ? failure.message : failure}`, example);
  }
  const { data = [], error } = entries.safeParse(content);
  if (error !== undefined) {
    const problems = error.issues.map(({ path, message }) => `${z.core.toDotPath(path) || "the file"} ${message}`);
    const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
    throw new CommandError([`${file} has ${count}`, ...problems].join("\n  "), example);
  }
  return data.map(({ what, ...silence }) => (what === undefined ? silence : { ...silence, what }));
}
