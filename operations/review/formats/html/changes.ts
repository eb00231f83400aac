import type { Change, Drift, Line, Noise, Part, Report } from "../../report/report";
import { idOf, type Places } from "./links";
import { lines, type Markup, markup } from "./markup";
import { actionLabel, codes, facts, severityLabel } from "./pieces";

/** Lines, about. */
const screen = 40;

/** Changes of a stack by construct, and then its outputs. */
export function changesOfStack({ stack, constructs, outputs }: Report["changes"][number], places: Places): Markup {
  const groups = constructs.map(({ name, changes }) =>
    group(
      name,
      changes.map((change) => changeItem(stack, change, places)),
    ),
  );
  const outputItems = outputs.map((output) => markup`<div class="item" data-stack="${stack}">${part(output)}</div>`);
  return markup`<section data-group aria-label="${stack}"><h3 id="${idOf(stack, "")}">${stack}</h3>
${groups}${outputs.length > 0 && group("outputs", outputItems)}</section>
`;
}

function group(name: string, items: readonly Markup[]): Markup {
  return markup`<div data-group><h4>${name}</h4>
${items}</div>
`;
}

function changeItem(stack: string, change: Change, places: Places): Markup {
  const { address, action, summary, parts, deposed } = change;
  const severity = places.severity(stack, address);
  const about = facts({
    why: change.reason,
    "forced by": codes(...change.forcedBy),
    order: action === "replace" && change.createBeforeDestroy ? "the successor is created first" : undefined,
    "moved from": codes(change.previousAddress),
    "imported as": codes(change.importing),
    deposed: codes(deposed),
    "known after apply": codes(...change.unknown),
  });
  return folded({
    attributes: markup`id="${idOf(stack, address, deposed)}" data-stack="${stack}" data-address="${address}"
 data-severity="${severity}"`,
    row: markup`${actionLabel(action, verb(change))}<span><code>${address}</code>
${severity && severityLabel(severity)}
<span class="aside">${summary}</span></span>`,
    about,
    parts,
    linesShown: summary !== undefined || action === "create" || action === "delete" ? 0 : screen,
  });
}

/** What an action amounts to. */
function verb({ action, importing, previousAddress }: Change): string {
  if (action !== "no-op") {
    return action;
  }
  return importing !== undefined ? "import" : previousAddress !== undefined ? "move" : action;
}

/** What happened to one resource outside of Terraform. */
export function driftItem({ stack, address, action, why, unsafe, parts }: Drift, places: Places): Markup {
  const silenced = unsafe?.silence?.expired ? "silence expired" : "silenced until";
  return folded({
    attributes: markup`data-stack="${stack}" data-severity="${unsafe?.severity}"`,
    row: markup`${actionLabel(action)}<span>${places.link(stack, address)} ${unsafe && severityLabel(unsafe.severity)}
<span class="aside">${stack} ${unsafe?.rule}</span></span>`,
    about: markup`<p>${why}</p>
${facts({ [silenced]: unsafe?.silence && `${unsafe.silence.until}: ${unsafe.silence.reason}` })}`,
    parts,
    linesShown: screen,
  });
}

/** A change that changes nothing, and why. */
export function noiseItem({ stack, address, path, why }: Noise, places: Places): Markup {
  return markup`<li class="item" data-stack="${stack}">${places.link(stack, address)} ${codes(path)}
<span class="aside">${stack}</span> ${why}</li>
`;
}

interface Folded {
  readonly attributes: Markup;
  readonly row: Markup;
  readonly about: Markup | undefined;
  readonly parts: readonly Part[];
  /** More are folded at first. */
  readonly linesShown: number;
}

function folded({ attributes, row, about, parts, linesShown }: Folded): Markup {
  const open = parts.reduce((sum, { lines }) => sum + lines.length, 0) <= linesShown;
  return about === undefined && parts.length === 0
    ? markup`<div class="item row" tabindex="-1" ${attributes}>${row}</div>
`
    : markup`<details class="item" ${attributes}${open && markup` open`}><summary class="row">${row}</summary>
<div class="body">${about}${parts.map(part)}</div></details>
`;
}

const readings: Readonly<Record<Part["reading"], string>> = {
  value: "",
  text: "",
  file: "file",
  yaml: "as YAML",
  json: "as JSON",
  policy: "by statement",
  decoded: "decoded",
};

function part({ path, title, reading, lines }: Part): Markup {
  const about = [title === path ? "" : path, readings[reading]].filter((text) => text !== "").join(", ");
  const heading = title + about !== "" && markup`<p><code>${title}</code> <small>${about}</small></p>`;
  return markup`<div class="part">${heading}
<pre>${diff(lines)}</pre></div>
`;
}

function diff(all: readonly Line[]): readonly Markup[] {
  return all.map(({ sign, text, path, skipped }, place) => {
    const [before, after] = [all[place - 1], all[place + 1]];
    const where = path !== undefined && path !== before?.path && markup`<small>${path}</small>`;
    switch (sign) {
      case "+":
        return markup`<ins>+ ${lines(text)}${where}</ins>`;
      case "-":
        return markup`<del>- ${lines(text)}${where}</del>`;
      case "…":
        return markup`<span class="skipped">… ${skipped} unchanged lines</span>`;
      default:
        // Neighbours share an element: a large report has more of these than of anything else.
        return markup`${before?.sign !== " " && markup`<span>`}${lines(text)}${
          after?.sign === " " ? lines("\n") : markup`</span>`
        }`;
    }
  });
}
