import type { Finding } from "../../report/report";
import type { Places } from "./links";
import { type Markup, markup } from "./markup";
import { actionLabel, codes, facts, severityLabel } from "./pieces";

/** What was found at one address, and what comes of it. What narrows access comes last, and briefly. */
export function findingsItem(findings: readonly [Finding, ...Finding[]], places: Places): Markup {
  const [{ stack, address, action }] = findings;
  const narrower = findings.filter(({ direction }) => direction === "narrower");
  const others = findings.filter(({ direction }) => direction !== "narrower");
  const severity = others.some((finding) => finding.severity === "danger") ? "danger" : others[0]?.severity;
  return markup`<li class="item finding ${severity}" data-stack="${stack}" data-severity="${severity}">
<p class="row">${actionLabel(action)}<span>${places.link(stack, address)} <span class="aside">${stack}</span></span></p>
${others.map(sentence)}${narrower.map(({ what }) => markup`<p class="aside">narrower: ${what}</p>`)}
</li>
`;
}

function sentence({ rule, severity, what, workloads, forcedBy, silence }: Finding): Markup {
  const silenced = silence?.expired ? "silence expired" : "silenced until";
  return markup`<p>${severityLabel(severity)} ${what} <span class="aside">${rule}</span></p>
${facts({
  workloads,
  "forced by": codes(...forcedBy),
  [silenced]: silence && `${silence.until}: ${silence.reason}`,
})}`;
}
