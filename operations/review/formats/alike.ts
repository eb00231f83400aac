import type { Change, Report } from "../report/report";
import { changeFacts } from "./wording";

/** Changes that are told in the same line, as those of one tag. */
export interface AlikeChanges {
  readonly action: Change["action"];
  readonly summary: string;
  readonly addresses: readonly string[];
}

type Constructs = Report["changes"][number]["constructs"];

/** Returns the changes that several resources have in common, and the others by construct. */
export function alikeChanges(constructs: Constructs): {
  readonly alike: readonly AlikeChanges[];
  readonly others: Constructs;
} {
  const groups = new Map<string, Change[]>();
  for (const change of constructs.flatMap(({ changes }) => changes)) {
    const key = alikeKey(change);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const isAlone = (change: Change) => alikeKey(change) === "" || (groups.get(alikeKey(change)) ?? []).length < 2;
  const alike = [...groups].flatMap(([key, changes]) => (key === "" || changes.length < 2 ? [] : [changes]));
  return {
    alike: alike.map((changes) => ({
      action: changes[0]?.action ?? "update",
      summary: changes[0]?.summary ?? "",
      addresses: changes.map(({ address }) => address),
    })),
    others: constructs
      .map(({ name, changes }) => ({ name, changes: changes.filter(isAlone) }))
      .filter(({ changes }) => changes.length > 0),
  };
}

/** Returns the same text for changes that are told in the same line; nothing for one that says more. */
function alikeKey(change: Change): string {
  const { summary, parts, unknown } = change;
  const saysMore = parts.length + unknown.length + changeFacts(change).length > 0;
  return summary === undefined || saysMore ? "" : `${change.action} ${summary}`;
}
