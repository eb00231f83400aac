// Keeps two bundles of each program: of the project's own sources, which changes of settings change, and of the packages, which are
// nearly all of it, and stay the same for all working trees that link to the same packages.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const packages = join(root, "node_modules");
// By its real path, from which source maps find the packages: trees that link to it lie elsewhere.
const caches = join(existsSync(packages) ? realpathSync(packages) : packages, ".cache", "programs");
const packageBundles = join(caches, "packages");
// Working trees may share their packages by a link, and have bundles of their own sources all the same: these may differ.
const cache = join(caches, digest(root));
/** What bundles are made of besides sources: the lock file stands for the packages, linked ones included. */
const makers = ["package-lock.json", "scripts/run.mjs", "scripts/bundles.mjs"];

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

function digestOf(file) {
  const path = join(root, file);
  return existsSync(path) ? digest(readFileSync(path)) : "";
}

/** Returns the folder that bundles of a program's own sources are kept in. */
function folderOf(entry) {
  return join(cache, entry.replaceAll(/\W/g, "-"));
}

/** Returns the paths of the bundles that were made of the sources as they are now, if there are any. */
export function currentBundles(entry) {
  const folder = folderOf(entry);
  const record = join(folder, "sources.json");
  if (!existsSync(record)) return undefined;
  const { names, sources } = JSON.parse(readFileSync(record, "utf8"));
  // One that another version of this file has written has other names, and other digests.
  if (Object.entries(sources).some(([file, known]) => digestOf(file) !== known)) return undefined;
  const bundles = { own: join(folder, names.own), packages: join(packageBundles, names.packages) };
  return Object.values(bundles).every((bundle) => existsSync(bundle)) ? bundles : undefined;
}

/** Bundles the program and the packages that it imports, and returns the paths of the bundles. */
export async function makeBundles(entry) {
  const folder = folderOf(entry);
  const imported = new Set();
  const apart = (bundler) =>
    bundler.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (from.kind === "entry-point" || isBuiltin(path) || pluginData === "resolving") return undefined;
      const resolved = await bundler.resolve(path, { ...from, pluginData: "resolving" });
      if (resolved.errors.length === 0) imported.add(resolved.path);
      return { path: resolved.path, errors: resolved.errors, external: true };
    });
  const { metafile, ...own } = await bundled({
    entryPoints: [entry],
    outfile: join(folder, "bundle.cjs"),
    metafile: true,
    plugins: [{ name: "packages-apart", setup: apart }],
  });
  const sources = sourcesOf(entry, metafile);
  const names = { own: keepBundle(folder, own), packages: await packagesBundle([...imported].sort(), sources) };
  keep(join(cache, "root"), root);
  keep(join(folder, "sources.json"), JSON.stringify({ names, sources }));
  removeOldBundles(folder, names.own);
  removeAbandonedCaches();
  return { own: join(folder, names.own), packages: join(packageBundles, names.packages) };
}

/** Returns the name of the bundle of packages, which is made unless another working tree or program has made it. */
async function packagesBundle(imported, sources) {
  const of = [imported, ...makers.map((file) => sources[file])];
  const index = join(packageBundles, `${digest(JSON.stringify(of))}.json`);
  const known = existsSync(index) ? JSON.parse(readFileSync(index, "utf8")) : undefined;
  if (known && existsSync(join(packageBundles, known))) return known;
  // Functions, so that a package is loaded when it is first asked for.
  const members = imported.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(path)})`);
  const name = keepBundle(
    packageBundles,
    await bundled({
      stdin: { contents: `module.exports = { ${members.join(", ")} };`, resolveDir: root, sourcefile: "packages.js" },
      outfile: join(packageBundles, "bundle.cjs"),
    }),
  );
  keep(index, JSON.stringify(name));
  removeOldBundles(packageBundles, name);
  return name;
}

async function bundled(options) {
  const { build: bundle } = await import("esbuild").catch(() => {
    process.stderr.write("error: the packages of this project are not installed\n  next: npm ci\n");
    process.exit(1);
  });
  const { metafile, outputFiles } = await bundle({
    absWorkingDir: root,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    sourcemap: "external",
    sourcesContent: false,
    // As Node itself wraps a module.
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    logLevel: "warning",
    ...options,
    // esbuild has printed what is wrong.
  }).catch(() => process.exit(1));
  const [map, code] = outputFiles;
  return { metafile, map, code };
}

/** Returns the name of the file that the bundle is kept in: the content's digest, since V8 takes what it compiled for another source of the same length. */
function keepBundle(place, { map, code }) {
  const name = `${digest(code.contents)}.cjs`;
  keep(join(place, `${name}.map`), map.contents);
  keep(join(place, name), `${code.text}//# sourceMappingURL=${name}.map\n`);
  return name;
}

/** Returns the digests of the project's own sources, by path. */
function sourcesOf(entry, { inputs }) {
  const ours = Object.keys(inputs).filter((file) => !/^(?:\.\.|node_modules)\//.test(file));
  return Object.fromEntries([entry, ...ours, ...makers].map((file) => [file, digestOf(file)]));
}

/** Removes what nobody runs any more. A program that was started before its sources changed may run a bundle of today. */
function removeOldBundles(place, name) {
  const yesterday = Date.now() - 24 * 60 * 60 * 1000;
  for (const file of readdirSync(place).filter((other) => other.includes(".cjs") && !other.startsWith(name))) {
    const path = join(place, file);
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
export function keep(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
