// Runs one of this project's TypeScript programs: `node scripts/run.mjs main.ts [arguments]`.
// Its bundle, and V8's compiled form of it, are kept while the content of its sources stays the same: making them costs more than a run.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("..", import.meta.url));
const [entry, ...programArguments] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("usage: node scripts/run.mjs PROGRAM.ts [ARGUMENT ...]\n");
  process.exit(1);
}
const folder = join(root, "node_modules", ".cache", "programs", entry.replaceAll(/\W/g, "-"));
const record = join(folder, "sources.json");

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

function digestOf(file) {
  const path = join(root, file);
  return existsSync(path) ? digest(readFileSync(path)) : "";
}

/** The bundle that was made of the sources as they are now, if there is one. */
function currentBundle() {
  if (!existsSync(record)) return undefined;
  const { name, sources } = JSON.parse(readFileSync(record, "utf8"));
  const bundle = join(folder, name);
  return existsSync(bundle) && Object.entries(sources).every(([file, known]) => digestOf(file) === known)
    ? bundle
    : undefined;
}

async function build() {
  const { build: bundleProgram } = await import("esbuild");
  const { metafile, outputFiles } = await bundleProgram({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(folder, "bundle.cjs"),
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    // As Node itself wraps a module.
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    metafile: true,
    logLevel: "warning",
    // What is wrong has been printed.
  }).catch(() => process.exit(1));
  const ours = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
  // The lock file stands for all of node_modules.
  const sources = [...ours, "package-lock.json", "scripts/run.mjs"].map((file) => [file, digestOf(file)]);
  // By its content: V8 takes what it compiled for another source of the same length.
  const name = `${digest(outputFiles[0].contents)}.cjs`;
  keep(join(folder, name), outputFiles[0].contents);
  keep(record, JSON.stringify({ name, sources: Object.fromEntries(sources) }));
  for (const file of readdirSync(folder).filter((other) => other.includes(".cjs") && !other.startsWith(name))) {
    rmSync(join(folder, file), { force: true });
  }
  return join(folder, name);
}

/** Renames into place: two runs at a time must not read each other's half-written file. */
function keep(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

const bundle = currentBundle() ?? (await build());
// V8 of another version, or with other flags (the CDKTF command sets some), compiles for itself.
const compiled = `${bundle}.${cachedDataVersionTag()}`;
process.argv = [process.argv[0], join(root, entry), ...programArguments];
const script = new Script(readFileSync(bundle, "utf8"), {
  filename: bundle,
  ...(existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}),
});
if (script.cachedDataRejected !== false) {
  // At the end, when all that a run calls has been compiled.
  process.once("exit", () => keep(compiled, script.createCachedData()));
}
// CDKTF takes down where every token was made, in an object that is no error, and reads it nowhere: a fifth of a run, if V8 writes it out.
Error.prepareStackTrace = (target, sites) =>
  target instanceof Error ? [String(target), ...sites].join("\n    at ") : "";
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
