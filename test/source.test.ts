import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folders = ["constructs", "operations", "schema", "stacks", "test"];
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

test("no source has more than 200 lines", () => {
  expect(sources.length).toBeGreaterThan(30);
  expect(sources.filter((file) => (text[file]?.split("\n").length ?? 0) > 201)).toEqual([]);
});

test("every construct has a test of its name", () => {
  const constructs = sources.filter((file) => file.startsWith("constructs/") && file !== "constructs/versions.ts");

  expect(constructs.filter((file) => !files.includes(`test/${file.replace(/\.ts$/, ".test.ts")}`))).toEqual([]);
});

test("imports point one way: main, stacks, constructs, schema; operations know settings, versions and names alone", () => {
  expect(
    offenders(
      sources.filter((file) => file.startsWith("constructs/")),
      /from "\.\.\/(?:stacks|settings|main)/,
    ),
  ).toEqual([]);
  expect(
    offenders(
      sources.filter((file) => file.startsWith("schema/")),
      /from "\.\.\//,
    ),
  ).toEqual([]);
  expect(
    offenders(
      sources.filter((file) => file.startsWith("operations/")),
      /from "(?:\.\.\/)+(?:constructs\/(?!versions"|flux-objects")|stacks|main)|from "(?:cdktf|constructs)"/,
    ),
  ).toEqual([]);
  expect(offenders(sources, /from "cdktf\/lib\/private/)).toEqual([]);
});

test("of a plan review, parsing, judging and rendering know nothing of each other's insides", () => {
  const part = (name: string) => sources.filter((file) => file.startsWith(`operations/review/${name}/`));

  expect(offenders(part("plan"), /from "\.\.\/(?!visible")/)).toEqual([]);
  expect(offenders(part("changes"), /from "\.\.\/(?!plan\/|report"|visible")/)).toEqual([]);
  expect(offenders(part("judge"), /from "\.\.\/(?!plan\/|changes\/|report"|visible")/)).toEqual([]);
  expect(offenders(part("forms"), /from "(?:\.\.\/)+(?:plan|changes|judge|origin)\//)).toEqual([]);
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
      sources.filter((file) => /^(?:constructs|schema|stacks)\//.test(file)),
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
