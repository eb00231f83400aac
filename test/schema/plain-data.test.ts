import { type Changes, check } from "./mistakes";

const repository = (changes: object): Changes => ({ repository: { owner: "acme", name: "clusters", ...changes } });

test.each([
  ["a control character of the second kind", repository({ branch: "a\u0085b" }), "repository.branch", "U+0085"],
  ["the last of them", repository({ branch: "a\u009f" }), "repository.branch", "U+009F"],
  ["half of a surrogate pair", repository({ branch: "a\ud83d" }), "repository.branch", "U+D83D"],
  ["a code point that is no character", repository({ branch: "a\ufdd0" }), "repository.branch", "U+FDD0"],
  ["the last code point", repository({ branch: "\u{10ffff}" }), "repository.branch", "U+10FFFF"],
])("%s is refused in text", (_, changes, path, code) => {
  expect(check(changes).problems).toEqual([
    expect.stringMatching(
      `^clusters\\[0\\]\\.${path}: '.*' holds ${code.replace("+", "\\+")}, which is no character that people see; leave it out$`,
    ),
  ]);
});

test.each([
  ["a key that is no text", { tags: { "a\u0000": "b" } }, ["has a key that AWS refuses"]],
  [
    "a tabulator in a value, of which the tags' own rule says more",
    { tags: { Team: "a\tb" } },
    ["is a value that AWS refuses"],
  ],
  ["an unknown setting with a control character", { "zones\u0080": [] }, ["unknown setting; did you mean 'zones'?"]],
])("of one place one thing is said: %s", (_, changes, words) => {
  expect(check(changes).problems).toEqual(words.map((word) => expect.stringContaining(word)));
});

test.each<[string, Changes, string]>([
  ["a date", { nodes: new Date(0) }, "clusters[0].nodes: 1970-01-01T00:00:00.000Z is a Date; write settings as plain"],
  ["a promise", { nodes: Promise.resolve({}) }, "clusters[0].nodes: Promise { {}"],
  ["a regular expression", { nodes: /x/ }, "clusters[0].nodes: /x/ is a RegExp; write settings as plain objects"],
  ["a map", { nodes: new Map([["minSize", 3]]) }, "clusters[0].nodes: Map(1) { 'minSize' => 3 } is a Map; write"],
])("%s is no group of settings", (_, changes, beginning) => {
  const { problems } = check(changes);

  expect(problems.map((problem) => problem.slice(0, beginning.length))).toEqual([beginning]);
});

test.each([
  [
    "of tags, which would leave it out",
    { tags: JSON.parse('{ "__proto__": "x" }') },
    "tags.__proto__: is no name for a setting",
  ],
  ["of a group", { nodes: JSON.parse('{ "__proto__": {} }') }, "nodes.__proto__: unknown setting; take one of"],
  ["of a cluster", JSON.parse('{ "__proto__": {} }'), "__proto__: unknown setting; take one of"],
])("an own key __proto__ is refused: one %s", (_, changes, words) => {
  expect(check(changes).problems).toEqual([expect.stringContaining(`clusters[0].${words}`)]);
});

test("settings that go round in circles are refused as what they are", () => {
  const nodes: Record<string, unknown> = {};
  nodes["nodes"] = nodes;

  expect(check({ nodes }).problems).toEqual([expect.stringContaining("nodes.nodes: unknown setting; take one of")]);
});

test("an object without a prototype is a plain one", () => {
  expect(check({ tags: Object.assign(Object.create(null), { Team: "platform" }) }).problems).toEqual([]);
});
