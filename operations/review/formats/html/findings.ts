import type { Finding } from "../../report/report";
import type { ChangeLinks } from "./links";
import { type Markup, markup } from "./markup";
import { actionLabel, codes, definitions, severityLabel, silenceDefinition } from "./pieces";

/** Returns what was found at one address. What narrows access comes last, and briefly. */
export function findingsItem(findings: readonly [Finding, ...Finding[]], links: ChangeLinks): Markup {
  const [{ stack, address, action }] = findings;
  const narrower = findings.filter(({ direction }) => direction === "narrower");
  const others = findings.filter(({ direction }) => direction !== "narrower");
  const severity = others.some((finding) => finding.severity === "danger") ? "danger" : others[0]?.severity;
  return markup`<li class="item finding ${severity}" data-stack="${stack}" data-severity="${severity}">
<p class="row">${actionLabel(action)}<span>${links.link(stack, address)} <span class="aside">${stack}</span></span></p>
${others.map(findingMarkup)}${narrower.map(({ what }) => markup`<p class="aside">narrower: ${what}</p>`)}
</li>
`;
}

function findingMarkup({ rule, severity, what, workloads, evidence = [], forcedBy, silence }: Finding): Markup {
  return markup`<p>${severityLabel(severity)} ${what} <span class="aside">${rule}</span></p>
${definitions({
  changes: codes(...evidence),
  workloads,
  "forced by": codes(...forcedBy),
  ...silenceDefinition(silence),
})}`;
}
