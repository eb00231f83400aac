import type { Change, Finding, Severity } from "../../report/report";
import { silencedUntil } from "../wording";
import { type Markup, markup } from "./markup";

const actionIcons: Readonly<Record<Change["action"], string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "−",
  forget: "⊘",
  invoke: "▷",
  read: "→",
  "no-op": "·",
};

/** Returns an icon for an action, and its name. */
export function actionLabel(action: Change["action"], name: string = action): Markup {
  return markup`<span class="action ${action}"><span aria-hidden="true">${actionIcons[action]}</span> ${name}</span>`;
}

export function severityLabel(severity: Severity): Markup {
  return markup`<b class="severity ${severity}">${severity}</b>`;
}

/** Returns a list of names and values, without those whose value is undefined; undefined if none is left. */
export function definitions(entries: Readonly<Record<string, Markup | string | undefined>>): Markup | undefined {
  const known = Object.entries(entries).filter(([, value]) => value !== undefined);
  return known.length === 0
    ? undefined
    : markup`<dl>${known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** Returns how long a finding is silenced, or was, with the reason. */
export function silenceDefinition(silence: Finding["silence"]): Readonly<Record<string, string>> {
  return silence === undefined ? {} : { [silencedUntil(silence)]: silence.reason };
}

/** Returns an address as code that is broken before its dots, if it does not fit. */
export function addressCode(address: string): Markup {
  const [first = "", ...others] = address.split(".");
  return markup`<code>${first}${others.map((word) => markup`<wbr>.${word}`)}</code>`;
}

/** Returns texts as code, without those that are undefined; undefined if none is left. */
export function codes(...texts: readonly (string | undefined)[]): Markup | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0
    ? undefined
    : markup`${known.map((text, index) => markup`${index > 0 && ", "}<code>${text}</code>`)}`;
}
