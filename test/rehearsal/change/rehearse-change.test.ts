import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { rehearseChange } from "../../../rehearsal/change/rehearse-change";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "rehearse-")));
const repository = join(folder, "repository");
const here = process.cwd();
const { signal } = new AbortController();

/** An app that writes empty stacks of one cluster, or refuses its settings. */
const app = `
  const fs = require("node:fs");
  const settings = fs.readFileSync("settings.ts", "utf8").trim();
  if (settings === "wrong") {
    process.stderr.write("settings.ts has a mistake: no such zone");
    process.exit(1);
  }
  const out = process.env.CDKTF_OUTDIR;
  const names = ["network", "cluster", "bootstrap"].map((part) => "demo-k8s-cilium-" + part);
  for (const name of names) {
    fs.mkdirSync(out + "/stacks/" + name, { recursive: true });
    const backend = { local: { path: "../../../state/" + name + ".tfstate" } };
    fs.writeFileSync(out + "/stacks/" + name + "/cdk.tf.json", JSON.stringify({ terraform: { backend } }));
  }
  const stacks = Object.fromEntries(names.map((name) => [name, { name, workingDirectory: "stacks/" + name }]));
  fs.writeFileSync(out + "/manifest.json", JSON.stringify({ stacks }));
`;

function git(...words: string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...words], { cwd: repository });
}

function commit(settings: string, tag: string): void {
  writeFileSync(join(repository, "settings.ts"), settings);
  git("add", ".");
  git("commit", "--quiet", "--allow-empty", `--message=${tag}`);
  git("tag", tag);
}

beforeAll(() => {
  mkdirSync(join(repository, "node_modules"), { recursive: true });
  git("init", "--quiet");
  writeFileSync(join(repository, ".gitignore"), "node_modules/\n");
  writeFileSync(join(repository, "package-lock.json"), "{}");
  writeFileSync(join(repository, "app.js"), app);
  writeFileSync(join(repository, "cdktf.json"), JSON.stringify({ app: "node app.js" }));
  commit("wrong", "refused");
  commit("right", "same");
  process.chdir(repository);
});

afterAll(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true });
});

function rehearse(from: string, cluster?: string): Promise<void> {
  const report = { format: "markdown", output: join(folder, "report.md"), failOn: "any", silences: undefined } as const;
  return rehearseChange({ ...report, from, cluster, apply: false, folder: join(folder, "made") }, signal);
}

test("a change that changes no stack is said to be none, at every level, and has no world", async () => {
  await rehearse("same");

  expect(process.exitCode).toBe(0);
  expect(existsSync(join(folder, "made"))).toBe(false);
  expect(readFileSync(join(folder, "report.md"), "utf8")).toMatch(
    /\ndemo-k8s-cilium stays as commit [\da-f]{12} makes it: its stacks are the same, byte for byte\.\n\nNothing to do: /,
  );
});

test("settings that the other commit refuses are told in its own words, and its worktree is gone", async () => {
  await expect(rehearse("refused")).rejects.toMatchObject({
    message: expect.stringMatching(
      /^refused \([\da-f]{12}\) cannot be synthesized by its own sources: .*settings\.ts has a mistake: no such zone$/s,
    ),
    next: expect.stringMatching(/^name a commit/),
  });
  expect(execFileSync("git", ["worktree", "list"], { encoding: "utf8" }).trim().split("\n")).toHaveLength(1);
});

test("a cluster that neither side has is refused, with one that is meant", async () => {
  await expect(rehearse("same", "demo-k8s-cillium")).rejects.toMatchObject({
    message: expect.stringMatching(/^neither settings\.ts nor same \([\da-f]{12}\) has a cluster 'demo-k8s-cillium'/),
    next: "npm run rehearse -- demo-k8s-cilium --from same",
  });
});
