import { readFileSync } from "node:fs";

import { newestRelease } from "../releases/all";
import { bindings, componentProblems, incompatibilities } from "../releases/compatibility";
import { type ComponentName, componentNames, componentTitles, type Release } from "../releases/release";
import {
  configuration,
  configurationText,
  filesWithPins,
  finders,
  type Place,
  placesFound,
  withoutComments,
} from "./support/renovate";

/** What looks like a version in files with pins, and is none: which file or line, and why. */
const noPins: readonly (readonly [where: RegExp, reason: string])[] = [
  [/^package\.json: {3}"version"/, "this project's own"],
  [/^\.github\/ISSUE_TEMPLATE\//, "an example of this project's own"],
  [/^releases\/(?!next\.ts)/, "sets that clusters have, which do not change, and what is known of versions"],
  [/^rehearsal\/setup\/upstream\//, "modules of releases, whose folders `npm run release` begins"],
  [/^rehearsal\/kubernetes\/kubelab\/\d/, "the Kubernetes of older releases, which does not change"],
  [/^operations\/upgrade\//, "what upstream says of versions that were crossed"],
  [
    /^rehearsal\/(?:aws\/emulator|change|hcp|life|world\/objects)\//,
    "what stand-ins say that they are, and what is made up",
  ],
  [/^rehearsal\/charts\/render\/main\.go: /, "the Kubernetes for which a chart is rendered if nobody says"],
  [
    /^scripts\/aws-tables\.ts: /,
    "of which SDK tables were written; test/scripts/aws-tables.test.ts compares them with what is installed",
  ],
  [/^test\/(?!.*requirements\.in: )/, "what tests make up"],
  [/^docs\/decisions\/(?!.*npm:)/, "history"],
  [/ \/\/ indirect$/, "what `go mod tidy` reckons from the modules above"],
];

/** Three numbers or more; four alone are an address. */
const versionLike = /(?<![\w.])v?\d+(?:\.\d+){2,}(?:[.+-]?\w+)*/g;
const address = /^\d+(?:\.\d+){3}$/;

interface Pin extends Place {
  /** `package.json:   "version": "0.1.0"` */
  readonly line: string;
}

function pinsOf(file: string, text: string): Pin[] {
  // Kubernetes has two numbers, and Node one.
  const pattern = file === "releases/next.ts" ? /(?<=version: ")[^"]+/g : file === ".nvmrc" ? /\S+/g : versionLike;
  const matches = [...withoutComments(file, text).matchAll(pattern)].filter(([version]) => !address.test(version));
  return matches.map((match) => {
    const lineStart = text.lastIndexOf("\n", match.index) + 1;
    const line = text.slice(lineStart, text.indexOf("\n", match.index));
    return { file, start: match.index, end: match.index + match[0].length, line: `${file}: ${line}` };
  });
}

const pins = filesWithPins().flatMap((file) => {
  const text = readFileSync(file, "utf8");
  const found = placesFound(file, text);
  return pinsOf(file, text)
    .filter(({ line }) => !noPins.some(([where]) => where.test(line)))
    .map((pin) => ({
      line: pin.line,
      managers: found.filter(({ start, end }) => start < pin.end && end > pin.start).map(({ manager }) => manager),
    }));
});

test("no version is there that no manager finds, and none that two do", () => {
  expect(pins.length).toBeGreaterThan(100);
  expect(pins.filter(({ managers }) => managers.length !== 1)).toEqual([]);
});

test("every manager finds something", () => {
  const finding = new Set(pins.flatMap(({ managers }) => managers));

  expect(
    finders()
      .map(({ manager }) => manager)
      .filter((manager) => !finding.has(manager)),
  ).toEqual([]);
});

test("each part of a release and each provider is found in the next release, and in no release that clusters may have", () => {
  const parts = componentNames.length + Object.keys(newestRelease.providers).length;
  const places = (file: string) => placesFound(file, readFileSync(file, "utf8"));

  expect(places("releases/next.ts")).toHaveLength(parts);
  expect(places(`releases/${newestRelease.name}.ts`)).toEqual([]);
  expect(configurationText).not.toMatch(/\d{4}-\d\d-\d\d/);
});

test("no pattern looks around, which Renovate's library for them, RE2, does not", () => {
  expect(configurationText).not.toMatch(/\(\?<?[=!]/);
});

/** Returns whether a rule lets Renovate propose a version. */
function allows(dependency: string, version: string): boolean {
  const rules = configuration.packageRules.filter(
    ({ matchDepNames, allowedVersions }) => allowedVersions !== undefined && matchDepNames?.includes(dependency),
  );
  expect(rules).toHaveLength(1);
  return rules.every(({ allowedVersions = "" }) => new RegExp(allowedVersions.slice(1, -1)).test(version));
}

const numbers = Array.from({ length: 60 }, (_, number) => number);
const withVersion = (name: ComponentName, version: string): Release => ({
  ...newestRelease,
  [name]: { ...newestRelease[name], version },
});

/** Returns the minors of a part, of the major version that it has, of which the tables of compatibility say something. */
function knownMinors(name: ComponentName): string[] {
  const major = newestRelease[name].version.split(".")[0];
  return numbers
    .map((minor) => `${major}.${minor}`)
    .filter((minor) => {
      const problems = incompatibilities(withVersion(name, name === "kubernetes" ? minor : `${minor}.1`));
      return !problems.some((problem) => problem.includes("does not say"));
    });
}

const tested: readonly ComponentName[] = ["cilium", "flux", "karpenter"];

test.each(tested)("what is proposed of %s is what the tables of compatibility know", (name) => {
  const [major] = newestRelease[name].version.split(".");
  const allowed = numbers
    .map((minor) => `${major}.${minor}`)
    .filter((minor) => allows(componentTitles[name], `${minor}.1`));

  expect(allowed.length).toBeGreaterThan(0);
  expect(allowed).toEqual(knownMinors(name));
});

test("what is proposed of Kubernetes is what every other part has a version for", () => {
  const possible = knownMinors("kubernetes").filter((kubernetes) =>
    tested.every((name) =>
      knownMinors(name).some((minor) =>
        componentProblems(withVersion(name, `${minor}.1`), kubernetes).every(
          (problem) => !problem.startsWith(`has ${componentTitles[name]} `),
        ),
      ),
    ),
  );

  expect(numbers.map((minor) => `1.${minor}`).filter((minor) => allows("Kubernetes", minor))).toEqual(possible);
});

test("what is proposed of a provider has the major version of its bindings", () => {
  for (const [name, { source }] of Object.entries(newestRelease.providers)) {
    const major = bindings[name as keyof typeof bindings].split(".")[0];
    expect(numbers.filter((number) => allows(source, `${number}.1.0`))).toEqual([Number(major)]);
  }
});

test("CDKTF and its bindings are held, and it is said why", () => {
  const held = configuration.packageRules.filter(({ enabled }) => enabled === false);
  const names = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies);
  const cdktf = names.filter((name) => name === "cdktf" || name.startsWith("@cdktf/"));
  const isHeld = (name: string) =>
    held.some(({ matchDepNames = [] }) =>
      matchDepNames.some(
        (pattern) => pattern === name || (pattern.endsWith("/**") && name.startsWith(pattern.slice(0, -2))),
      ),
    );

  expect(cdktf.length).toBeGreaterThan(5);
  expect(cdktf.filter((name) => !isHeld(name))).toEqual([]);
  expect(held.filter(({ description }) => description === undefined)).toEqual([]);
});
