import type { Change, Severity } from "../../report/report";
import { type Markup, markup } from "./markup";

type Action = Change["action"];

const signs: Readonly<Record<Action, string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "−",
  forget: "⊘",
  read: "→",
  "no-op": "·",
};

/** What happens to a resource, as a sign for the eye and as a word. */
export function actionLabel(action: Action, verb: string = action): Markup {
  return markup`<span class="action ${action}"><span aria-hidden="true">${signs[action]}</span> ${verb}</span>`;
}

export function severityLabel(severity: Severity): Markup {
  return markup`<b class="severity ${severity}">${severity}</b>`;
}

/** Names and what stands behind them, those that are there. */
export function facts(entries: Readonly<Record<string, Markup | string | undefined>>): Markup | undefined {
  const known = Object.entries(entries).filter(([, value]) => value !== undefined);
  return known.length === 0
    ? undefined
    : markup`<dl>${known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

export function codes(...texts: readonly (string | undefined)[]): Markup | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0
    ? undefined
    : markup`${known.map((text, place) => markup`${place > 0 && ", "}<code>${text}</code>`)}`;
}
