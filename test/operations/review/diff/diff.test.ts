import fc from "fast-check";
import { parse } from "yaml";

import { diffSides, diffText, folded } from "../../../../operations/review/diff/diff";
import type { Line } from "../../../../operations/review/report/report";
import type { Value } from "../../../../operations/terraform/plan/value";

/** The lines on one side of a diff. */
function side(lines: readonly Line[], sign: "+" | "-"): string[] {
  return lines.filter((line) => line.sign === " " || line.sign === sign).map(({ text }) => text);
}

/** What a folded diff makes of the lines before. */
function applied(lines: readonly Line[], before: readonly string[]): string[] {
  const rest = [...before];
  return lines.flatMap(({ sign, text, skipped }) => {
    if (sign === "+") {
      return [text];
    }
    const taken = rest.splice(0, skipped ?? 1);
    if (sign !== "…") {
      expect(taken).toEqual([text]);
    }
    return sign === "-" ? [] : taken;
  });
}

function read(lines: readonly string[]): unknown {
  return parse(lines.join("\n"), { logLevel: "silent", uniqueKeys: true });
}

/** The value, with texts that hold JSON as what they hold: a diff shows the content. */
function content(value: Value): unknown {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) {
    try {
      return content(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) {
    return value.map(content);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, content(member)]))
    : Object.is(value, -0)
      ? 0
      : value;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.constantFrom(
    "known after apply",
    "sensitive value",
    "true",
    "null",
    "1e3",
    "0x1f",
    "- a",
    "a: b",
    "a #b",
    "*",
    "|",
    "",
    "10.0.0.0/16",
  ),
  fc
    .array(fc.constantFrom("a", "b", "c: d", "- e", "  indented", "", "\t", "# f", "…"), { maxLength: 12 })
    .map((lines) => lines.join("\n")),
);
const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie("tree"), { maxLength: 6 }),
    fc.dictionary(fc.oneof(fc.constantFrom("name", "id", "a", "b"), fc.string({ maxLength: 8 })), tie("tree"), {
      maxKeys: 6,
    }),
    tie("tree").map((value) => JSON.stringify(value)),
  ),
}));
/** A value, and another that differs from it here and there. */
const pair = fc.oneof(
  fc.tuple(tree, tree),
  fc
    .tuple(fc.array(tree, { maxLength: 20 }), fc.array(tree, { maxLength: 3 }), fc.nat(20))
    .map(([list, more, at]): [Value, Value] => [list, [...list.slice(0, at), ...more, ...list.slice(at + 2)]]),
  fc
    .tuple(fc.dictionary(fc.string({ maxLength: 3 }), tree), fc.dictionary(fc.string({ maxLength: 3 }), tree))
    .map(([one, other]): [Value, Value] => [one, { ...one, ...other }]),
);

test("applied to the value before, the shown diff of any two values gives the value after", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const lines = diffSides(before, after);

      expect(read(side(lines, "-"))).toEqual(content(before));
      expect(read(applied(folded(lines), side(lines, "-")))).toEqual(content(after));
    }),
    { numRuns: Number(process.env.RUNS ?? 100) },
  );
});

test("applied to the text before, the shown diff of any two texts gives the text after", () => {
  fc.assert(
    fc.property(text, text, fc.array(text), (one, other, more) => {
      const [before, after] = [[one, ...more].join("\n"), [other, ...more].join("\n")];
      const lines = diffText(before, after);
      const end = /\n$|^$/.test(before) && after.endsWith("\n") ? "\n" : "";

      expect(applied(folded(lines), side(lines, "-")).join("\n") + end).toBe(after);
    }),
    { numRuns: Number(process.env.RUNS ?? 100) },
  );
});

test.each([
  ["a\nb\nc\n", "a\nb\nc", ["-x: |", "+x: |-", "   a", "   b", "   c"]],
  ["a\nb", "a\nc\n", ["-x: |-", "+x: |", "   a", "-  b", "+  c"]],
])("of a text whose last line end comes or goes, the lines that stay stay", (before, after, expected) => {
  expect(diffSides({ x: before }, { x: after }).map(({ sign, text: line }) => sign + line)).toEqual(expected);
});
