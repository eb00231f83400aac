import * as z from "zod";

/** IAM takes `false` and `5` for `"false"` and `"5"`, and keeps them as they were written. */
const value = z.union([z.string(), z.boolean(), z.number()]).transform(String);

/** What IAM takes for a list: one text stands for a list of one. */
const texts = z.union([value.transform((text) => [text]), z.array(value)]);

const statementSchema = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), texts)]).optional(),
  Action: texts.optional(),
  Resource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});

const policySchema = z.object({
  Statement: z.union([statementSchema.transform((statement) => [statement]), z.array(statementSchema)]),
});

export type Statement = z.infer<typeof statementSchema>;

/** Reads the statements of a policy; IAM writes some encoded, as parts of URLs are. Throws if it is none. */
export function statementsOf(document: string): readonly Statement[] {
  const text = document.startsWith("%") ? decodeURIComponent(document) : document;
  return policySchema.parse(JSON.parse(text)).Statement;
}

/**
 * Returns whether statements let anybody do this at all: some allow it, and none denies it to everybody and everywhere. Resources and
 * conditions of what allows it are not weighed.
 */
export function allows(statements: readonly Statement[], action: string): boolean {
  const about = statements.filter(({ Action = [] }) => Action.some((pattern) => matches(pattern, action)));
  return (
    about.some(({ Effect }) => Effect === "Allow") &&
    !about.some(({ Effect, Resource, Condition }) => Effect === "Deny" && !Condition && Resource?.includes("*"))
  );
}

/** Returns whether an action is one of a pattern's: `ec2:Describe*`. IAM does not tell capitals from small letters. */
function matches(pattern: string, action: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i").test(action);
}
