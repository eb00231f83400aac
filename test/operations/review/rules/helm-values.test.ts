import { helmValues } from "../../../../operations/review/rules/helm-values";
import { Sensitive, Unknown, type ValueObject } from "../../../../operations/terraform/plan/value";

test.each<[string, ValueObject, unknown]>([
  ["JSON", { values: ['{"a": {"b": ["c"]}}'] }, { a: { b: ["c"] } }],
  ["YAML", { values: ["a:\n  b: [c]"] }, { a: { b: ["c"] } }],
  ["YAML with anchors", { values: ["a: &x { b: c }\nd: *x"] }, { a: { b: "c" }, d: { b: "c" } }],
  ["documents over each other", { values: ["a: { b: c, d: e }", "", "a: { b: f }"] }, { a: { b: "f", d: "e" } }],
  ["a list over a list", { values: ["a: [b, c]", "a: [d]"] }, { a: ["d"] }],
  ["a value that is taken away", { values: ["a: { b: c }", "a: null"] }, { a: null }],
  ["`set` over values", { values: ["a: { b: c }"], set: [{ name: "a.d", value: "e" }] }, { a: { b: "c", d: "e" } }],
  ["`set` of a name with dots", { set: [{ name: "a.b\\.c/d", value: "e" }] }, { a: { "b.c/d": "e" } }],
  ["`set_list`", { set_list: [{ name: "a.b", value: ["c", "d"] }] }, { a: { b: ["c", "d"] } }],
  ["numbers and switches", { values: ['{"a": true, "b": 443}'] }, { a: "true", b: "443" }],
  ["no values", { values: null, set: null }, {}],
  [
    "names of an object's own",
    { values: ["__proto__: { a: b }\nconstructor: c"] },
    JSON.parse('{"__proto__": {"a": "b"}, "constructor": "c"}'),
  ],
])("%s are read as Helm does", (_, release, values) => {
  expect(helmValues(release)).toEqual(values);
});

test.each<[string, ValueObject]>([
  ["all of them are not known yet", { values: new Unknown() }],
  ["one document is not known yet", { values: ["a: b", new Unknown()] }],
  ["one is no YAML", { values: ["a: b", "a: ["] }],
  ["one is several", { values: ["a: b\n---\na: c"] }],
  ["one is a list", { values: ["[a]"] }],
  ["one is hidden", { values: ["a: b", new Sensitive(false)] }],
])("values are unknown if %s", (_, release) => {
  expect(helmValues(release)).toBeInstanceOf(Unknown);
});

test("values that are hidden and change are not the same as before", () => {
  expect(helmValues({ values: [new Sensitive(false), new Sensitive(true)] })).toEqual(new Sensitive(true));
});

test("a hidden value of `set` hides itself alone", () => {
  const set = [
    { name: "a", value: new Sensitive(true) },
    { name: "b", value: "c" },
  ];

  expect(helmValues({ set })).toEqual({ a: new Sensitive(true), b: "c" });
});

test("a name of any depth can be read", () => {
  expect(() => helmValues({ set: [{ name: ".".repeat(100_000), value: "a" }] })).not.toThrow();
});
