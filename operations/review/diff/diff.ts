import { embedded } from "../../terraform/plan/embedded";
import { isList, isObject, same, type Value, type ValueObject } from "../../terraform/plan/value";
import type { Line } from "../report/report";
import { diffLists, paired } from "./lists";
import { blockHeader, blockLines, indented, keyLead, yaml } from "./yaml";

/** Lines that stay around each change. */
const context = 3;

/** The lines of two values' YAML, as a diff. */
export function diffValues(before: Value, after: Value, lead = "", path = ""): Line[] {
  if (same(before, after)) {
    return yaml(before, lead).map(stays);
  }
  return (
    within(before, after, lead, path) ?? [
      ...yaml(before, lead).map((text) => changes("-", text, path)),
      ...yaml(after, lead).map((text) => changes("+", text, path)),
    ]
  );
}

/** The lines of a value that changes, or comes, or goes: null where it is not there. */
export function diffSides(before: Value, after: Value): Line[] {
  if (before !== null && after !== null) {
    return diffValues(before, after);
  }
  return yaml(before ?? after).map((text) => changes(before === null ? "+" : "-", text, ""));
}

/** The lines of two texts, as a diff. A last line end counts only where one of them has none. */
export function diffText(before: string, after: string): Line[] {
  const ended = (text: string) => text === "" || text.endsWith("\n");
  const both = ended(before) && ended(after);
  const lines = (text: string) => (text === "" ? [] : (both ? text.slice(0, -1) : text).split("\n"));
  return diffLines(lines(before), lines(after), "");
}

/** Puts a count in place of long parts that stay. */
export function folded(lines: readonly Line[]): Line[] {
  const shown = new Set<number>();
  lines.forEach(({ sign }, index) => {
    for (let near = index - context; sign !== " " && near <= index + context; near += 1) {
      shown.add(near);
    }
  });
  const result: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const last = result.at(-1);
    if (shown.has(index) || (shown.has(index - 1) && shown.has(index + 1))) {
      result.push(line);
    } else if (last?.skipped === undefined) {
      result.push({ sign: "…", text: "1 line stays", skipped: 1 });
    } else {
      result[result.length - 1] = { ...last, text: `${last.skipped + 1} lines stay`, skipped: last.skipped + 1 };
    }
  }
  return result;
}

function stays(text: string): Line {
  return { sign: " ", text };
}

function changes(sign: "+" | "-", text: string, path: string): Line {
  return path === "" ? { sign, text } : { sign, text, path };
}

/** The diff inside of two values of one kind; undefined where they are better told apart as wholes. */
function within(before: Value, after: Value, lead: string, path: string): Line[] | undefined {
  if (isObject(before) && isObject(after) && Object.keys(before).length > 0 && Object.keys(after).length > 0) {
    return below(lead, diffMembers(before, after, path));
  }
  if (isList(before) && isList(after) && before.length > 0 && after.length > 0) {
    return below(lead, diffItems(before, after, path));
  }
  const header = blockHeader(before);
  const headerAfter = blockHeader(after);
  if (header !== undefined && headerAfter !== undefined) {
    const headers = diffLines([lead + header], [lead + headerAfter], path);
    return [...headers, ...diffLines(blockLines(String(before)), blockLines(String(after)), path).map(indentedLine)];
  }
  const [was, is] = [embedded(before), embedded(after)];
  return was === undefined || is === undefined
    ? undefined
    : [stays(`${lead}!json`), ...diffValues(was, is, "", path).map(indentedLine)];
}

function diffLines(before: readonly string[], after: readonly string[], path: string): Line[] {
  return diffLists(before, after).flatMap(({ removed, added, kept }) => [
    ...removed.map((text) => changes("-", text, path)),
    ...added.map((text) => changes("+", text, path)),
    ...kept.map(stays),
  ]);
}

function diffMembers(before: ValueObject, after: ValueObject, path: string): Line[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const stay = (key: string) =>
    Object.hasOwn(before, key) && Object.hasOwn(after, key) && same(before[key], after[key]);
  // What stays names the item of a list.
  const first = keys.find(stay);
  const ordered = first === undefined ? keys : [first, ...keys.filter((key) => key !== first)];
  return ordered.flatMap((key) => {
    const at = path === "" ? key : `${path}.${key}`;
    const [was, is] = [before[key], after[key]];
    const name = keyLead(key);
    if (!Object.hasOwn(before, key) || was === undefined) {
      return yaml(is ?? null, name).map((text) => changes("+", text, at));
    }
    if (!Object.hasOwn(after, key) || is === undefined) {
      return yaml(was, name).map((text) => changes("-", text, at));
    }
    return diffValues(was, is, name, at);
  });
}

function diffItems(before: readonly Value[], after: readonly Value[], path: string): Line[] {
  let [from, to] = [0, 0];
  return diffLists(before, after).flatMap(({ removed, added, kept }) => {
    const lines = paired(removed, added).flatMap(([was, is]) => {
      const at = `${path}[${is === undefined ? from : to}]`;
      from += Number(was !== undefined);
      to += Number(is !== undefined);
      if (was !== undefined && is !== undefined) {
        return diffValues(was, is, "- ", at);
      }
      const [sign, item] = was === undefined ? (["+", is ?? null] as const) : (["-", was] as const);
      return yaml(item, "- ").map((text) => changes(sign, text, at));
    });
    from += kept.length;
    to += kept.length;
    return [...lines, ...kept.flatMap((item) => yaml(item, "- ").map(stays))];
  });
}

function below(lead: string, lines: readonly Line[]): Line[] | undefined {
  if (lead === "") {
    return [...lines];
  }
  if (lead !== "- ") {
    return [stays(lead.trimEnd()), ...lines.map(indentedLine)];
  }
  // The dash stands before a line that both have.
  return lines[0]?.sign === " "
    ? lines.map((line, index) => (index === 0 ? stays(lead + line.text) : indentedLine(line)))
    : undefined;
}

function indentedLine(line: Line): Line {
  return { ...line, text: indented(line.text) };
}
