import type { Report, Verdict } from "../../report/report";
import { isSilenced } from "../../report/silences";
import { isEmpty, isIdle, nothing, quantity } from "../wording";
import type { ChangeLinks } from "./links";
import { type Markup, markup } from "./markup";
import { codes } from "./pieces";

/** Returns the whole report in a sentence. */
export function headline(report: Report): Markup {
  if (isEmpty(report)) {
    return markup`<p class="headline">Nothing to do.</p>`;
  }
  const { dangers, access, drift, changes } = report;
  const found = [
    ...[...dangers, ...access].filter(({ direction }) => direction !== "narrower"),
    ...drift.flatMap(({ unsafe }) => (unsafe === undefined || isSilenced(unsafe) ? [] : [unsafe])),
  ];
  const grave = found.filter(({ severity }) => severity === "danger").length;
  const changed = changes.flatMap(({ constructs }) => constructs).flatMap((construct) => construct.changes).length;
  return markup`<p class="headline"><b class="${grave > 0 && "danger"}">${quantity(grave, "danger")}</b>,
${quantity(found.length - grave, "caution")}, ${quantity(changed, "change")}.</p>`;
}

/** Returns what happens to a stack, in numbers, and what else there is to say of its plan. */
export function verdictItem(verdict: Verdict, links: ChangeLinks): Markup {
  const { stack, worst, problem, waitsFor, deferred, invocations, failedChecks } = verdict;
  return markup`<li><span>${links.stackLink(stack)}</span>
${countsMarkup(verdict)}
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

function countsMarkup(verdict: Verdict): Markup | undefined {
  if (isIdle(verdict)) {
    return markup`<span class="counts">${nothing}</span>`;
  }
  const entries = [...Object.entries(verdict.counts), [verdict.outputs === 1 ? "output" : "outputs", verdict.outputs]];
  const counts = entries.filter(([, count]) => count !== 0);
  return counts.length === 0
    ? undefined
    : markup`<span class="counts">${counts.map(
        ([name, count]) => markup`<span class="${name}"><b>${count}</b> ${name}</span> `,
      )}</span>`;
}
