import { same, type Value, type ValueObject } from "../../terraform/plan/value";
import type { Line } from "../report/report";
import { diffLists, itemPairs } from "./lists";
import { type Shape, shapeOf } from "./shape";
import { indented, keyLead, yamlLines } from "./yaml";

/** Lines that stay in sight before and after each change. */
const context = 3;

/**
 * Returns the lines of two values' YAML, as a diff.
 * @param lead - what stands before the value: nothing, a dash (`- `) or a key (`key: `)
 * @param path - the way to the value from where the diff began: `spec.ports[0]`
 */
function diffValues(before: Value, after: Value, lead = "", path = ""): Line[] {
  if (same(before, after)) {
    return yamlLines(before, lead).map(keptLine);
  }
  return (
    diffInside(shapeOf(before), shapeOf(after), lead, path) ?? [
      ...yamlLines(before, lead).map((text) => changedLine("-", text, path)),
      ...yamlLines(after, lead).map((text) => changedLine("+", text, path)),
    ]
  );
}

/** Returns the lines of a value that changes, comes or goes; null is the side where it is not there. */
export function diffSides(before: Value, after: Value): Line[] {
  if (before !== null && after !== null) {
    return diffValues(before, after);
  }
  return yamlLines(before ?? after).map((text) => changedLine(before === null ? "+" : "-", text, ""));
}

/** Returns the lines of two texts, as a diff. A line end after the last line counts only where one of them has none. */
export function diffText(before: string, after: string): Line[] {
  const isEnded = (text: string) => text === "" || text.endsWith("\n");
  const areBothEnded = isEnded(before) && isEnded(after);
  const linesOf = (text: string) => (text === "" ? [] : (areBothEnded ? text.slice(0, -1) : text).split("\n"));
  return diffLines(linesOf(before), linesOf(after), "");
}

/** Puts a count in place of kept lines that are far from every change. */
export function folded(lines: readonly Line[]): Line[] {
  const near = new Set<number>();
  lines.forEach(({ sign }, index) => {
    for (let other = index - context; sign !== " " && other <= index + context; other += 1) {
      near.add(other);
    }
  });
  const result: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const last = result.at(-1);
    // A count of a single line would take the room of the line.
    if (near.has(index) || (near.has(index - 1) && near.has(index + 1))) {
      result.push(line);
    } else if (last?.skipped === undefined) {
      result.push({ sign: "…", text: "1 line stays", skipped: 1 });
    } else {
      result[result.length - 1] = { ...last, text: `${last.skipped + 1} lines stay`, skipped: last.skipped + 1 };
    }
  }
  return result;
}

function keptLine(text: string): Line {
  return { sign: " ", text };
}

function changedLine(sign: "+" | "-", text: string, path: string): Line {
  return path === "" ? { sign, text } : { sign, text, path };
}

function indentedLine(line: Line): Line {
  return { ...line, text: indented(line.text) };
}

/** Compares what two values of one shape hold; undefined where they are better shown as wholes. */
function diffInside(before: Shape, after: Shape, lead: string, path: string): Line[] | undefined {
  if (before.kind === "object" && after.kind === "object") {
    return diffUnderLead(lead, diffMembers(before.members, after.members, path));
  }
  if (before.kind === "list" && after.kind === "list") {
    return diffUnderLead(lead, diffItems(before.items, after.items, path));
  }
  if (before.kind === "block" && after.kind === "block") {
    const headers = diffLines([lead + before.header], [lead + after.header], path);
    return [...headers, ...diffLines(before.lines, after.lines, path).map(indentedLine)];
  }
  const [was, is] = [documentIn(before), documentIn(after)];
  return was === undefined || is === undefined
    ? undefined
    : [keptLine(`${lead}!json`), ...diffValues(was, is, "", path).map(indentedLine)];
}

function documentIn(shape: Shape): Value | undefined {
  return "document" in shape ? shape.document : undefined;
}

function diffLines(before: readonly string[], after: readonly string[], path: string): Line[] {
  return diffLists(before, after).flatMap(({ removed, added, kept }) => [
    ...removed.map((text) => changedLine("-", text, path)),
    ...added.map((text) => changedLine("+", text, path)),
    ...kept.map(keptLine),
  ]);
}

function diffMembers(before: ValueObject, after: ValueObject, path: string): Line[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // A member that is kept comes first: in a list, where the dash stands before it, it says which item changes.
  const first = keys.find(
    (key) => Object.hasOwn(before, key) && Object.hasOwn(after, key) && same(before[key], after[key]),
  );
  const ordered = first === undefined ? keys : [first, ...keys.filter((key) => key !== first)];
  return ordered.flatMap((key) => {
    const memberPath = path === "" ? key : `${path}.${key}`;
    const [was, is] = [before[key], after[key]];
    const lead = keyLead(key);
    if (!Object.hasOwn(before, key) || was === undefined) {
      return yamlLines(is ?? null, lead).map((text) => changedLine("+", text, memberPath));
    }
    if (!Object.hasOwn(after, key) || is === undefined) {
      return yamlLines(was, lead).map((text) => changedLine("-", text, memberPath));
    }
    return diffValues(was, is, lead, memberPath);
  });
}

function diffItems(before: readonly Value[], after: readonly Value[], path: string): Line[] {
  let [indexBefore, indexAfter] = [0, 0];
  return diffLists(before, after).flatMap(({ removed, added, kept }) => {
    const lines = itemPairs(removed, added).flatMap(([was, is]) => {
      const itemPath = `${path}[${is === undefined ? indexBefore : indexAfter}]`;
      indexBefore += Number(was !== undefined);
      indexAfter += Number(is !== undefined);
      if (was !== undefined && is !== undefined) {
        return diffValues(was, is, "- ", itemPath);
      }
      const [sign, item] = was === undefined ? (["+", is ?? null] as const) : (["-", was] as const);
      return yamlLines(item, "- ").map((text) => changedLine(sign, text, itemPath));
    });
    indexBefore += kept.length;
    indexAfter += kept.length;
    return [...lines, ...kept.flatMap((item) => yamlLines(item, "- ").map(keptLine))];
  });
}

/** Puts a diff under a lead; undefined where a dash would stand before a line that only one side has. */
function diffUnderLead(lead: string, lines: readonly Line[]): Line[] | undefined {
  if (lead === "") {
    return [...lines];
  }
  if (lead !== "- ") {
    return [keptLine(lead.trimEnd()), ...lines.map(indentedLine)];
  }
  return lines[0]?.sign === " "
    ? lines.map((line, index) => (index === 0 ? keptLine(lead + line.text) : indentedLine(line)))
    : undefined;
}
