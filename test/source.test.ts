import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const folders = [
  "constructs",
  "examples",
  "operations",
  "platform",
  "rehearsal",
  "releases",
  "schema",
  "scripts",
  "stacks",
  "test",
];
const files = [
  ...readdirSync(".").filter((name) => name.endsWith(".ts")),
  ...folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  ),
];
const sources = files.filter((file) => !file.startsWith("test/"));
const text = Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")]));

function offenders(candidates: readonly string[], pattern: RegExp): string[] {
  return candidates.filter((file) => pattern.test(text[file] ?? ""));
}

test("no provider is imported as a whole: one such import costs every run a second and a half", () => {
  expect(offenders(files, /from ["']@cdktf\/provider-[a-z]+["']/)).toEqual([]);
});

test("no program imports the clusters by name: where settings.ts exports none, the bundler would say so in its own words", () => {
  expect(offenders(sources, /import \{[^}]*\} from ["'](?:\.\.?\/)+settings["']/)).toEqual([]);
});

test("no source has more than 200 lines", () => {
  expect(sources.length).toBeGreaterThan(30);
  expect(sources.filter((file) => (text[file]?.split("\n").length ?? 0) > 201)).toEqual([]);
});

test("every construct has a test of its name", () => {
  const constructs = sources.filter((file) => file.startsWith("constructs/"));

  expect(constructs.filter((file) => !files.includes(`test/${file.replace(/\.ts$/, ".test.ts")}`))).toEqual([]);
});

/** Folders, or single files, and what of the others each may import. What is not listed may be imported by nobody. */
const floors: Readonly<Record<string, readonly string[]>> = {
  "platform/": [],
  "releases/": [],
  "schema/": ["releases/", "platform/"],
  "settings.ts": ["schema/"],
  "examples/": ["schema/"],
  "constructs/": ["schema/", "releases/", "platform/"],
  "stacks/": ["constructs/", "schema/", "releases/", "platform/"],
  "main.ts": ["stacks/", "settings.ts", "schema/", "platform/"],

  "operations/command/": ["settings.ts", "schema/", "platform/"],
  "operations/aws/": ["operations/command/", "platform/"],
  "operations/github/": ["operations/command/", "schema/", "platform/"],
  "operations/kubernetes/": ["operations/aws/", "operations/command/", "schema/", "platform/"],
  "operations/terraform/": ["operations/terraform/plan/", "operations/command/", "platform/"],
  "operations/terraform/plan/": ["operations/command/", "platform/"],
  "operations/hcp/": ["operations/command/", "platform/"],
  "operations/connection.ts": [
    "operations/kubernetes/",
    "operations/hcp/",
    "operations/github/",
    "operations/aws/",
    "operations/command/",
    "schema/",
    "platform/",
  ],
  "operations/review/main.ts": [
    "operations/review/serve/",
    "operations/review/sources/",
    "operations/review/",
    "operations/hcp/",
    "operations/terraform/",
    "operations/command/",
  ],
  "operations/review/serve/": [
    "operations/review/",
    "operations/review/formats/",
    "operations/review/report/",
    "operations/terraform/plan/",
    "operations/command/",
    "platform/",
  ],
  "operations/review/": [
    "operations/review/sources/",
    "operations/review/formats/",
    "operations/review/rules/danger/",
    "operations/review/rules/access/",
    "operations/review/rules/",
    "operations/review/diff/",
    "operations/review/report/",
    "operations/hcp/",
    "operations/terraform/",
    "operations/terraform/plan/",
    "operations/command/",
    "platform/",
  ],
  "operations/review/sources/": [
    "operations/hcp/",
    "operations/terraform/",
    "operations/terraform/plan/",
    "operations/aws/",
    "operations/command/",
    "platform/",
  ],
  "operations/review/formats/": ["operations/review/report/", "operations/command/", "platform/"],
  "operations/review/rules/": [
    "operations/review/diff/",
    "operations/review/report/",
    "operations/terraform/plan/",
    "platform/",
  ],
  "operations/review/rules/danger/": [
    "operations/review/rules/",
    "operations/review/diff/",
    "operations/review/report/",
    "operations/terraform/plan/",
    "platform/",
  ],
  "operations/review/rules/access/": [
    "operations/review/rules/",
    "operations/review/diff/",
    "operations/review/report/",
    "operations/terraform/plan/",
    "platform/",
  ],
  "operations/review/diff/": ["operations/review/report/", "operations/terraform/plan/", "platform/"],
  "operations/review/report/": [],
  "operations/verify/main.ts": [
    "operations/verify/checks/",
    "operations/verify/",
    "operations/connection.ts",
    "operations/command/",
  ],
  "operations/verify/answers/": [
    "operations/connection.ts",
    "operations/kubernetes/",
    "operations/aws/",
    "operations/command/",
    "releases/",
    "platform/",
    "schema/",
  ],
  "operations/verify/checks/": [
    "operations/verify/",
    "operations/verify/answers/",
    "operations/kubernetes/",
    "operations/aws/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
    "schema/",
  ],
  "operations/verify/": [
    "operations/verify/answers/",
    "operations/connection.ts",
    "operations/kubernetes/",
    "operations/aws/",
    "operations/command/",
    "releases/",
    "platform/",
    "schema/",
  ],
  "operations/hubble/": ["operations/connection.ts", "operations/kubernetes/", "operations/command/", "platform/"],
  "operations/teardown/main.ts": [
    "operations/teardown/teardown.ts",
    "operations/teardown/",
    "operations/hcp/",
    "operations/terraform/",
    "operations/command/",
    "schema/",
    "platform/",
  ],
  "operations/teardown/teardown.ts": [
    "operations/teardown/preview.ts",
    "operations/teardown/steps/",
    "operations/teardown/",
    "operations/connection.ts",
    "operations/command/",
    "platform/",
  ],
  "operations/teardown/preview.ts": [
    "operations/teardown/steps-in-order.ts",
    "operations/teardown/steps/",
    "operations/teardown/",
    "operations/connection.ts",
    "operations/command/",
    "platform/",
  ],
  "operations/teardown/steps-in-order.ts": [
    "operations/teardown/steps/",
    "operations/teardown/",
    "operations/terraform/",
  ],
  "operations/teardown/steps/": [
    "operations/teardown/",
    "operations/terraform/",
    "operations/terraform/plan/",
    "operations/connection.ts",
    "operations/kubernetes/",
    "operations/aws/",
    "operations/command/",
    "platform/",
  ],
  "operations/teardown/": [
    "operations/hcp/",
    "operations/terraform/",
    "operations/terraform/plan/",
    "operations/connection.ts",
    "operations/kubernetes/",
    "operations/aws/",
    "operations/command/",
    "platform/",
    "schema/",
  ],
  "operations/upgrade/main.ts": [
    "operations/upgrade/readiness/check-readiness.ts",
    "operations/upgrade/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
  ],
  "operations/upgrade/": ["operations/verify/", "operations/command/", "schema/", "releases/", "platform/"],
  "operations/upgrade/readiness/check-readiness.ts": [
    "operations/upgrade/readiness/checks/",
    "operations/verify/",
    "operations/connection.ts",
    "operations/command/",
    "schema/",
    "releases/",
  ],
  "operations/upgrade/readiness/checks/": [
    "operations/upgrade/readiness/",
    "operations/verify/checks/",
    "operations/verify/",
    "operations/verify/answers/",
    "operations/terraform/",
    "operations/terraform/plan/",
    "operations/kubernetes/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
  ],
  "operations/upgrade/readiness/": [
    "operations/verify/",
    "operations/hcp/",
    "operations/kubernetes/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
  ],
  "operations/workspaces/": ["operations/hcp/", "operations/command/", "schema/", "platform/"],
  "operations/repair/": [
    "operations/repair/existing.ts",
    "operations/repair/finders/",
    "operations/teardown/",
    "operations/terraform/",
    "operations/terraform/plan/",
    "operations/connection.ts",
    "operations/command/",
    "platform/",
    "schema/",
  ],
  "operations/repair/finders/": [
    "operations/repair/existing.ts",
    "operations/teardown/",
    "operations/terraform/plan/",
    "operations/connection.ts",
    "operations/kubernetes/",
    "operations/github/",
    "operations/aws/",
    "operations/command/",
    "schema/",
  ],
  "operations/repair/existing.ts": ["operations/teardown/", "operations/terraform/plan/", "operations/connection.ts"],
  "rehearsal/control/": [],
  "rehearsal/github/main.ts": ["rehearsal/github/server/", "rehearsal/github/rest/", "rehearsal/github/repositories/"],
  "rehearsal/github/server/": ["rehearsal/github/rest/", "rehearsal/github/repositories/", "rehearsal/control/"],
  "rehearsal/github/rest/": ["rehearsal/github/repositories/"],
  "rehearsal/github/repositories/": [],
  "rehearsal/hcp/main.ts": ["rehearsal/hcp/hcp.ts", "rehearsal/hcp/records/"],
  "rehearsal/hcp/hcp.ts": ["rehearsal/hcp/server/", "rehearsal/hcp/runs/", "rehearsal/hcp/records/"],
  "rehearsal/hcp/server/": [
    "rehearsal/hcp/rest/",
    "rehearsal/hcp/runs/",
    "rehearsal/hcp/records/",
    "rehearsal/control/",
  ],
  "rehearsal/hcp/rest/": ["rehearsal/hcp/runs/", "rehearsal/hcp/records/"],
  "rehearsal/hcp/runs/": ["rehearsal/hcp/records/"],
  "rehearsal/hcp/records/": [],
  "rehearsal/setup/": ["operations/command/", "releases/", "platform/"],
  "rehearsal/kubernetes/": ["rehearsal/setup/", "operations/command/"],
  "rehearsal/charts/": ["rehearsal/setup/", "releases/", "platform/"],
  "rehearsal/terraform/": ["operations/command/", "schema/", "releases/", "platform/"],
  "rehearsal/world/": [
    "rehearsal/world/controllers/",
    "rehearsal/world/objects/",
    "rehearsal/terraform/",
    "rehearsal/charts/",
    "rehearsal/kubernetes/",
    "rehearsal/setup/",
    "operations/kubernetes/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
  ],
  "rehearsal/change/": [
    "rehearsal/world/",
    "rehearsal/terraform/",
    "rehearsal/setup/",
    "operations/review/",
    "operations/terraform/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
  ],
  "rehearsal/life/": [
    "rehearsal/change/",
    "rehearsal/world/",
    "rehearsal/terraform/",
    "operations/review/",
    "operations/review/report/",
    "operations/command/",
    "settings.ts",
    "schema/",
    "releases/",
    "platform/",
  ],
  "scripts/": [
    "operations/review/",
    "operations/teardown/",
    "operations/command/",
    "schema/",
    "releases/",
    "platform/",
  ],
};

/** What a file imports of ours, by the names of the files. */
function imports(file: string): string[] {
  const specifiers = [...(text[file] ?? "").matchAll(/(?:\bfrom |\bimport\(|^import )"(\.[^"]*)"/gm)];
  return specifiers
    .map(([, specifier = ""]) => normalize(join(dirname(file), `${specifier}.ts`)))
    .filter((target) => files.includes(target));
}

/** The longest entry of the table that a file stands under. */
function floorOf(file: string): string | undefined {
  return Object.keys(floors)
    .filter((floor) => file.startsWith(floor))
    .sort((one, other) => other.length - one.length)[0];
}

test("imports point one way: each folder stands on the floors that its row of the table names", () => {
  expect(sources.filter((file) => floorOf(file) === undefined)).toEqual([]);
  expect(
    sources.flatMap((file) =>
      imports(file)
        .filter((target) => {
          const [from = "", to = ""] = [file, target].map(floorOf);
          return from !== to && !floors[from]?.includes(to);
        })
        .map((target) => `${file} -> ${target}`),
    ),
  ).toEqual([]);
});

test("no file imports itself by way of others", () => {
  const reach = (file: string, seen: Set<string>): Set<string> => {
    for (const target of imports(file).filter((one) => !seen.has(one))) {
      reach(target, seen.add(target));
    }
    return seen;
  };

  expect(sources.filter((file) => reach(file, new Set()).has(file))).toEqual([]);
});

test("operations load no CDKTF, and nothing knows its insides", () => {
  const plain = sources.filter((file) => /^(?:operations|platform|rehearsal|schema|scripts)\//.test(file));

  expect(offenders(plain, /from "(?:cdktf|constructs|@cdktf\/[^"]*)"/)).toEqual([]);
  expect(offenders(sources, /from "cdktf\/lib\/private/)).toEqual([]);
});

test("overrides stand where the stacks and their providers are made, and nowhere else", () => {
  expect(offenders(sources, /addOverride/).sort()).toEqual(["constructs/providers.ts", "stacks/platform-stack.ts"]);
});

test("types are not talked out of their doubts", () => {
  expect(offenders(sources, /\bas any\b|: any\b|as unknown as|@ts-ignore|@ts-expect-error/)).toEqual([]);
});

test("the environment is read by programs alone", () => {
  expect(
    offenders(
      sources.filter((file) => /^(?:constructs|platform|schema|stacks)\//.test(file)),
      /process\.env/,
    ),
  ).toEqual([]);
});

test("every default of an optional member is documented", () => {
  const optional = sources.flatMap((file) =>
    [...(text[file] ?? "").matchAll(/(?:\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*)?readonly \w+\?:/g)].map(([match, docs]) => ({
      file,
      match,
      docs,
    })),
  );

  expect(optional.length).toBeGreaterThan(0);
  expect(
    optional.filter(({ docs }) => !docs?.includes("@default")).map(({ file, match }) => `${file}: ${match}`),
  ).toEqual([]);
});

test("pages of docs/ that sources name are there", () => {
  // Those of others are called theirs: "its docs/tagging.md".
  const named = files.flatMap((file) => text[file]?.match(/(?<!its )\bdocs\/[\w.-]+\.(?:md|json)\b/g) ?? []);

  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((page) => !existsSync(page))).toEqual([]);
});
