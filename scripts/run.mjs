// Runs one of this project's TypeScript programs: `node scripts/run.mjs main.ts [arguments]`.
// Its bundle, and V8's compiled form of it, are kept while the content of its sources stays the same: making them costs more than a run.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("..", import.meta.url));
const [entry, ...programArguments] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("usage: node scripts/run.mjs PROGRAM.ts [ARGUMENT ...]\n");
  process.exit(1);
}
const kept = join(root, "node_modules", ".cache", "programs", entry.replaceAll(/\W/g, "-"));
const bundle = `${kept}.cjs`;
const sourcesFile = `${kept}.json`;
const compiled = `${kept}.${process.version}.v8`;

function digest(file) {
  const path = join(root, file);
  return existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : "";
}

function isCurrent() {
  if (!existsSync(bundle) || !existsSync(sourcesFile)) return false;
  return Object.entries(JSON.parse(readFileSync(sourcesFile, "utf8"))).every(([file, known]) => digest(file) === known);
}

async function build() {
  const { build: bundleProgram } = await import("esbuild");
  const { metafile, outputFiles } = await bundleProgram({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundle,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    // As Node itself wraps a module.
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    metafile: true,
    logLevel: "warning",
  });
  const ours = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
  // The lock file stands for all of node_modules.
  const sources = [...ours, "package-lock.json", "scripts/run.mjs"].map((file) => [file, digest(file)]);
  keep(bundle, outputFiles[0].contents);
  keep(sourcesFile, JSON.stringify(Object.fromEntries(sources)));
}

/** Renames into place: two runs at a time must not read each other's half-written file. */
function keep(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

if (!isCurrent()) await build();
process.argv = [process.argv[0], join(root, entry), ...programArguments];
const script = new Script(readFileSync(bundle, "utf8"), {
  filename: bundle,
  ...(existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}),
});
// V8 rejects what it compiled for another source or version of itself.
if (script.cachedDataRejected !== false) {
  // At the end, when all that a run calls has been compiled.
  process.once("exit", () => keep(compiled, script.createCachedData()));
}
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
