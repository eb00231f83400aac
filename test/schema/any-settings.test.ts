import fc from "fast-check";
import { parse } from "yaml";
import { yamlText } from "../../constructs/flux-objects";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkSettings } from "../../schema/settings";

const anything = fc.anything({
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withBigInt: true,
});
const settings = Object.keys(demoWith()).concat("nodes", "backend", "tags", "newInAws", "colour");

/** Every problem is one line of a length that people read, and says where it is. */
function expectLines(problems: readonly string[]): void {
  expect(problems.filter((line) => !/^clusters\b/.test(line) || line.length > 1_500)).toEqual([]);
  expect(problems.filter((line) => /\n/.test(line))).toEqual([]);
}

test("whatever the list of clusters is, it is taken or refused in lines", () => {
  fc.assert(
    fc.property(fc.oneof(anything, fc.array(anything)), (given) => {
      const { clusters, problems } = checkSettings(given as never);

      expectLines(problems);
      expect([clusters, problems].filter(({ length }) => length > 0)).toHaveLength(1);
    }),
  );
});

test("whatever a setting is, it is taken or refused in lines, and what is taken is plain data", () => {
  fc.assert(
    fc.property(fc.constantFrom(...settings), fc.oneof(anything, fc.array(anything)), (name, value) => {
      const { clusters, problems } = checkSettings([{ ...demoWith(), [name]: value }]);

      expectLines(problems);
      expect(structuredClone(clusters)).toEqual(clusters);
      expect(JSON.parse(JSON.stringify(clusters))).toEqual(clusters);
    }),
  );
});

test("the name of a cluster is text to all who read YAML 1.1 without quotes", () => {
  const parts = fc.array(fc.constantFrom(..."0123456789abefnoxy-".split("")), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(parts, (letters) => {
      const name = letters.join("");
      // The library takes these for numbers without digits, and Kubernetes' parser for text.
      fc.pre(!/^e-?\d+$/.test(name));

      fc.pre(checkSettings([demoWith({ name })]).problems.length === 0);
      expect(parse(name, { version: "1.1" })).toBe(name);
    }),
    { numRuns: 200 },
  );
});

test("a branch that is taken reads back from Flux's files, in either YAML", () => {
  const pieces = fc.constantFrom(
    "0x",
    "0X",
    "1F",
    "0b",
    "0B",
    "0o",
    "1",
    "07",
    "_",
    ".",
    "e",
    "E",
    "+",
    "-",
    "on",
    "No",
    "~",
    "é",
    "#",
    "/",
    " ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (some) => {
      const branch = some.join("");

      fc.pre(
        checkSettings([demoWith({ repository: { owner: "acme", name: "clusters", branch } })]).problems.length === 0,
      );
      for (const version of ["1.1", "1.2"] as const) {
        expect(parse(yamlText([{ branch }]), { version })).toEqual({ branch });
      }
    }),
    { numRuns: 200 },
  );
});
