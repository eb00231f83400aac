// Runs one of this project's TypeScript programs: `node scripts/run.mjs main.ts [arguments]`.
// Its bundles, and V8's compiled form of them, are kept while the content of its sources stays the same: making them costs more than a run.
// Stacks of errors name the TypeScript sources, by source maps that are read when the first stack is asked for.
import { existsSync, readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { basename, dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

import { currentBundles, keep, makeBundles, root } from "./bundles.mjs";

const [entry, ...programArguments] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("usage: node scripts/run.mjs PROGRAM.ts [ARGUMENT ...]\n");
  process.exit(1);
}
const bundles = currentBundles(entry) ?? (await makeBundles(entry));
process.argv = [process.argv[0], join(root, entry), ...programArguments];

/** Runs a bundle, as Node runs a module, and returns what that exports. */
function load(bundle, require) {
  // V8 of another version, or with other flags (the CDKTF command sets some), compiles for itself.
  const compiled = `${bundle}.${cachedDataVersionTag()}`;
  const script = new Script(readFileSync(bundle, "utf8"), {
    filename: bundle,
    ...(existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}),
  });
  if (script.cachedDataRejected !== false) {
    // At the end, when all that a run calls has been compiled.
    process.once("exit", () => keep(compiled, script.createCachedData()));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, bundle, dirname(bundle));
  return module.exports;
}

let mapped;
/** Has Node read the maps, which it does only for a file that it loads itself: here an empty one of each bundle's name. */
function readSourceMaps() {
  if (!mapped) {
    process.setSourceMapsEnabled(true);
    // Node forgets the map of a module that nobody holds.
    mapped = Object.values(bundles).map((bundle) => {
      const module = new Module(bundle);
      module._compile(`//# sourceMappingURL=${basename(bundle)}.map`, bundle);
      return module;
    });
  }
}

const formatStack = Error.prepareStackTrace;
if (formatStack) {
  Error.prepareStackTrace = (target, sites) => {
    // CDKTF takes down where every token was made, in an object that is no error, and never reads it: writing it out is a fifth of a run.
    if (!(target instanceof Error)) {
      return "";
    }
    readSourceMaps();
    return formatStack(target, sites);
  };
  // Node looks for the line that it prints above a stack before it asks for the stack.
  process.once("uncaughtExceptionMonitor", readSourceMaps);
} else {
  // The first releases of Node 20 have no such function to call.
  readSourceMaps();
}

const nodeRequire = createRequire(bundles.own);
const packageLoaders = load(bundles.packages, createRequire(bundles.packages));
load(bundles.own, (path) => (Object.hasOwn(packageLoaders, path) ? packageLoaders[path]() : nodeRequire(path)));
