import { createHash } from "node:crypto";

import type { Finding, Report } from "../report/report";
import { changesOfStack, driftItem, noiseItem } from "./html/changes";
import { findingsItem } from "./html/findings";
import items from "./html/items.css" with { type: "text" };
import { type ChangeLinks, linksOf } from "./html/links";
import { type Markup, markup } from "./html/markup";
import script from "./html/page.client.js" with { type: "text" };
import page from "./html/page.css" with { type: "text" };
import { headline, verdictItem } from "./html/verdict";
import { quantity } from "./verdict-wording";
import { byAddress } from "./wording";

const style = page + items;
const hashSource = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Returns a page that holds a whole report and needs no other file and no network. Without a time it is the same for the same report. */
export function html(
  report: Report,
  made: {
    readonly title: string;
    readonly time: Date | undefined;
    /** Where the plans belong: `account 111122223333, eu-central-1`.
     * @default [] */
    readonly facts?: readonly string[];
  },
): string {
  const links = linksOf(report);
  const sections = sectionsOf(report, links);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width">
<title>${made.title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<header>
<h1>${made.title}${made.time && markup` <small>${made.time.toISOString().slice(0, 16).replace("T", " ")} UTC</small>`}</h1>
${
  (made.facts ?? []).length > 0 &&
  markup`<p>${(made.facts ?? []).join("; ")}</p>
`
}${(report.notes ?? []).map(
  (note) => markup`<p>${note}</p>
`,
)}${headline(report)}
<ul class="verdict">
${report.stacks.map((verdict) => verdictItem(verdict, links))}</ul>
</header>
${sections.length > 0 && bar(report, sections)}
<main>
${sections.map(
  ({ title, about, content }) => markup`<section data-group id="${title}" aria-labelledby="${title}-title">
<h2 id="${title}-title">${title} <small>${about}</small></h2>
${content}</section>
`,
)}</main>
<script>${{ html: script }}</script>
</body>
</html>
`.html;
}

interface Section {
  readonly title: string;
  readonly about: string;
  readonly count: number;
  /** What is said of it in the bar.
   * @default - the count */
  readonly label?: string;
  readonly content: Markup;
}

/** Returns the sections that have anything in them. */
function sectionsOf(report: Report, links: ChangeLinks): readonly Section[] {
  const list = (items: readonly Markup[]) => markup`<ul>${items}</ul>`;
  const found = (findings: readonly Finding[]) =>
    list(byAddress(findings).map(({ findings: together }) => findingsItem(together, links)));
  const changes = report.changes.flatMap(({ constructs, outputs }) => [
    ...constructs.flatMap((construct) => construct.changes),
    ...outputs,
  ]);
  return [
    {
      title: "Danger",
      about: "what may be lost or interrupted",
      count: report.dangers.length,
      label: severityCounts(report.dangers),
      content: found(report.dangers),
    },
    {
      title: "Access",
      about: "what widens, and in brief what narrows",
      count: report.access.length,
      label: severityCounts(report.access),
      content: found(report.access),
    },
    {
      title: "Silenced",
      about: "found, and accepted for a time",
      count: report.silenced.length,
      content: found(report.silenced),
    },
    {
      title: "Drift",
      about: "what happened outside of Terraform",
      count: report.drift.length,
      content: markup`${report.drift.map((drift) => driftItem(drift, links))}`,
    },
    {
      title: "Changes",
      about: "in the order of apply",
      count: changes.length,
      content: markup`${report.changes.map((changes) => changesOfStack(changes, links))}`,
    },
    {
      title: "Noise",
      about: "changes that change nothing",
      count: report.noise.length,
      content: list(report.noise.map((noise) => noiseItem(noise, links))),
    },
  ].filter(({ count }) => count > 0);
}

/** Returns how many findings there are of each severity, as the headline counts them: `5 dangers, 2 cautions`. */
function severityCounts(findings: readonly Finding[]): string {
  const counted = findings.filter(({ direction }) => direction !== "narrower");
  const counts = (["danger", "caution"] as const).map((severity) => ({
    severity,
    count: counted.filter((finding) => finding.severity === severity).length,
  }));
  const narrower = findings.length - counted.length;
  return [
    ...counts.flatMap(({ severity, count }) => (count === 0 ? [] : [quantity(count, severity)])),
    ...(narrower === 0 ? [] : [`${narrower} narrower`]),
  ].join(", ");
}

/** Returns what stays in sight: links to the sections, and the filter. */
function bar({ stacks }: Report, sections: readonly Section[]): Markup {
  const links = sections.map(
    ({ title, count, label = String(count) }) => markup`<a href="#${title}">${title} <b>${label}</b></a> `,
  );
  const options = stacks.map(({ stack }) => markup`<option value="${stack}">${stack}</option>`);
  return markup`<div class="bar">
<nav aria-label="Sections">${links}</nav>
<search aria-label="Filter">
<label>Text <input type="search" id="text"></label>
<label>Stack <select id="stack"><option value="">all</option>${options}</select></label>
<label>Severity <select id="severity"><option value="">all</option><option value="caution">caution, danger</option>
<option value="danger">danger</option></select></label>
<button type="button" id="unfold">Unfold all</button>
<button type="button" id="fold">Fold all</button>
<output id="matches" for="text stack severity"></output>
</search>
</div>`;
}
