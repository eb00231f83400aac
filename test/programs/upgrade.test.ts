import { spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { demoWith } from "../../rehearsal/life/demo-settings";
import { newestRelease, releases } from "../../releases/all";

const folder = mkdtempSync(join(tmpdir(), "upgrade-program-"));
const [oldest] = releases;
const { name } = demoWith();

beforeAll(() => {
  for (const copied of [
    "operations",
    "platform",
    "releases",
    "schema",
    "scripts",
    "package.json",
    "package-lock.json",
  ]) {
    cpSync(copied, join(folder, copied), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const settingsPath = join(folder, "settings.ts");

function settingsText(release: string): string {
  return `// The one file to edit.\nexport const clusters = ${JSON.stringify([demoWith({ release })], undefined, 2)};\n`;
}

/** Runs the command over a settings file, without credentials and where no service is reached. */
function upgrade(settings: string, ...words: readonly string[]) {
  writeFileSync(settingsPath, settings);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", "operations/upgrade/main.ts", ...words],
    { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: "/nonexistent" } },
  );
  return { code: status, output: stdout, errors: stderr, settings: readFileSync(settingsPath, "utf8") };
}

test("a full disk is said in a sentence", () => {
  writeFileSync(settingsPath, settingsText(oldest.name));
  const words = ["scripts/run.mjs", "operations/upgrade/main.ts", name];
  const full = openSync("/dev/full", "w");
  const { stderr, status } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);

  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^error: what this prints could not be written: ENOSPC.*\n$/),
  });
});

test("the way to the newest release is said without credentials, and nothing is changed", () => {
  const settings = settingsText(oldest.name);

  expect(upgrade(settings, name)).toEqual({
    code: 0,
    output: expect.stringMatching(
      new RegExp(`^${name}: from release ${oldest.name}, .* to ${newestRelease.name}, in `),
    ),
    errors: "",
    settings,
  });
});

test("--write takes the next step in settings.ts, step by step until the cluster has the release; then it changes nothing", () => {
  let settings = settingsText(oldest.name);
  for (const { name: release } of releases.slice(1)) {
    const { code, output, ...after } = upgrade(settings, name, "--to", release, "--write");

    expect({ code, settings: after.settings }).toEqual({ code: 0, settings: settingsText(release) });
    expect(output).toMatch(/\n\nsettings\.ts:5: release is "2026-.*" now, and was "2026-.*"\n$/);
    settings = after.settings;
  }
  expect(upgrade(settings, name, "--write")).toEqual({
    code: 0,
    output: expect.stringMatching(/^settings\.ts has \S+ on release \S+ already; /),
    errors: "",
    settings,
  });
});

test("JSON is alone on stdout, whether the release was written or not", () => {
  const { output } = upgrade(settingsText(oldest.name), name, "--format", "json", "--write");
  const shared = `const release = "${oldest.name}";\nexport const clusters = [${["a", "b"].map(
    (letter, index) => `{ ...${JSON.stringify(demoWith({ name: letter, cidrBlock: `10.${index}.0.0/16` }))}, release }`,
  )}];\n`;
  const refused = upgrade(shared, "a", "--format", "json", "--write");

  expect(JSON.parse(output)).toMatchObject({ cluster: name, written: { file: "settings.ts", line: 5 } });
  expect({ code: refused.code, settings: refused.settings }).toEqual({ code: 1, settings: shared });
  expect(JSON.parse(refused.output)).toMatchObject({ cluster: "a", written: null });
  expect(refused.errors).toMatch(
    /^error: settings\.ts:1: this is the release of b, too; nothing was changed\n {2}next: /,
  );
});

test("a release that is not there, and one that was left behind, are no upgrade", () => {
  const settings = settingsText(newestRelease.name);

  expect(upgrade(settings, name, "--to", "2026-11-52")).toMatchObject({
    code: 1,
    output: "",
    errors: expect.stringMatching(
      /^error: there is no release '2026-11-52'; .*\n {2}next: npm run upgrade -- .* --to /,
    ),
  });
  expect(upgrade(settings, name, "--to", oldest.name)).toMatchObject({
    code: 1,
    output: "",
    errors: expect.stringContaining("next: docs/upgrades.md#back"),
  });
});

test("--check changes nothing, not even settings.ts", () => {
  expect(upgrade(settingsText(oldest.name), name, "--check", "--write")).toMatchObject({
    code: 1,
    output: "",
    errors: expect.stringMatching(/^error: option '--check' cannot be used with option /),
  });
});
