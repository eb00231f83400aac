import { readFileSync } from "node:fs";

import { newestRelease } from "../../releases/all";
import type { Component, ComponentName, ReleaseParts } from "../../releases/release";
import { changedParts, listedSource, problemsOfNext, releaseSource, upstreamModules } from "../../scripts/new-release";

const name = "2031-01-02";

/** The newest release with a part that is otherwise. */
const nextWith = (part: ComponentName, changes: Partial<Component>): ReleaseParts => ({
  ...newestRelease,
  [part]: { ...newestRelease[part], ...changes },
});

const later = { version: `${newestRelease.cilium.version}1`, released: "2030-12-24" };

test("a version with its day is all that a new release needs, and is named", () => {
  const next = nextWith("cilium", later);

  expect(problemsOfNext(name, next, newestRelease)).toEqual([]);
  expect(changedParts(next, newestRelease)).toEqual(["Cilium"]);
});

test("a provider's version makes a release, too", () => {
  const { providers } = newestRelease;
  const aws = { ...providers.aws, version: `${providers.aws.version}1` };
  const next = { ...newestRelease, providers: { ...providers, aws } };

  expect(changedParts(next, newestRelease)).toEqual(["the provider aws"]);
  expect(problemsOfNext(name, next, newestRelease)).toEqual([]);
});

test("a release in which nothing is new is not made", () => {
  expect(problemsOfNext(name, newestRelease, newestRelease)).toEqual([
    expect.stringContaining(`the versions of release ${newestRelease.name}`),
  ]);
});

test("a version of which nobody wrote when it came out is not released: so a proposal is not merged unread", () => {
  expect(problemsOfNext(name, nextWith("cilium", { version: later.version }), newestRelease)).toEqual([
    expect.stringMatching(/^has Cilium .*; write its 'released'/),
  ]);
});

test("what upstream does not support together is not released", () => {
  const next = nextWith("kubernetes", { version: "1.99", released: later.released });

  expect(problemsOfNext(name, next, newestRelease)).toContainEqual(expect.stringContaining("1.99"));
});

test("the file of a release is that of the next one, under its name", () => {
  const written = releaseSource(name, readFileSync("releases/next.ts", "utf8"));

  expect(written).toContain(`export const release: Release = {\n  name: "${name}",\n  kubernetes: {`);
  expect(written).toMatch(/^\};\n$/m);
  expect(written).not.toContain("const next");
  expect(() => releaseSource(name, "export const other = {};\n")).toThrow("releases/next.ts has no line");
});

test("rehearsals of a new release take the files of its Cilium and its Karpenter, and what else the last one took", () => {
  const last = readFileSync(`rehearsal/setup/upstream/${newestRelease.name}/go.mod`, "utf8");
  const modules = upstreamModules(nextWith("cilium", later), last);

  expect(modules).toContain(`\tgithub.com/cilium/cilium v${later.version}\n`);
  expect(modules.replace(`v${later.version}`, `v${newestRelease.cilium.version}`)).toBe(last);
});

test("a new release is the last in the list, and the newest", () => {
  const written = listedSource(name, newestRelease.name, readFileSync("releases/all.ts", "utf8"));

  expect(written).toMatch(/^import \{ release as r2031_01_02 \} from "\.\/2031-01-02";$/m);
  expect(written).toContain(", r2031_01_02];");
  expect(written).toContain("newestRelease: Release = r2031_01_02;");
  expect(written).toContain(`"./${newestRelease.name}"`);
});
