import * as z from "zod";

// Defines what a report holds, as `--format json` prints it: docs/plan-review.schema.json is made of this.

const string = z.string();
const severity = z.enum(["danger", "caution"]);
const action = z.enum(["no-op", "read", "create", "update", "replace", "delete", "forget", "invoke"]);

const counts = z.strictObject({
  add: z.int(),
  change: z.int(),
  replace: z.int(),
  destroy: z.int(),
  import: z.int(),
  move: z.int(),
  forget: z.int(),
});

const verdict = z.strictObject({
  stack: string,
  counts: counts.describe("how many resources"),
  outputs: z.int().describe("how many outputs change"),
  worst: string.optional().describe("the worst finding in it that is not silenced"),
  problem: z
    .strictObject({
      kind: z
        .enum(["blocked", "failed", "incomplete"])
        .describe("blocked: a stack before it was never applied; failed: not planned; incomplete: planned in part"),
      what: string,
      next: string.optional().describe("the command to run"),
    })
    .optional(),
  waitsFor: z
    .array(string)
    .describe("stacks whose outputs it reads and which change here: it is not planned with the new ones"),
  deferred: z.array(string).describe("addresses that are put off to a later plan"),
  invocations: z.array(string).describe("addresses of actions that providers are asked to take"),
  failedChecks: z.array(z.strictObject({ address: string, messages: z.array(string) })),
});

const finding = z.strictObject({
  stack: string,
  rule: string.describe("the rule's id, as docs/plan-review.md lists it"),
  severity,
  address: string,
  action,
  what: string.describe("the reason, in plain words"),
  workloads: string.optional().describe("what happens to what runs"),
  evidence: z.array(string).optional().describe("values that changed: path: old → new"),
  forcedBy: z.array(string).describe("attributes that force a replacement"),
  direction: z
    .enum(["wider", "narrower", "lost"])
    .optional()
    .describe("of access; lost: narrower, and something may need it"),
  silence: z
    .strictObject({ reason: string, until: string.describe("the last day, YYYY-MM-DD"), expired: z.boolean() })
    .optional(),
});

const line = z.strictObject({
  sign: z.enum([" ", "+", "-", "…"]).describe("…: this many lines that stay are left out"),
  text: string,
  path: string.optional().describe("of what changes, within the part"),
  skipped: z.int().optional(),
});

const reportedAttribute = z.strictObject({
  path: string.describe("the attribute"),
  title: string.describe("the attribute's name, or the file's"),
  reading: z
    .enum(["value", "yaml", "json", "policy", "file", "text", "decoded"])
    .describe("value: YAML of the attribute; decoded: text that was Base64"),
  lines: z.array(line),
});

const change = z.strictObject({
  address: string,
  previousAddress: string.optional(),
  action,
  createBeforeDestroy: z.boolean(),
  deposed: string.optional(),
  reason: string.optional().describe("why Terraform does it, in plain words"),
  forcedBy: z.array(string),
  importing: string.optional(),
  summary: string.optional().describe("all of it in a line, where that is enough"),
  notes: z.array(string).optional().describe("what else there is to know, in sentences"),
  unknown: z.array(string).describe("attributes that are known after apply"),
  parts: z.array(reportedAttribute),
});

const drift = z.strictObject({
  stack: string,
  address: string,
  action,
  why: string.describe("why it matters"),
  unsafe: finding
    .pick({ rule: true, severity: true, what: true, silence: true })
    .optional()
    .describe("what it lets happen that the plan does not change back"),
  parts: z.array(reportedAttribute),
});

const noise = z.strictObject({ stack: string, address: string, path: string.optional(), why: string });

/** The schema of a report. */
export const report = z.strictObject({
  version: z.literal(1),
  notes: z.array(string).optional().describe("what to know of how the plans were made, where that is not as usual"),
  stacks: z.array(verdict).describe("in the order of apply, as everywhere here"),
  dangers: z.array(finding),
  access: z.array(finding),
  silenced: z.array(finding),
  drift: z.array(drift),
  changes: z.array(
    z.strictObject({
      stack: string,
      constructs: z.array(z.strictObject({ name: string, changes: z.array(change) })),
      outputs: z.array(reportedAttribute),
    }),
  ),
  noise: z.array(noise),
});

/** What a review found. */
export type Report = z.infer<typeof report>;
export type Verdict = z.infer<typeof verdict>;
export type Counts = z.infer<typeof counts>;
export type Severity = z.infer<typeof severity>;
export type Finding = z.infer<typeof finding>;
export type Change = z.infer<typeof change>;
/** An attribute that changes, in the form in which people read it, or all those that are read as values together. */
export type ReportedAttribute = z.infer<typeof reportedAttribute>;
export type Line = z.infer<typeof line>;
export type Drift = z.infer<typeof drift>;
export type Noise = z.infer<typeof noise>;
