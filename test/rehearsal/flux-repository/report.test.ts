import { hasRefusals, reportText } from "../../../rehearsal/flux-repository/report";

const collection = { objects: [], broken: [], left: [] };
const judgement = { taken: 1, refused: [], warnings: [], unknown: [] };

test("where all is taken, that is all that is said", () => {
  expect(reportText("title", collection, judgement)).toBe(
    "title\n1 object taken, 0 refused, 0 warnings, 0 not judged\n",
  );
});

test("what a server says of a file of strangers moves no cursor", () => {
  const refused = [{ file: "a\u001b[2J.yaml", object: "ConfigMap a/b", words: "bad\u202e\nworse" }];

  expect(
    reportText("title", collection, { ...judgement, refused })
      .split("\n")
      .slice(1, 4),
  ).toEqual(["refused  a\\u{1b}[2J.yaml  ConfigMap a/b", "  bad\\u{202e}", "  worse"]);
});

test.each([
  ["a file that Flux cannot read is as bad as an object that is refused", { broken: 1 }, true],
  ["an object that is refused is", { refused: 1 }, true],
  ["what is not judged, and a warning, are not", { left: 1, warnings: 1, unknown: 1 }, false],
])("%s", (_, counts: Readonly<Record<string, number>>, expected) => {
  const remarks = (name: string) =>
    Array.from({ length: counts[name] ?? 0 }, () => ({ file: "a.yaml", object: undefined, words: "x" }));
  const found = { ...collection, broken: remarks("broken"), left: remarks("left") };
  const said = {
    ...judgement,
    ...{ refused: remarks("refused"), warnings: remarks("warnings"), unknown: remarks("unknown") },
  };

  expect(hasRefusals(found, said)).toBe(expected);
});
