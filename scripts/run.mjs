// Runs one of this project's TypeScript programs: `node scripts/run.mjs main.ts [arguments]`.
// The bundle is kept while the content of its sources stays the same: building costs more than running.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [entry, ...programArguments] = process.argv.slice(2);
const cache = join(root, "node_modules", ".cache", "programs");
const name = entry.replaceAll(/\W/g, "-");
const bundle = join(cache, `${name}.cjs`);
const record = join(cache, `${name}.json`);

const digest = (file) =>
  createHash("sha256")
    .update(readFileSync(join(root, file)))
    .digest("hex");

function isCurrent() {
  if (!existsSync(bundle) || !existsSync(record)) return false;
  const sources = Object.entries(JSON.parse(readFileSync(record, "utf8")));
  return sources.every(([file, known]) => existsSync(join(root, file)) && digest(file) === known);
}

async function build() {
  const { build: bundleProgram } = await import("esbuild");
  const result = await bundleProgram({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundle,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    metafile: true,
    logLevel: "warning",
  });
  const ours = Object.keys(result.metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
  // The lock file stands for all of node_modules.
  const sources = [...ours, "package-lock.json", "scripts/run.mjs"].map((file) => [file, digest(file)]);
  mkdirSync(cache, { recursive: true });
  keep(bundle, result.outputFiles[0].contents);
  keep(record, JSON.stringify(Object.fromEntries(sources)));
}

/** Renames into place: two runs at a time must not read each other's half-written file. */
function keep(file, content) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

if (!isCurrent()) await build();
process.argv = [process.argv[0], join(root, entry), ...programArguments];
createRequire(import.meta.url)(bundle);
