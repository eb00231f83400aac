import { visibleLine } from "../../../command/visible-text";
import type { Report, Severity } from "../../report/report";
import { type Markup, markup } from "./markup";

/** Where a report's changes stand on its page. */
export interface Places {
  /** The address, as a link to its change if there is one. */
  link(stack: string, address: string): Markup;
  /** The stack, as a link to its changes if there are any. */
  stackLink(stack: string): Markup;
  /** The worst that was found in a change. */
  severity(stack: string, address: string): Severity | undefined;
}

export function placesOf({ changes, dangers, access }: Report): Places {
  const ids = new Map<string, string>();
  for (const { stack, constructs } of changes) {
    for (const { address, deposed } of constructs.flatMap((construct) => construct.changes)) {
      const id = idOf(stack, address);
      ids.set(id, deposed === undefined ? id : (ids.get(id) ?? idOf(stack, address, deposed)));
    }
  }
  const worst = new Map<string, Severity>();
  for (const { stack, address, severity, direction } of [...dangers, ...access]) {
    const id = idOf(stack, address);
    if (direction !== "narrower" && worst.get(id) !== "danger") {
      worst.set(id, severity);
    }
  }
  const stacks = new Set(changes.map(({ stack }) => stack));
  return {
    link(stack, address) {
      const id = ids.get(idOf(stack, address));
      const code = markup`<code>${address}</code>`;
      return id === undefined ? code : markup`<a href="#${encodeURIComponent(id)}">${code}</a>`;
    },
    stackLink: (stack) =>
      stacks.has(stack) ? markup`<a href="#${encodeURIComponent(idOf(stack, ""))}">${stack}</a>` : markup`${stack}`,
    severity: (stack, address) => worst.get(idOf(stack, address)),
  };
}

/** Id of a change's element: stacks may have addresses in common, and so do an object and its deposed ones. */
export function idOf(stack: string, address: string, deposed?: string): string {
  return visibleLine(`${stack}/${address}${deposed === undefined ? "" : ` (deposed ${deposed})`}`);
}
