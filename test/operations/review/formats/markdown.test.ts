import { markdown } from "../../../../operations/review/formats/markdown";
import type { Report } from "../../../../operations/review/report/report";
import { sampleReport } from "../../../support/report";
import { change, empty, finding, group, part, verdict, withTexts } from "../../../support/report-parts";

function many<Item>(count: number, item: (n: number) => Item): Item[] {
  return Array.from({ length: count }, (_, n) => item(n));
}

function changesOf(...changes: ReturnType<typeof change>[]): Report {
  return {
    ...empty,
    stacks: [verdict("network", {})],
    changes: [{ stack: "network", constructs: [group("a", ...changes)], outputs: [] }],
  };
}

/** A part of so many new lines. */
function lines(count: number, length = 10) {
  return part("a", "value", ...many(count, (n) => `+${String(n).padEnd(length, "x")}`));
}

test("a comment begins with the marker by which a bot finds it, whatever is in it", () => {
  for (const report of [empty, sampleReport(), withTexts(sampleReport(), () => "x")]) {
    expect(markdown(report)).toMatch(/^<!-- plan-review -->\n/);
  }
});

test("everything in a report is said, in the order of its weight", () => {
  const texts: string[] = [];
  withTexts(sampleReport(), (text) => {
    texts.push(text);
    return text;
  });
  const text = markdown(sampleReport()).replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&");

  // The rules' ids, a file's attribute, whose name stands for it, and the path of what is at the top.
  const unsaid = ["a-rule", "access-wider", "access-narrower", "content", "Action"];
  expect(texts.filter((one) => !text.includes(one) && !unsaid.includes(one))).toEqual([]);
  expect([...text.matchAll(/^### (\w+)/gm)].map(([, title]) => title)).toEqual([
    ...["Danger", "Access", "Silenced", "Drift", "Changes", "Changes", "Changes"],
  ]);
});

test("a report without anything to read is one line", () => {
  expect(markdown({ ...empty, stacks: [verdict("network", {}), verdict("cluster", {})] })).toBe(
    `<!-- plan-review -->\n## Plan review\n\nNothing to do: \`network\`, \`cluster\`.\n`,
  );
});

test("a diff is folded under its address, and marked so that it is coloured", () => {
  const text = markdown(changesOf(change("aws_vpc.a", "update", { parts: [part("b", "value", "-b: 1", "+b: 2")] })));

  expect(text).toContain(
    "<details><summary><code>~ aws_vpc.a</code></summary>\n\n`b`\n\n```diff\n- b: 1\n+ b: 2\n```\n\n</details>",
  );
});

const long = "x".repeat(70_000);

test.each<[string, Report, RegExp]>([
  [
    "many changes",
    changesOf(...many(3000, (n) => change(`aws_vpc.a[${n}]`, "create", { parts: [lines(10)] }))),
    /\d+ changes/,
  ],
  [
    "many dangers",
    { ...empty, dangers: many(2000, (n) => finding("a", `aws_vpc.a[${n}]`, "delete", "it is destroyed", {})) },
    /dangers/,
  ],
  [
    "much noise",
    {
      ...changesOf(change("a.b", "create", {})),
      noise: many(5000, (n) => ({ stack: "a", address: `aws_vpc.a[${n}]`, why: "same" })),
    },
    /Left out: noise\./,
  ],
  ["many stacks", { ...empty, stacks: many(3000, (n) => verdict(`stack-${n}`, { outputs: 1 })) }, /tables of stacks/],
  ["what none can read", withTexts(sampleReport(), (text) => text + long), /dangers/],
])("a comment stays under GitHub's limit with %s, and says what is left out", (_, report, leftOut) => {
  const text = markdown(report);

  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/\n\*\*Cut.*Left out: .*--format html/);
  expect(text).toMatch(leftOut);
});

test.each<[string, Report, RegExp]>([
  ["a long diff", changesOf(change("a.b", "create", { parts: [lines(20_000)] })), /… \d+ more lines/],
  ["a long line", changesOf(change("a.b", "create", { parts: [lines(1, 100_000)] })), /… \d+ more characters/],
  [
    "a long message",
    { ...empty, stacks: [verdict("a", { failedChecks: [{ address: "check.a", messages: [long] }] })] },
    /… \d+ more characters/,
  ],
  [
    "much that is put off",
    { ...empty, stacks: [verdict("a", { deferred: many(3000, (n) => `aws_vpc.a[${n}]`) })] },
    /and 2990 more/,
  ],
  [
    "a long address",
    { ...empty, dangers: [finding("network", `aws_vpc.a["${long}"]`, "delete", "it is destroyed", {})] },
    /… \d+ more characters/,
  ],
  [
    "much access at one address",
    { ...empty, access: many(5000, (n) => finding("a", "aws_iam_policy.a", "update", `allowed now: s3:A${n}`, {})) },
    /… \d+ more lines/,
  ],
])("%s alone is shortened, and all else stays", (_, report, shortened) => {
  const last = { stack: "network", address: "the.last", why: "same" };
  const text = markdown({ ...report, noise: [last] });

  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(shortened);
  expect(text).toContain("the.last");
  expect(text).not.toContain("Left out");
});

