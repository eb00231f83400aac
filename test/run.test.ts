import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "platform-run-"));
const program = join(folder, "program.ts");
const entry = relative(process.cwd(), program);

afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(join("node_modules", ".cache", "programs", entry.replaceAll(/\W/g, "-")), { recursive: true, force: true });
});

/** What the program prints when its source is `source`. */
function run(source: string, ...programArguments: string[]) {
  writeFileSync(program, source);
  const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/run.mjs", entry, ...programArguments], {
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

test("a change that keeps the length of a source is seen", () => {
  run('console.log("one");');
  expect(run('console.log("one");').stdout).toBe("one\n");
  expect(run('console.log("two");').stdout).toBe("two\n");
});

test("a program gets its arguments, as Node would give them", () => {
  expect(run("console.log(process.argv.slice(2).join());", "a", "b").stdout).toBe("a,b\n");
});

test("a slip in the source is shown in its place, without a stack of the bundler's", () => {
  const { stderr, status } = run("const x = {");

  expect(status).toBe(1);
  expect(stderr).toContain("program.ts:1:11");
  expect(stderr).not.toContain("node_modules/esbuild");
});
