import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { chartRenderer } from "../../../rehearsal/charts/charts";
import { kubelab, kubelabs } from "../../../rehearsal/kubernetes/kubelab";
import { entryFolder } from "../../../rehearsal/setup/cache";
import { type GoProgram, goProgram, isProgramReady, programEntry } from "../../../rehearsal/setup/go-program";

const environment = process.env;
const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-program-"));
  process.env = { ...environment, REHEARSAL_CACHE: join(folder, "cache") };
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

/** Copies the sources of a program, and returns it as one of the copy. */
function copyOf(program: GoProgram): GoProgram & { readonly moduleFolder: string } {
  const sources = join(folder, "sources");
  cpSync(program.folder, sources, { recursive: true });
  const moduleFolder = join(sources, relative(program.folder, program.moduleFolder ?? program.folder));
  return { ...program, folder: sources, moduleFolder };
}

test.each([...kubelabs.values(), chartRenderer])(
  "each of the three files of $title decides which program it is",
  (program) => {
    const copy = copyOf(program);
    const place = () => entryFolder(programEntry(copy));
    const files = [join(copy.folder, "main.go"), ...["go.mod", "go.sum"].map((file) => join(copy.moduleFolder, file))];
    const places = files.map((file) => {
      writeFileSync(file, "\n", { flag: "a" });
      return place();
    });

    expect(new Set([entryFolder(programEntry(program)), ...places]).size).toBe(4);
  },
);

test("a program whose modules are pinned beside others' is built with its own", async () => {
  const [, older] = [...kubelabs.values()];
  process.env = { ...process.env, PATH: folder };
  writeFileSync(join(folder, "go"), '#!/bin/sh\necho "$@" >&2\nexit 1\n', { mode: 0o755 });

  await expect(goProgram(copyOf(older as GoProgram), signal)).rejects.toThrow(/-modfile=1\.\d+\/go\.mod/);
});

test("a program that its variable names is taken, and none is built", async () => {
  const ready = join(folder, "kubelab");
  writeFileSync(ready, "#!/bin/sh\n");
  chmodSync(ready, 0o755);
  process.env["KUBELAB"] = ready;

  expect(isProgramReady(kubelab)).toBe(true);
  expect(await goProgram(kubelab, signal)).toBe(ready);
});

test("a variable that names no program is refused, and not passed over", async () => {
  process.env["KUBELAB"] = join(folder, "nowhere");

  await expect(goProgram(kubelab, signal)).rejects.toThrow(`KUBELAB names '${folder}/nowhere', which is no program`);
});

test("sources that Go cannot build are told with what Go says", async () => {
  const empty = { ...kubelab, folder: join(folder, "sources") };
  cpSync(chartRenderer.folder, empty.folder, { recursive: true });
  // Without Go, the same sentence says that it cannot be run.
  process.env = { ...process.env, PATH: folder, KUBELAB: "" };
  writeFileSync(join(folder, "go"), "#!/bin/sh\necho 'main.go:1: no' >&2\nexit 1\n", { mode: 0o755 });

  await expect(goProgram(empty, signal)).rejects.toThrow(/ended with code 1\nmain\.go:1: no/);
});
