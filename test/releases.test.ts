import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { newestRelease, releases } from "../releases/all";
import { bindings, compareVersions, incompatibilities } from "../releases/compatibility";
import { next } from "../releases/next";
import { componentNames } from "../releases/release";
import { changedParts } from "../scripts/new-release";

const names = releases.map(({ name }) => name);

test("every file of a release is in the list, the oldest first, by the name that it has", () => {
  const files = readdirSync("releases").filter((file) => /^\d/.test(file));

  expect(files.map((file) => file.replace(".ts", ""))).toEqual(names);
  expect(newestRelease.name).toBe(names.at(-1));
});

test.each(releases)("release $name is one that upstream supports together", (release) => {
  expect(incompatibilities(release)).toEqual([]);
});

test.each(releases)("release $name is no older than its parts, and each says where its facts are from", (release) => {
  for (const { released, source } of componentNames.map((name) => release[name])) {
    const day = /^\d{4}-\d\d-\d\d$/.test(released) ? released : release.name;
    expect(day <= release.name).toBe(true);
    expect(source).not.toBe("");
  }
});

test("releases/next.ts has what the newest release has, but in a proposal: npm run release makes that a release before it is merged", () => {
  expect(changedParts(next, newestRelease)).toEqual([]);
});

test("no part goes back to an older version from one release to the next", () => {
  for (const [index, release] of releases.slice(1).entries()) {
    for (const name of componentNames) {
      expect(compareVersions(release[name].version, releases[index]?.[name].version ?? "")).toBeGreaterThanOrEqual(0);
    }
  }
});

test("the bindings are of the versions that the table says", () => {
  const versionOf = (name: string) =>
    JSON.parse(readFileSync(`node_modules/@cdktf/provider-${name}/package.json`, "utf8")).cdktf.provider.version;

  expect(Object.fromEntries(Object.keys(bindings).map((name) => [name, versionOf(name)]))).toEqual(bindings);
});

test("files of gitops/ have names of parts where Git has their versions", () => {
  const files = readdirSync("gitops", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));

  expect(texts.flatMap((text) => text.match(/\b(?:tag|alias): .*\d+\.\d+.*/g) ?? [])).toEqual([]);
  expect(texts.flatMap((text) => text.match(/(?<=: .*)<\w+>/g) ?? []).sort()).toEqual([
    "<bottlerocket>",
    "<flux>",
    "<karpenter>",
  ]);
});
