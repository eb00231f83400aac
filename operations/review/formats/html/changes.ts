import type { Change, Drift, Line, Noise, Report, ReportedAttribute } from "../../report/report";
import { type AlikeChanges, alikeChanges } from "../alike";
import { changeFacts, type Fact } from "../wording";
import { type ChangeLinks, idOf } from "./links";
import { type Content, type Markup, markup, multiline } from "./markup";
import { actionLabel, addressCode, codes, definitions, severityLabel, silenceDefinition } from "./pieces";

/** Lines of a screen, about. */
const screenLines = 40;

/** Returns the changes of a stack by construct, and after them its outputs. */
export function changesOfStack({ stack, constructs, outputs }: Report["changes"][number], links: ChangeLinks): Markup {
  const { alike, others } = alikeChanges(constructs);
  const alikeItems = alike.map((changes) => alikeItem(stack, changes));
  const groups = others.map(({ name, changes }) =>
    group(
      name,
      changes.map((change) => changeItem(stack, change, links)),
    ),
  );
  const outputItems = outputs.map(
    (output) => markup`<div class="item" data-stack="${stack}">${attributeMarkup(output)}</div>`,
  );
  return markup`<section data-group aria-label="${stack}"><h3 id="${idOf(stack, "")}">${stack}</h3>
${alikeItems}${groups}${outputs.length > 0 && group("outputs", outputItems)}</section>
`;
}

function group(name: string, items: readonly Markup[]): Markup {
  return markup`<div data-group><h4>${name}</h4>
${items}</div>
`;
}

function changeItem(stack: string, change: Change, links: ChangeLinks): Markup {
  const { address, action, createBeforeDestroy, summary, unknown, parts, deposed } = change;
  const severity = links.severity(stack, address);
  const about: Fact[] = [
    ...changeFacts(change),
    ...(action === "replace" && createBeforeDestroy ? [{ words: "the successor is created first", names: [] }] : []),
    ...(unknown.length === 0 ? [] : [{ words: "known after apply", names: unknown }]),
  ];
  return collapsibleItem({
    attributes: markup`id="${idOf(stack, address, deposed)}" data-stack="${stack}" data-address="${address}"
 data-severity="${severity}"`,
    row: markup`${actionLabel(action, actionName(change))}<span>${addressCode(address)}
${severity && severityLabel(severity)}
<span class="aside">${summary}</span></span>`,
    about: about.length > 0 && about.map(({ words, names }) => markup`<p>${words} ${codes(...names)}</p>`),
    parts,
    mostOpenLines: summary !== undefined || action === "create" || action === "delete" ? 0 : screenLines,
  });
}

/** Returns what happens to several resources alike. */
function alikeItem(stack: string, { action, summary, addresses }: AlikeChanges): Markup {
  return collapsibleItem({
    attributes: markup`data-stack="${stack}"`,
    row: markup`${actionLabel(action)}<span>${addresses.length} resources <span class="aside">${summary}</span></span>`,
    about: addresses.map((address) => markup`<p id="${idOf(stack, address)}">${addressCode(address)}</p>`),
    parts: [],
    mostOpenLines: -1,
  });
}

/** Returns the action, or what happens to a resource that stays as it is: it is imported, or moved. */
function actionName({ action, importing, previousAddress }: Change): string {
  if (action !== "no-op") {
    return action;
  }
  if (importing !== undefined) {
    return "import";
  }
  return previousAddress === undefined ? action : "move";
}

/** Returns what happened to one resource outside of Terraform. */
export function driftItem({ stack, address, action, why, unsafe, parts }: Drift, links: ChangeLinks): Markup {
  return collapsibleItem({
    attributes: markup`data-stack="${stack}" data-severity="${unsafe?.severity}"`,
    row: markup`${actionLabel(action)}<span>${links.link(stack, address)} ${unsafe && severityLabel(unsafe.severity)}
<span class="aside">${stack} ${unsafe?.rule}</span></span>`,
    about: markup`<p>${why}</p>
${definitions(silenceDefinition(unsafe?.silence))}`,
    parts,
    mostOpenLines: screenLines,
  });
}

/** Returns a change that changes nothing, and why it does not. */
export function noiseItem({ stack, address, path, why }: Noise, links: ChangeLinks): Markup {
  return markup`<li class="item" data-stack="${stack}">${links.link(stack, address)} ${codes(path)}
<span class="aside">${stack}</span> ${why}</li>
`;
}

interface CollapsibleItem {
  readonly attributes: Markup;
  readonly row: Markup;
  /** What stands before the parts; false if nothing does. */
  readonly about: Content;
  readonly parts: readonly ReportedAttribute[];
  /** Lines of a diff. A longer one is closed at first. */
  readonly mostOpenLines: number;
}

function collapsibleItem({ attributes, row, about, parts, mostOpenLines }: CollapsibleItem): Markup {
  const open = parts.reduce((sum, { lines }) => sum + lines.length, 0) <= mostOpenLines;
  return about === false && parts.length === 0
    ? markup`<div class="item row" tabindex="-1" ${attributes}>${row}</div>
`
    : markup`<details class="item" ${attributes}${open && markup` open`}><summary class="row">${row}</summary>
<div class="body">${about}${parts.map(attributeMarkup)}</div></details>
`;
}

const readingNames: Readonly<Record<ReportedAttribute["reading"], string>> = {
  value: "",
  text: "",
  file: "file",
  yaml: "as YAML",
  json: "as JSON",
  policy: "by statement",
  decoded: "decoded",
};

function attributeMarkup({ path, title, reading, lines }: ReportedAttribute): Markup {
  const about = [title === path ? "" : path, readingNames[reading]].filter((text) => text !== "").join(", ");
  const heading = title + about !== "" && markup`<p><code>${title}</code> <small>${about}</small></p>`;
  return markup`<div class="part">${heading}
<pre>${diffMarkup(lines)}</pre></div>
`;
}

function diffMarkup(all: readonly Line[]): readonly Markup[] {
  return all.map(({ sign, text, path }, index) => {
    const [before, after] = [all[index - 1], all[index + 1]];
    const where = path !== undefined && path !== before?.path && markup`<small>${path}</small>`;
    switch (sign) {
      case "+":
        return markup`<ins>+ ${multiline(text)}${where}</ins>`;
      case "-":
        return markup`<del>- ${multiline(text)}${where}</del>`;
      case "…":
        return markup`<span class="skipped">… ${text}</span>`;
      default:
        // Neighbours share an element: a large report has more of these than of anything else.
        return markup`${before?.sign !== " " && markup`<span>`}${multiline(text)}${
          after?.sign === " " ? multiline("\n") : markup`</span>`
        }`;
    }
  });
}
