import type { Report, Verdict } from "../../report/report";
import { isSilenced } from "../../report/silences";
import { countWords, isEmpty, isIdle, quantity, type Remark, remarks } from "../verdict-wording";
import type { ChangeLinks } from "./links";
import { type Markup, markup } from "./markup";

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
  const changed = changes.flatMap(({ constructs, outputs }) => [
    ...constructs.flatMap((construct) => construct.changes),
    ...outputs,
  ]).length;
  return markup`<p class="headline"><b class="${grave > 0 && "danger"}">${quantity(grave, "danger")}</b>,
${quantity(found.length - grave, "caution")}, ${quantity(changed, "change")}.</p>`;
}

/** Returns what happens to a stack, in numbers, and what else there is to say of its plan. */
export function verdictItem(verdict: Verdict, links: ChangeLinks): Markup {
  const { stack, worst } = verdict;
  return markup`<li><span>${links.stackLink(stack)}</span>
${countsMarkup(verdict)}
${worst !== undefined && markup`<span>${worst}</span>`}
${remarks(verdict, Number.POSITIVE_INFINITY).map(remarkMarkup)}</li>
`;
}

function remarkMarkup({ text, isProblem }: Remark): Markup {
  return markup`<p${isProblem && markup` class="danger"`}>${text}</p>
`;
}

function countsMarkup(verdict: Verdict): Markup | undefined {
  const entries = [...Object.entries(verdict.counts), [verdict.outputs === 1 ? "output" : "outputs", verdict.outputs]];
  const counts = entries.filter(([, count]) => count !== 0);
  if (counts.length > 0) {
    const items = counts.map(([name, count]) => markup`<span class="${name}"><b>${count}</b> ${name}</span> `);
    return markup`<span class="counts">${items}</span>`;
  }
  // A plan may have remarks where it changes nothing.
  return isIdle(verdict) || verdict.problem !== undefined
    ? markup`<span class="counts">${countWords(verdict)}</span>`
    : undefined;
}
