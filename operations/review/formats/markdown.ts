import type { Change, Finding, Report } from "../report/report";
import { changeContent } from "./markdown/changes";
import { dangerText, type Fragment, fragmentsOf } from "./markdown/fragments";

/** A comment begins with it, so that a bot finds the one to update. */
const marker = "<!-- plan-review -->";

/** GitHub refuses a comment of 65,536 characters or more. */
const mostCharacters = 65_000;
/** Characters that are left free for the list of what is cut. */
const listOfCuts = 1000;
/** Lines of each diff. The first of these limits that lets everything fit is taken; if none does, what stands last is cut. */
const lineLimits = [Number.POSITIVE_INFINITY, 200, 60, 20, 5];

/** Returns a report for a pull request, which is cut if GitHub would not take all of it. */
export function markdown(report: Report): string {
  let fragments: readonly Fragment[] = [];
  for (const mostLines of lineLimits) {
    fragments = [{ text: `${marker}\n## Plan review` }, ...fragmentsOf(report, mostLines)];
    if (lengthOf(fragments) <= mostCharacters) {
      return joined(fragments);
    }
  }
  return joined(withoutEnd(fragments));
}

/**
 * Returns one finding, and below it the change in which it was found.
 * @param change - undefined for a finding that is of none, as of drift
 * @param most - characters: of what is longer, diffs are cut, then the change is left out, and in the end the finding
 */
export function findingMarkdown(finding: Finding, change: Change | undefined, most: number): string {
  for (const mostLines of lineLimits) {
    const blocks = change === undefined ? [] : changeContent(change, mostLines);
    const text = [dangerText(finding, mostLines), ...blocks].join("\n\n");
    if (text.length <= most) {
      return text;
    }
  }
  const text = dangerText(finding, 0);
  return text.length <= most ? text : `Left out: the finding has ${text.length} characters.`;
}

/** Keeps the first fragments that fit, and says in one more what is left out. */
function withoutEnd(fragments: readonly Fragment[]): readonly Fragment[] {
  const kept: Fragment[] = [];
  for (const fragment of fragments) {
    if (lengthOf([...kept, fragment]) > mostCharacters - listOfCuts) {
      break;
    }
    kept.push(fragment);
  }
  // A title would stand over nothing.
  while (kept.length > 1 && kept.at(-1)?.kind === undefined) {
    kept.pop();
  }
  const kinds = fragments.slice(kept.length).flatMap(({ kind }) => kind ?? []);
  const counts = [...new Set(kinds)].map((kind) => {
    const count = kinds.filter((other) => other === kind).length;
    return count === 1 ? kind : `${count} ${kind}`;
  });
  const text = `**Cut, since GitHub takes no longer comment.** Left out: ${counts.join(", ")}. The whole report: \`--format html\`.`;
  return [...kept, { text }];
}

function lengthOf(fragments: readonly Fragment[]): number {
  return fragments.reduce((sum, { text }) => sum + text.length + 2, 0);
}

function joined(fragments: readonly Fragment[]): string {
  return `${fragments.map(({ text }) => text).join("\n\n")}\n`;
}