test("what is left out is the least important: all that is before it is whole", () => {
  const report = changesOf(...many(5000, (n) => change(`aws_vpc.a[${n}]`, "create", { parts: [lines(1)] })));
  const text = markdown({
    ...report,
    dangers: [finding("network", "aws_vpc.main", "delete", "it is destroyed", {})],
    noise: [{ stack: "a", address: "b", why: "c" }],
  });
  const shown = [...text.matchAll(/<summary><code>\+ aws_vpc\.a\[(\d+)\]/g)].map(([, n]) => Number(n));

  expect(text).toContain("`aws_vpc.main`");
  expect(shown).toEqual(shown.map((_, index) => index));
  expect(text).toContain(`Left out: ${5000 - shown.length} changes, noise.`);
});

test("no title stands over what was left out", () => {
  const report = { ...empty, stacks: [verdict("a", { outputs: 1 })], dangers: [finding("a", "b", "delete", long, {})] };

  expect(markdown(report)).not.toContain("### Danger");
});

/** Markdown without code, in which nothing counts: what is left is structure. */
function structure(text: string): string {
  const blocks = text.replace(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, "(diff)").replace(/<code>[^<>]*<\/code>/g, "(code)");
  // GitHub divides a row into cells first; a backslash takes what follows it along.
  const rows = blocks.replace(/^\|.*\|$/gm, (row) => row.replace(/\\.|\|/g, (found) => (found === "|" ? "\n|" : "/")));
  return rows.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, "(code)");
}

/** A report whose texts are all this one; the dates are of a file that was reviewed. */
function reportOf(hostile: string): string {
  return markdown(withTexts(sampleReport(), (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : hostile)));
}

const harmless = structure(reportOf("a*b"));

test.each([
  ["HTML", "</code></summary></details><img src=x onerror=hit()>--><script>hit()</script>"],
  ["emphasis", "a _i_"],
  ["Markdown", "**b** [a](https://example.com) ![i](https://example.com/i.png) # h > q"],
  ["mentions", "@user @org/team #1 GH-1 owner/repo#1"],
  ["addresses", "see https://example.com"],
  ["addresses without a scheme", "see www.example.com"],
  ["an emoji's name", "good :eyes: bad"],
  ["a title", "# Danger"],
  ["code", "`"],
  ["more code", "``` `` `a` ````"],
  ["a fence", "a\n```\n# Danger"],
  ["a fence of tildes", "~~~"],
  ["a cell's end", "a | b | **c**"],
  ["an escaped cell's end", "a\\| **b** | c"],
  ["a twice escaped cell's end", "a\\\\| **b** | c"],
  ["lines", "a\n\n# Danger\r\n\u2028> b"],
  ["the marker", "<!-- plan-review -->"],
  ["a terminal's codes", "\u001b[2J\u009b1m"],
  ["right-to-left marks", "\u202egnp.exe\u2066"],
  ["what has no width", "\u200b\u{e0001}\ufeff"],
])("no text of a plan becomes Markdown: %s", (_, hostile) => {
  const text = reportOf(hostile);

  expect(structure(text)).toBe(harmless);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
});

// cmark reads no code span between more than 80 backticks, and keeps a fence's length in a byte.
test.each([79, 80, 81, 254, 255, 256, 300, 5000])("not even with %d backticks", (count) => {
  const text = reportOf(`${"`".repeat(count)} @user ![i](https://example.com/i.png)`);
  // Between HTML's own tags nothing is Markdown.
  const runs = [...text.replaceAll(/<code>[^<>]*<\/code>/g, "").matchAll(/`+/g)].map(([run]) => run.length);

  expect(structure(text)).toBe(harmless);
  expect(Math.max(...runs)).toBeLessThan(80);
});

test("sentences stay sentences, and a word of Terraform's does not change that", () => {
  const facts = change("a.b", "delete", { reason: "its key is in for_each no more" });

  expect(markdown(changesOf(facts))).toContain("\n- its key is in for_each no more\n");
});

test.each(["- a", "1. a", "---", "    a"])(
  "no text of a plan begins a line as it is if it would be more than words: '%s'",
  (text) => {
    const lines = structure(reportOf(text))
      .split("\n")
      .map((line) => line.replace(/^ *- /, ""));

    expect(lines.filter((line) => line.startsWith(text))).toEqual([]);
  },
);
