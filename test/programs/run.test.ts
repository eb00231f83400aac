import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "platform-run-"));
const program = join(folder, "program.ts");
const entry = relative(process.cwd(), program);
const caches = join("node_modules", ".cache", "programs");
const root = `${process.cwd()}/`;
const cache = join(cacheOf(root), entry.replaceAll(/\W/g, "-"));

/** Where the bundles of a working tree are kept. */
function cacheOf(tree: string): string {
  return join(caches, createHash("sha256").update(tree).digest("hex").slice(0, 32));
}

afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(cache, { recursive: true, force: true });
});

/** What the program prints when its source is `source`. */
function run(source: string, ...programArguments: string[]) {
  return runWith([], source, ...programArguments);
}

/** The same, with options for Node. */
function runWith(options: readonly string[], source: string, ...programArguments: string[]) {
  writeFileSync(program, source);
  const command = [...options, "scripts/run.mjs", entry, ...programArguments];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { encoding: "utf8" });
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

/** Types and empty lines, which are not in the bundle: places there are others than here. */
const failing = `interface Settings {
  name: string;
}

function nameOf(settings: Settings): string {
  return settings.name.trim();
}
`;

test.each([[[]], [["--enable-source-maps"]]])(
  "an error that nobody catches shows the source's places (%j)",
  (options) => {
    const { stdout, stderr, status } = runWith(options, `${failing}nameOf({} as Settings);`);

    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(`${program}:6\n  return settings.name.trim();\n                       ^`);
    expect(stderr).toContain("TypeError: Cannot read properties of undefined (reading 'trim')");
    expect(stderr).toContain(`nameOf (${program}:6:24)`);
    expect(stderr).toContain(`${program}:8:1`);
    expect(stderr).not.toContain(".cjs");
  },
);

test("an error that nobody catches shows its cause, and a rejection its place", () => {
  const cause = run(`${failing}try { nameOf({} as Settings); } catch (cause) { throw new Error("outer", { cause }); }`);
  expect(cause.stderr).toMatch(/Error: outer\n.*program\.ts:8:55\).*\[cause\]: TypeError: .*program\.ts:6:24\)/s);
  expect(cause.stderr).not.toContain(".cjs");

  const rejection = run(`${failing}Promise.reject(new RangeError("late"));`);
  expect(rejection.stderr).toMatch(/RangeError: late\n.*program\.ts:8:16\)/);
  expect(rejection.stderr).not.toContain(".cjs");
});

test("a stack that a program asks for shows the source's places", () => {
  const { stdout } = run(
    `${failing}try { nameOf({} as Settings); } catch (error) { console.log((error as Error).stack); }`,
  );

  expect(stdout).toMatch(/^TypeError: .*\n {4}at nameOf \(.*program\.ts:6:24\)\n {4}at .*program\.ts:8:7\)\n/);
  expect(stdout).not.toContain(".cjs");
});

test("objects that are no errors, as CDKTF makes for each token, get no stack", () => {
  expect(run("const token = { stack: '-' }; Error.captureStackTrace(token); console.log([token.stack]);").stdout).toBe(
    "[ '' ]\n",
  );
});

test("bundles of other sources, which may still run, stay for a day", () => {
  const today = join(cache, "today.cjs");
  const old = join(cache, "old.cjs.map");
  run("console.log(1);");
  writeFileSync(today, "");
  writeFileSync(old, "");
  utimesSync(old, 0, 0);
  run("console.log(2);");

  expect([today, old].map((file) => existsSync(file))).toEqual([true, false]);
});

test("what lies outside the project, as linked packages do, is no source besides the program", () => {
  writeFileSync(join(folder, "linked.ts"), "export const linked = 1;");
  run('import { linked } from "./linked"; console.log(linked);');
  const { sources } = JSON.parse(readFileSync(join(cache, "sources.json"), "utf8"));

  expect(Object.keys(sources)).toEqual([entry, "package-lock.json", "scripts/run.mjs", "scripts/bundles.mjs"]);
});

/** Makes a working tree that links to the packages here, with a program, and returns its path. */
function treeWith(source: string): string {
  const tree = mkdtempSync(join(tmpdir(), "platform-tree-"));
  mkdirSync(join(tree, "scripts"));
  for (const file of ["scripts/run.mjs", "scripts/bundles.mjs", "package-lock.json"]) {
    cpSync(file, join(tree, file));
  }
  symlinkSync(resolve("node_modules"), join(tree, "node_modules"));
  writeFileSync(join(tree, "program.ts"), source);
  return tree;
}

const runIn = (tree: string) =>
  spawnSync(process.execPath, [join(tree, "scripts/run.mjs"), "program.ts"], { encoding: "utf8" });

test("packages are bundled once for a program of working trees that share them, whatever its own sources are", () => {
  const folders = ["one", "two"].map((word) =>
    treeWith(`import leven from "leven"; console.log("${word}", leven("a", "b"));`),
  );
  const said = folders.map((tree) => {
    const { stdout } = runIn(tree);
    const record = join(cacheOf(`${realpathSync(tree)}/`), "program-ts", "sources.json");
    const bundle = join(caches, "packages", JSON.parse(readFileSync(record, "utf8")).names.packages);
    return { stdout, bundle, made: statSync(bundle).mtimeMs };
  });
  for (const tree of folders) {
    rmSync(tree, { recursive: true });
  }

  expect(said.map(({ stdout }) => stdout)).toEqual(["one 1\n", "two 1\n"]);
  const [{ bundle, made } = {}] = said;
  expect(said[1]).toMatchObject({ bundle, made });
});

test("an error in a package shows its place there, from a tree that another one made the bundle for", () => {
  const source = 'import { parse } from "smol-toml"; parse("=");';
  const trees = [treeWith(source), treeWith(`// Another.\n${source}`)];
  const said = trees.map((tree) => runIn(tree).stderr);
  for (const tree of trees) {
    rmSync(tree, { recursive: true });
  }

  for (const stderr of said) {
    expect(stderr).toMatch(new RegExp(`\\(${realpathSync("node_modules/smol-toml")}/dist/\\w+\\.js:\\d+:\\d+\\)`));
    expect(stderr).not.toContain(".cjs");
  }
});

test("working trees that share their packages each run their own sources, and bundles of those that are gone go", () => {
  const tree = treeWith("console.log('there');");
  run("console.log('here');");
  const here = readFileSync(join(cache, "sources.json"));

  expect(runIn(tree).stdout).toBe("there\n");
  expect(readFileSync(join(cache, "sources.json"))).toEqual(here);
  const there = cacheOf(`${realpathSync(tree)}/`);
  expect(existsSync(there)).toBe(true);

  rmSync(tree, { recursive: true });
  run("console.log('here again');");
  expect(existsSync(there)).toBe(false);
});
