import { createHash } from "node:crypto";

import { html } from "../../../../operations/review/formats/html";
import type { Report } from "../../../../operations/review/report/report";
import { sampleReport } from "../../../support/report";
import { change, empty, finding, group, none, part, verdict, withTexts } from "../../../support/report-parts";

function page(report: Partial<Report>): string {
  return html({ ...empty, ...report }, { title: "Plan review", time: new Date("2026-11-23T15:20:00Z") });
}

/** A page of one stack's changes. */
function pageOf(...changes: Parameters<typeof change>[]): string {
  const made = changes.map((parameters) => change(...parameters));
  return page({ changes: [{ stack: "network", constructs: [group("vpc", ...made)], outputs: [] }] });
}

/** What a reader sees. */
function text(of: string): string {
  return decoded(of.replace(/<(style|script|title)>.*?<\/\1>/gs, "").replace(/<[^>]*>/g, ""));
}

function decoded(of: string): string {
  return of.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

function all(of: string, pattern: RegExp): string[] {
  return [...of.matchAll(pattern)].map(([, first = ""]) => decoded(first));
}

test("everything in a report is on its page", () => {
  const texts: string[] = [];
  withTexts(sampleReport(), (original) => `${texts.push(original)}`);
  const shown = text(page(sampleReport()));

  expect(texts.length).toBeGreaterThan(100);
  // What narrows is said in brief.
  expect(texts.filter((one) => !shown.includes(one) && one !== "access-narrower")).toEqual([]);
});

test("what matters most comes first", () => {
  const titles = all(page(sampleReport()), /<h2 id="(\w+)-/g);

  expect(titles).toEqual(["Danger", "Access", "Silenced", "Drift", "Changes", "Noise"]);
});

test("a report without anything in it says so, and asks nobody to filter it", () => {
  const idle = page({ stacks: [verdict("network", {})] });

  expect(text(idle)).toMatch(/Nothing to do\.\s+network\s+nothing to do/);
  expect(idle).not.toMatch(/<section|<search/);
});

test.each([
  ["a problem", { problem: { kind: "blocked" as const, what: "Not yet." } }],
  ["an output that changes", { outputs: 1 }],
  ["a resource that moves", { counts: { ...none, move: 1 } }],
  ["a check that failed", { failedChecks: [{ address: "check.a", messages: [] }] }],
  ["a resource that is put off", { deferred: ["aws_vpc.a"] }],
  ["an action of a provider's", { invocations: ["action.a.b"] }],
])("%s is not nothing", (_, more) => {
  expect(text(page({ stacks: [verdict("network", more)] }))).not.toMatch(/nothing to do/i);
});

test("a check that failed without a message says why there is none, and all remarks are on the page", () => {
  const deferred = Array.from({ length: 30 }, (_, index) => `aws_vpc.a[${index}]`);
  const shown = text(
    page({ stacks: [verdict("network", { deferred, failedChecks: [{ address: "check.a", messages: [] }] })] }),
  );

  expect(shown).toContain("a check fails, and its message is sensitive: check.a");
  expect(deferred.filter((address) => !shown.includes(`put off to a later plan: ${address}`))).toEqual([]);
});

test("what Terraform forgets is said to stay where it is", () => {
  expect(text(pageOf(["aws_vpc.a", "forget", {}]))).toContain("leaves the state and stays where it is");
});

const hostile = `</script></style>--><img src=x onerror="hit()">'"&amp;\u202e\u001b[31m`;

test("no text of a plan's becomes markup", () => {
  const structure = (of: string) => of.replace(/"[^"]*"/g, '""').replace(/>[^<]*</g, "><");

  expect(structure(page(withTexts(sampleReport(), () => hostile)))).toBe(
    structure(page(withTexts(sampleReport(), () => "harmless"))),
  );
});

test("text stays as it is, and what would not be seen is spelled out", () => {
  const shown = text(page(withTexts(sampleReport(), () => hostile)));

  expect(shown).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
  expect(shown).toContain(`</script></style>--><img src=x onerror="hit()">'"&amp;\\u{202e}\\u{1b}[31m`);
});

test("nothing but the page's own style and script is allowed, and nothing is loaded", () => {
  const sample = page(sampleReport());
  const [policy = ""] = all(sample, /Content-Security-Policy" content="([^"]*)"/g);
  const sha256 = (content = "") => createHash("sha256").update(content).digest("base64");

  expect(policy).toContain("default-src 'none'");
  expect(all(policy, /sha256-([^']+)/g)).toEqual([
    ...all(sample, /<style>(.*?)<\/style>/gs).map(sha256),
    ...all(sample, /<script>(.*?)<\/script>/gs).map(sha256),
  ]);
  expect(sample).not.toMatch(/\ssrc=|url\(|@import|\sstyle=|\son\w+=/);
  expect(all(sample, /href="([^"]*)"/g).filter((target) => !target.startsWith("#"))).toEqual([]);
});

test("every link leads to an element, and no two elements share an id", () => {
  const sample = page(sampleReport());
  const ids = all(sample, /\sid="([^"]*)"/g);
  const links = all(sample, /href="#([^"]*)"/g).map(decodeURIComponent);

  expect(new Set(ids).size).toBe(ids.length);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  expect(links).toContain("network/aws_subnet.private_a");
});

test("one address in two stacks is two places", () => {
  const both = page({
    changes: ["staging", "production"].map((stack) => ({
      ...{ stack, outputs: [], constructs: [group("", change("aws_vpc.a", "delete", {}))] },
    })),
    dangers: [finding("production", "aws_vpc.a", "delete", "It goes.", {})],
  });

  expect(all(both, /\sid="([^"]*aws_vpc.a)"/g)).toEqual(["staging/aws_vpc.a", "production/aws_vpc.a"]);
  expect(all(both, /href="#([^"]*aws_vpc.a)"/g)).toEqual(["production%2Faws_vpc.a"]);
});

test("a deposed object has a place beside the one that took its place", () => {
  const replaced = pageOf(["aws_vpc.a", "delete", { deposed: "8f3a21c0" }], ["aws_vpc.a", "update", {}]);

  expect(all(replaced, /\sid="([^"]*aws_vpc.a[^"]*)"/g)).toEqual([
    "network/aws_vpc.a (deposed 8f3a21c0)",
    "network/aws_vpc.a",
  ]);
});

const short = { parts: [part("name", "value", "-a", "+b")] };
const long = { parts: [part("values", "yaml", ...Array.from({ length: 50 }, (_, place) => `+line ${place}`))] };

test.each([
  ["is open, if it is short", "update", short, "open"],
  ["is folded, if it is longer than a screen", "update", long, "folded"],
  ["is folded, if it is all of a new resource", "create", short, "folded"],
  ["is folded, if it is all of what goes", "delete", short, "folded"],
  ["is folded, if a line says it all", "update", { ...short, summary: "tags" }, "folded"],
  ["has nothing to unfold, if a line is all there is", "update", { summary: "tags" }, undefined],
] as const)("a change %s", (_, action, more, folding) => {
  const [, attributes] = /<details class="item"([^>]*)>/.exec(pageOf(["aws_vpc.a", action, more])) ?? [];

  expect(attributes && (attributes.endsWith(" open") ? "open" : "folded")).toBe(folding);
});

test.each([
  [{ importing: "vpc-1" }, "import"],
  [{ previousAddress: "aws_vpc.b" }, "move"],
  [{}, "no-op"],
])("a resource that stays as it is, with %j: %s", (more, word) => {
  expect(text(pageOf(["aws_vpc.a", "no-op", more]))).toContain(`· ${word}`);
});

test("the path of a change stands once for the lines that follow each other", () => {
  const values = part("values", "yaml", "-a: 1 # x.a", "+a: 2 # x.a", " b: 1", "+c: 1 # x.c");

  expect(all(pageOf(["helm_release.a", "update", { parts: [values] }]), /<small>(x[^<]*)</g)).toEqual(["x.a", "x.c"]);
});

test("lines keep their order and their signs", () => {
  const file = part("content", "file", " a", " b", "-c", "+d", "…7", " e");
  const [diff = ""] = all(pageOf(["github_repository_file.a", "update", { parts: [file] }]), /<pre>(.*?)<\/pre>/gs);

  expect(diff.replace(/<\/\w+>/g, "\n").replace(/<[^>]*>/g, "")).toBe("a\nb\n- c\n+ d\n… 7 lines stay\ne\n");
});

test("what was found about access to one thing stands together, what narrows last and without a severity", () => {
  const narrow = { direction: "narrower", severity: "danger" } as const;
  const access = [
    finding("cluster", "aws_iam_policy.a", "update", "Less.", narrow),
    finding("cluster", "aws_iam_policy.b", "update", "Less.", narrow),
    finding("cluster", "aws_iam_policy.a", "update", "More.", { direction: "wider", severity: "caution" }),
  ];
  const [a = "", b = ""] = page({ access }).match(/<li class="item.*?<\/li>/gs) ?? [];

  expect(text(a)).toMatch(/aws_iam_policy\.a.*caution More\..*narrower: Less\./s);
  expect([a, b].flatMap((item) => all(item, /data-severity="(\w*)"/g))).toEqual(["caution", ""]);
});

test.each(["dangers", "access"] as const)("a change is as severe as the worst of its %s", (section) => {
  const severe = page({
    changes: [{ stack: "a", constructs: [group("", change("aws_vpc.a", "update", {}))], outputs: [] }],
    [section]: (["caution", "danger", "caution"] as const).map((severity) =>
      finding("a", "aws_vpc.a", "update", "It changes.", { severity }),
    ),
  });

  expect(all(severe, /data-address="aws_vpc.a"\s+data-severity="(\w*)"/g)).toEqual(["danger"]);
});

test("one tag on many resources is one line with a count, in which each address can be found", () => {
  const many = Array.from({ length: 39 }, (_, n) => change(`aws_vpc.a[${n}]`, "update", { summary: "tags: team: a" }));
  const made = page({ changes: [{ stack: "network", constructs: [group("vpc", ...many)], outputs: [] }] });

  expect(text(made).match(/team: a/g)).toHaveLength(1);
  expect(text(made)).toContain("39 resources tags: team: a");
  expect(all(made, /id="network\/aws_vpc\.a\[(\d+)\]"/g)).toHaveLength(39);
});

test("numbers in the bar and in the headline agree", () => {
  const dangers = [
    finding("network", "aws_vpc.a", "delete", "gone", {}),
    finding("network", "aws_vpc.b", "delete", "gone", { severity: "caution" }),
  ];
  const access = [
    finding("network", "aws_vpc.a", "update", "wider", { severity: "caution", direction: "wider" }),
    finding("network", "aws_vpc.a", "update", "narrower", { severity: "caution", direction: "narrower" }),
  ];
  const made = text(
    page({ dangers, access, changes: [{ stack: "network", constructs: [], outputs: [part("a", "value")] }] }),
  );

  expect(made).toMatch(/1 danger,\s+2 cautions,\s+1 change\./);
  expect(made).toMatch(/Danger 1 danger, 1 caution\s+Access 1 caution, 1 narrower\s+Changes 1/);
});

test("a page says where the plans belong", () => {
  const facts = ["account 111122223333, eu-central-1", "commit 0123abc"];

  expect(text(html(empty, { title: "Plan review", time: undefined, facts }))).toContain(facts.join("; "));
});
