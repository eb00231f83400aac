import { createHash } from "node:crypto";

import { visibleLine } from "../../../platform/visible-text";
import { findingMarkdown } from "../formats/markdown";
import type { Change, Drift, Finding, Report } from "../report/report";
import { isSilenced } from "../report/silences";

/** A finding, as HCP Terraform shows it in the result of a run task. */
export interface Outcome {
  readonly type: "task-result-outcomes";
  readonly attributes: {
    readonly "outcome-id": string;
    readonly description: string;
    /** Markdown. */
    readonly body: string;
    readonly tags: Readonly<Record<string, readonly Tag[]>>;
  };
}

interface Tag {
  readonly label: string;
  readonly level: "none" | "info" | "warning" | "error";
}

/** How many findings a result has at most: more than people read there, and few enough for one request. */
const mostOutcomes = 100;

/** Characters of one body. HCP Terraform takes 5 MB, and advises to stay below 1 MB; that is kept for all of them together. */
const longestBody = 20_000;
const mostBytes = 1_000_000;

const longestDescription = 300;

/** Returns a result's outcomes, gravest first, and in the last one how many findings had no room. */
export function outcomesOf(report: Report): Outcome[] {
  const findings = allFindings(report);
  const changes = changesByPlace(report);
  const outcomes: Outcome[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const outcome = outcomeOf(finding, changes.get(placeOf(finding)));
    bytes += Buffer.byteLength(JSON.stringify(outcome));
    if (outcomes.length === mostOutcomes || bytes > mostBytes) {
      return [...outcomes, countOf(findings.slice(outcomes.length))];
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Returns all findings: first what counts and is a danger, then cautions, what narrows, and in the end what is silenced. */
function allFindings({ dangers, access, drift, silenced }: Report): Finding[] {
  const rank = (finding: Finding) => {
    if (isSilenced(finding)) {
      return 3;
    }
    return finding.direction === "narrower" ? 2 : ["danger", "caution"].indexOf(finding.severity);
  };
  const all = [...dangers, ...access, ...drift.flatMap(driftFindings), ...silenced];
  return all.sort((one, other) => rank(one) - rank(other));
}

function driftFindings({ stack, address, action, why, unsafe }: Drift): Finding[] {
  return unsafe === undefined
    ? []
    : [
        {
          stack,
          address,
          action,
          forcedBy: [],
          ...unsafe,
          what: `changed outside of Terraform: ${unsafe.what}; ${why}`,
        },
      ];
}

function placeOf({ stack, address }: { readonly stack: string; readonly address: string }): string {
  return JSON.stringify([stack, address]);
}

function changesByPlace({ changes }: Report): Map<string, Change> {
  const all = changes.flatMap(({ stack, constructs }) =>
    constructs.flatMap((construct) =>
      construct.changes.map((change) => [placeOf({ stack, address: change.address }), change] as const),
    ),
  );
  // An object stands before those that an earlier apply left of it.
  return new Map(all.reverse());
}

function outcomeOf(finding: Finding, change: Change | undefined): Outcome {
  const { stack, rule, address, what, silence } = finding;
  const digest = createHash("sha256")
    .update(JSON.stringify([stack, rule, address, what]))
    .digest("hex");
  const silenced: Tag[] =
    silence && isSilenced(finding) ? [{ label: `Silenced until ${silence.until}`, level: "info" }] : [];
  return {
    type: "task-result-outcomes",
    attributes: {
      "outcome-id": `${rule}-${digest.slice(0, 12)}`,
      description: cut(`${visibleLine(what)}: ${visibleLine(address)}`),
      body: findingMarkdown(finding, change, longestBody),
      tags: {
        Severity: [severityTag(finding)],
        ...(silenced.length === 0 ? {} : { Status: silenced }),
        Rule: [{ label: rule, level: "none" }],
      },
    },
  };
}

function severityTag({ severity, direction }: Finding): Tag {
  if (direction === "narrower") {
    return { label: "Narrower", level: "info" };
  }
  return severity === "danger" ? { label: "Danger", level: "error" } : { label: "Caution", level: "warning" };
}

/** Returns an outcome that stands for findings without room; they are in order, so that the first is the gravest. */
function countOf(findings: readonly Finding[]): Outcome {
  const [gravest] = findings;
  return {
    type: "task-result-outcomes",
    attributes: {
      "outcome-id": "more-findings",
      description: `${findings.length} more ${findings.length === 1 ? "finding" : "findings"}, for which there is no room here`,
      body: "The page of this review has all of them; without one, `npm run review -- --hcp-run` shows them.",
      tags: gravest === undefined ? {} : { Severity: [severityTag(gravest)] },
    },
  };
}

function cut(text: string): string {
  return text.length > longestDescription ? `${text.slice(0, longestDescription)}…` : text;
}
