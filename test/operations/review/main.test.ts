import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const fixtures = resolve("test", "operations", "review", "fixtures");
const replacing = join(fixtures, "bootstrap-instance-type.json");
const program = [resolve("scripts", "run.mjs"), "operations/review/main.ts"];
const folder = mkdtempSync(join(tmpdir(), "review-main-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the program says and ends with, in a folder that is not the project's. */
async function reviewed(words: readonly string[], { input = "", cwd = folder } = {}) {
  const { NO_COLOR, ...env } = process.env;
  const said = { output: "", errors: "" };
  const child = execFile(process.execPath, [...program, ...words], { cwd, env }, (_, output, errors) => {
    Object.assign(said, { output, errors });
  });
  child.stdin?.end(input);
  const [code] = await once(child, "close");
  return { ...said, code };
}

test.each<[string, string[], number]>([
  ["a plan that replaces the nodes", ["--plan", replacing], 2],
  ["a plan that adds a subnet", ["--plan", join(fixtures, "network-an-endpoint-added.json")], 0],
  ["it, if any change shall fail", ["--plan", join(fixtures, "network-an-endpoint-added.json"), "--fail-on", "any"], 2],
])("%s ends as it should, without colours in a pipe", async (_, words, expected) => {
  const { code, output, errors } = await reviewed(words);

  expect({ code, errors }).toEqual({ code: expected, errors: "" });
  expect(output).not.toContain("\u001b");
});

test("a plan that ended in an error is none that went well", async () => {
  const input = JSON.stringify({ format_version: "1.2", errored: true, resource_changes: [] });

  expect(await reviewed(["--plan", "-"], { input })).toMatchObject({ code: 1, errors: "" });
});

test("a plan can come from a pipe, and a report go to a file", async () => {
  const file = join(folder, "report.json");
  const { code, output } = await reviewed(["--plan", "-", "--format", "json", "--output", file], {
    input: readFileSync(replacing, "utf8"),
  });

  expect({ code, output }).toEqual({ code: 2, output: "" });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ stacks: [{ stack: "stdin" }] });
});

test.each([
  ["a file that is not there", ["--plan", "nowhere.json"], /^error: .*nowhere\.json/],
  ["a cluster that is not in the settings", ["nowhere"], /^error: settings\.ts has no cluster 'nowhere'; it has /],
])("%s is an error in words", async (_, words, expected) => {
  const { code, output, errors } = await reviewed(words);

  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toMatch(expected);
  expect(errors).not.toMatch(/^ +at /m);
});

test("a danger that the folder's file silences does not count", async () => {
  const report = JSON.parse((await reviewed(["--plan", replacing, "--format", "json"])).output);
  const silences = report.dangers.map(({ rule, stack, address, what }: Record<string, string>) =>
    JSON.stringify({ rule, stack, address, what, reason: "announced to all teams", until: "2999-12-31" }),
  );
  const cwd = mkdtempSync(join(folder, "silenced-"));
  writeFileSync(join(cwd, "plan-review-silences.yaml"), silences.map((silence: string) => `- ${silence}\n`).join(""));
  const { code } = await reviewed(["--plan", replacing], { cwd });

  expect(code).toBe(0);
});

test("a reader that has seen enough is no error", async () => {
  const plan = join(fixtures, "cluster-create.json");
  const child = spawn(process.execPath, [...program, "--plan", plan, "--fail-on", "never"], { cwd: folder });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  child.stdout.destroy();
  const [code] = await once(child, "close");

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
});
