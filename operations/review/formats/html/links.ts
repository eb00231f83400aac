import { visibleLine } from "../../../../platform/visible-text";
import type { Report, Severity } from "../../report/report";
import { type Markup, markup } from "./markup";
import { addressCode } from "./pieces";

/** Links to the changes on a page, and what was found in them. */
export interface ChangeLinks {
  /** Returns an address, as a link to its change if there is one. */
  link(stack: string, address: string): Markup;
  /** Returns a stack, as a link to its changes if there are any. */
  stackLink(stack: string): Markup;
  /** Returns the worst severity that was found in a change, apart from access that narrows. */
  severity(stack: string, address: string): Severity | undefined;
}

export function linksOf({ changes, dangers, access }: Report): ChangeLinks {
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
      const code = addressCode(address);
      return id === undefined ? code : markup`<a href="#${encodeURIComponent(id)}">${code}</a>`;
    },
    stackLink: (stack) =>
      stacks.has(stack) ? markup`<a href="#${encodeURIComponent(idOf(stack, ""))}">${stack}</a>` : markup`${stack}`,
    severity: (stack, address) => worst.get(idOf(stack, address)),
  };
}

/** Returns the id of a change's element: stacks may have addresses in common, as an object and its deposed ones do. */
export function idOf(stack: string, address: string, deposed?: string): string {
  return visibleLine(`${stack}/${address}${deposed === undefined ? "" : ` (deposed ${deposed})`}`);
}
