import { isDeepStrictEqual } from "node:util";

/** A settings file, and the release in it that is to change. */
export interface ReleaseChange {
  /** Text of the file, a character for each byte (latin1), so that what is not changed stays as it is. */
  readonly text: string;
  readonly clusterName: string;
  /** Name of the release that the cluster has. */
  readonly from: string;
  readonly to: string;
}

/** A cluster as the file makes it, which nobody has checked. */
export type NamedCluster = Readonly<Record<string, unknown>>;

/** Returns the clusters that a text of the file makes; throws what it throws. */
export type Evaluate = (text: string) => readonly NamedCluster[];

/** The line of the file on which the release stands, with the changed text; or, where it is not changed, the line that decides it and why. */
export type ReleasePlace =
  | { readonly line: number; readonly changed: string }
  | { readonly line: number; readonly reason: string };

/**
 * Returns the file with another release for one cluster, or why that is left to people. Each string that is the name of the release is
 * marked, and the file evaluated: the mark that the cluster has then says which string is its release, through spreads, constants and
 * functions, and whose else it is.
 * @throws what the file throws as it is
 */
export function releasePlace(change: ReleaseChange, evaluate: Evaluate): ReleasePlace {
  const { text, clusterName, from, to } = change;
  const before = evaluate(text);
  const strings = stringsOf(text, from);
  const marks = strings.map((_, index) => `${from}#${index}`);
  const clusters = attempt(evaluate, withStrings(text, from, strings, marks)) ?? [];
  const mark = clusters.find(({ name }) => name === clusterName)?.["release"];
  const found = strings.find((_, index) => marks[index] === mark);
  if (found === undefined) {
    return { line: lineOfCluster(change, evaluate), reason: "the release is not written there as a text of its own" };
  }
  const line = lineAt(text, found);
  const others = clusters.filter(({ name, release }) => release === mark && name !== clusterName);
  if (others.length > 0) {
    return { line, reason: `this is the release of ${others.map(({ name }) => String(name)).join(", ")}, too` };
  }
  const changed = withStrings(text, from, [found], [to]);
  return isDeepStrictEqual(plain(attempt(evaluate, changed)), plain(before.map((one) => upgraded(one, change))))
    ? { line, changed }
    : { line, reason: "other settings come of this text, too" };
}

function upgraded(cluster: NamedCluster, { clusterName, to }: ReleaseChange): NamedCluster {
  return cluster["name"] === clusterName ? { ...cluster, release: to } : cluster;
}

/** Returns the line that names the cluster; where its name is put together elsewhere, the one on which the clusters begin. */
function lineOfCluster({ text, clusterName }: ReleaseChange, evaluate: Evaluate): number {
  const strings = stringsOf(text, clusterName);
  const marks = strings.map((_, index) => `${clusterName}#${index}`);
  const clusters = attempt(evaluate, withStrings(text, clusterName, strings, marks)) ?? [];
  const found = strings.find((_, index) => clusters.some(({ name }) => name === marks[index]));
  return lineAt(text, found ?? Math.max(text.search(/\bclusters\b/), 0));
}

/** Returns where strings that are this text begin, whatever their quotes. Some may be in comments, where a mark changes nothing. */
function stringsOf(text: string, content: string): readonly number[] {
  const found: number[] = [];
  for (const quote of ['"', "'", "`"]) {
    const quoted = `${quote}${content}${quote}`;
    for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + quoted.length)) {
      found.push(at + quote.length);
    }
  }
  return found.sort((one, other) => one - other);
}

/** Returns the text with others in place of some strings of one content. */
function withStrings(text: string, content: string, strings: readonly number[], others: readonly string[]): string {
  const pieces = strings.map((start, index) => {
    const before = index === 0 ? 0 : (strings[index - 1] ?? 0) + content.length;
    return `${text.slice(before, start)}${others[index]}`;
  });
  const end = strings.at(-1);
  return end === undefined ? text : pieces.join("") + text.slice(end + content.length);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** A file may refuse a mark, as one that looks up the release in a table does. */
function attempt(evaluate: Evaluate, text: string): readonly NamedCluster[] | undefined {
  try {
    return evaluate(text);
  } catch {
    return undefined;
  }
}

/** Returns data without the prototypes of where it was made, by which equal data would differ. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
