import type { Report, Verdict } from "../../report/report";
import type { Places } from "./links";
import { type Markup, markup } from "./markup";
import { codes } from "./pieces";

/** The whole report in a sentence. */
export function headline({ stacks, dangers, access, drift, changes }: Report): Markup {
  if (stacks.every(isIdle) && drift.length === 0) {
    return markup`<p class="headline">Nothing to do.</p>`;
  }
  const found = [
    ...[...dangers, ...access].filter(({ direction }) => direction !== "narrower"),
    ...drift.flatMap(({ unsafe }) =>
      unsafe === undefined || (unsafe.silence && !unsafe.silence.expired) ? [] : [unsafe],
    ),
  ];
  const grave = found.filter(({ severity }) => severity === "danger").length;
  const changed = changes.flatMap(({ constructs }) => constructs).flatMap((construct) => construct.changes).length;
  return markup`<p class="headline"><b class="${grave > 0 && "danger"}">${counted(grave, "danger")}</b>,
${counted(found.length - grave, "caution")}, ${counted(changed, "change")}.</p>`;
}

/** What becomes of a stack, in a line, and what came in the way of knowing it. */
export function verdictItem(verdict: Verdict, places: Places): Markup {
  const { stack, worst, problem, waitsFor, deferred, invocations, failedChecks } = verdict;
  return markup`<li><span>${places.stackLink(stack)}</span>
${counts(verdict)}
${worst !== undefined && markup`<span>${worst}</span>`}
${problem && markup`<p><b class="danger">${problem.kind}</b> ${problem.what} ${codes(problem.next)}</p>`}
${failedChecks.map(
  ({ address, messages }) =>
    markup`<p><b class="danger">check failed</b> <code>${address}</code> ${messages.join(" ")}</p>`,
)}
${waitsFor.length > 0 && markup`<p>Reads outputs that change, of ${codes(...waitsFor)}: review it again once that is applied.</p>`}
${deferred.length > 0 && markup`<p>Put off to a later plan: ${codes(...deferred)}</p>`}
${invocations.length > 0 && markup`<p>Actions that providers take: ${codes(...invocations)}</p>`}
</li>
`;
}

function isIdle({ counts, outputs, problem, waitsFor, deferred, invocations, failedChecks }: Verdict): boolean {
  return (
    Object.values(counts).every((count) => count === 0) &&
    outputs + waitsFor.length + deferred.length + invocations.length + failedChecks.length === 0 &&
    problem === undefined
  );
}

function counts(verdict: Verdict): Markup | undefined {
  const entries = [...Object.entries(verdict.counts), [verdict.outputs === 1 ? "output" : "outputs", verdict.outputs]];
  const some = entries.filter(([, count]) => count !== 0);
  if (some.length === 0 && !isIdle(verdict)) {
    return undefined;
  }
  return markup`<span class="counts">${
    isIdle(verdict)
      ? "nothing to do"
      : some.map(([name, count]) => markup`<span class="${name}"><b>${count}</b> ${name}</span> `)
  }</span>`;
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
