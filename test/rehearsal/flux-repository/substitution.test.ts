import { substituted } from "../../../rehearsal/flux-repository/substitution";

const known = { values: { name: "web", empty: "" }, unknownSources: [] };

test.each([
  ["a variable", "a ${name} b", "a web b"],
  ["one that is set to nothing", "[${empty}]", "[]"],
  ["one that is set to nothing, whatever its default", "[${empty:=x}]", "[]"],
  ["one that nobody has set", "[${other}]", "[]"],
  ["a default", "${other:=x y} ${other:-z}", "x y z"],
  ["a default that is not needed", "${name:=x}", "web"],
  ["an escaped one, which is a text", "$${name}", "${name}"],
  ["a name without braces, which is none", "$name", "$name"],
])("%s is filled in as Flux does", (_, text, filled) => {
  expect(substituted(text, known)).toEqual({ text: filled, unknown: [] });
});

test("where a source is not known, a variable without another value is not either, whatever its default", () => {
  const variables = { ...known, unknownSources: ["Secret flux-system/tokens"] };

  expect(substituted("${name} ${token:=x} ${token}", variables).unknown).toEqual(["token"]);
});

test("an expression that only Flux knows is not guessed at", () => {
  expect(substituted("${name/w/W}", known).unknown).toEqual(["name/w/W"]);
});
