// Runs one of this project's TypeScript programs: `node scripts/run.mjs main.ts [arguments]`.
// Its bundle, and V8's compiled form of it, are kept while the content of its sources stays the same: making them costs more than a run.
// Stacks of errors name the TypeScript sources, by a source map that is read when the first stack is asked for.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("..", import.meta.url));
const [entry, ...programArguments] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("usage: node scripts/run.mjs PROGRAM.ts [ARGUMENT ...]\n");
  process.exit(1);
}
const caches = join(root, "node_modules", ".cache", "programs");
// Working trees may share their packages by a link, and have bundles of their own all the same: their sources may differ.
const cache = join(caches, digest(root));
const folder = join(cache, entry.replaceAll(/\W/g, "-"));
const record = join(folder, "sources.json");

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

function digestOf(file) {
  const path = join(root, file);
  return existsSync(path) ? digest(readFileSync(path)) : "";
}

/** Returns the path of the bundle that was made of the sources as they are now, if there is one. */
function currentBundle() {
  if (!existsSync(record)) return undefined;
  const { name, sources } = JSON.parse(readFileSync(record, "utf8"));
  const bundle = join(folder, name);
  return existsSync(bundle) && Object.entries(sources).every(([file, known]) => digestOf(file) === known)
    ? bundle
    : undefined;
}

/** Bundles the program and returns the path of the bundle. */
async function build() {
  const { build: bundleProgram } = await import("esbuild").catch(() => {
    process.stderr.write("error: the packages of this project are not installed\n  next: npm ci\n");
    process.exit(1);
  });
  const { metafile, outputFiles } = await bundleProgram({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(folder, "bundle.cjs"),
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    sourcemap: "external",
    sourcesContent: false,
    // As Node itself wraps a module.
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    metafile: true,
    logLevel: "warning",
    // esbuild has printed what is wrong.
  }).catch(() => process.exit(1));
  const [map, code] = outputFiles;
  // The name is the content's digest: V8 takes what it compiled for another source of the same length.
  const name = `${digest(code.contents)}.cjs`;
  keep(join(cache, "root"), root);
  keep(join(folder, `${name}.map`), map.contents);
  keep(join(folder, name), `${code.text}//# sourceMappingURL=${name}.map\n`);
  keep(record, JSON.stringify({ name, sources: sourcesOf(metafile) }));
  removeOldBundles(name);
  removeAbandonedCaches();
  return join(folder, name);
}

/** Returns the digests of the project's own sources, by path. The lock file stands for the packages, linked ones included. */
function sourcesOf({ inputs }) {
  const ours = Object.keys(inputs).filter((file) => !/^(?:\.\.|node_modules)\//.test(file));
  return Object.fromEntries(
    [entry, ...ours, "package-lock.json", "scripts/run.mjs"].map((file) => [file, digestOf(file)]),
  );
}

/** Removes what nobody runs any more. A program that was started before its sources changed may run a bundle of today. */
function removeOldBundles(name) {
  const yesterday = Date.now() - 24 * 60 * 60 * 1000;
  for (const file of readdirSync(folder).filter((other) => other.includes(".cjs") && !other.startsWith(name))) {
    const path = join(folder, file);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < yesterday) {
      rmSync(path, { force: true });
    }
  }
}

/** Removes bundles of working trees that are gone. */
function removeAbandonedCaches() {
  for (const other of readdirSync(caches).map((name) => join(caches, name))) {
    if (!existsSync(ownerOf(other))) {
      rmSync(other, { recursive: true, force: true });
    }
  }
}

/** Returns the working tree whose bundles a folder holds; the folder itself if that does not say. */
function ownerOf(other) {
  try {
    return readFileSync(join(other, "root"), "utf8");
  } catch {
    return other;
  }
}

/** Writes a file and renames it into place: two runs at a time must not read each other's half-written file. */
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

let mapped;
/** Has Node read the map, which it does only for a file that it loads itself: here an empty one of the bundle's name. */
function readSourceMap() {
  if (!mapped) {
    process.setSourceMapsEnabled(true);
    // Node forgets the map of a module that nobody holds.
    mapped = new Module(bundle);
    mapped._compile(`//# sourceMappingURL=${basename(bundle)}.map`, bundle);
  }
}

const formatStack = Error.prepareStackTrace;
if (formatStack) {
  Error.prepareStackTrace = (target, sites) => {
    // CDKTF takes down where every token was made, in an object that is no error, and never reads it: writing it out is a fifth of a run.
    if (!(target instanceof Error)) {
      return "";
    }
    readSourceMap();
    return formatStack(target, sites);
  };
  // Node looks for the line that it prints above a stack before it asks for the stack.
  process.once("uncaughtExceptionMonitor", readSourceMap);
} else {
  // The first releases of Node 20 have no such function to call.
  readSourceMap();
}

const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
