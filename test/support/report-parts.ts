import type { Change, Finding, Line, Report, ReportedAttribute, Verdict } from "../../operations/review/report/report";

// Parts of reports for tests, with what a test is not about filled in.

type Action = Change["action"];

export const none = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0 } as const;

/** A report of nothing. */
export const empty: Report = {
  version: 1,
  stacks: [],
  dangers: [],
  access: [],
  silenced: [],
  drift: [],
  changes: [],
  noise: [],
};

export function verdict(stack: string, more: Partial<Verdict>): Verdict {
  return { stack, counts: none, outputs: 0, waitsFor: [], deferred: [], invocations: [], failedChecks: [], ...more };
}

export function finding(stack: string, address: string, action: Action, what: string, more: Partial<Finding>): Finding {
  return { stack, rule: "a-rule", severity: "danger", address, action, what, forcedBy: [], ...more };
}

export function group(name: string, ...changes: Change[]) {
  return { name, changes };
}

export function change(address: string, action: Action, more: Partial<Change>): Change {
  return { address, action, createBeforeDestroy: false, forcedBy: [], unknown: [], parts: [], ...more };
}

/** A part of a change, of lines as diffs write them; `# a.b` at the end is the path, and `…7` stands for seven lines. */
export function part(path: string, reading: ReportedAttribute["reading"], ...lines: string[]): ReportedAttribute {
  return { path, title: path, reading, lines: lines.map(line) };
}

function line(text: string): Line {
  const [, sign = " ", rest = "", path] = /^(.)(.*?)(?: # (.+))?$/.exec(text) ?? [];
  const content = sign === "…" ? { text: `${rest} lines stay`, skipped: Number(rest) } : { text: rest };
  return { sign: sign as Line["sign"], ...content, ...(path === undefined ? {} : { path }) };
}

/** The report with all that is free text in it made into other text. */
export function withTexts(report: Report, other: (text: string) => string): Report {
  const words = ["action", "direction", "kind", "reading", "severity", "sign"];
  return JSON.parse(
    JSON.stringify(report, (key, value) => (typeof value === "string" && !words.includes(key) ? other(value) : value)),
  ) as Report;
}
