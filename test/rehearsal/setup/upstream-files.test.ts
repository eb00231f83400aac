import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";

import { cached } from "../../../rehearsal/setup/cache";
import { type UpstreamFiles, upstreamEntry } from "../../../rehearsal/setup/upstream-files";

const environment = process.env;
const { signal } = new AbortController();
let folder: string;
let files: UpstreamFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upstream-"));
  process.env = { ...environment, REHEARSAL_CACHE: join(folder, "cache"), PATH: `${folder}:${environment["PATH"]}` };
  writeFileSync(join(folder, "go.mod"), "module x\n\nrequire (\n\texample.org/thing v1.2.3\n)\n");
  writeFileSync(join(folder, "go.sum"), "example.org/thing v1.2.3 h1:good\nexample.org/thing v1.2.3/go.mod h1:other\n");
  const content = { "a.yaml": "a", "b.yaml": "b", "deep/c.yaml": "c" };
  const inside = Object.entries(content).map(([name, text]) => [
    `example.org/thing@v1.2.3/crds/${name}`,
    strToU8(text),
  ]);
  writeFileSync(
    join(folder, "thing.zip"),
    zipSync(Object.fromEntries([...inside, ["example.org/thing@v1.2.3/x", strToU8("")]])),
  );
  files = { module: "example.org/thing", pinnedIn: folder, from: "crds", to: "things" };
  goPrints({ Zip: join(folder, "thing.zip"), Sum: "h1:good" });
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

/** Puts a program in Go's place that prints this, whatever it is asked. */
function goPrints(answer: object, code = 0): void {
  writeFileSync(join(folder, "go"), `#!/bin/sh\necho '${JSON.stringify(answer)}'\nexit ${code}\n`);
  chmodSync(join(folder, "go"), 0o755);
}

async function copied(more: Partial<UpstreamFiles> = {}): Promise<string> {
  return cached(upstreamEntry("x", "x", [{ ...files, ...more }]), signal);
}

test("a module's files are copied as they are, and none that lies beside their folder", async () => {
  const entry = await copied();

  expect(readFileSync(join(entry, "things", "a.yaml"), "utf8")).toBe("a");
  expect(readFileSync(join(entry, "things", "deep", "c.yaml"), "utf8")).toBe("c");
});

test("where names are given, no other file is copied", async () => {
  const entry = await copied({ names: ["b.yaml"] });

  expect(() => readFileSync(join(entry, "things", "a.yaml"))).toThrow("ENOENT");
  expect(readFileSync(join(entry, "things", "b.yaml"), "utf8")).toBe("b");
});

test("a module that asks for a later Go than is there has its files copied all the same", async () => {
  goPrints({ Zip: join(folder, "thing.zip"), Sum: "h1:good", Error: "requires go >= 1.99" }, 1);

  await expect(copied()).resolves.toContain(folder);
});

test.each([
  ["has another hash than go.sum", { Sum: "h1:bad" }],
  ["could not be downloaded", { Error: "no such host" }],
])("a module that %s is refused, with what Go says", async (_, said) => {
  goPrints({ Zip: join(folder, "thing.zip"), ...said, ...("Error" in said ? { Zip: undefined } : {}) }, 1);

  await expect(copied()).rejects.toThrow(Object.values(said)[0]);
});

test("a file that the module lacks is missed at once", async () => {
  await expect(copied({ names: ["a.yaml", "gone.yaml"] })).rejects.toThrow("lacks files in crds");
});

test("another version, another hash and other files have another place each", () => {
  const place = () => JSON.stringify(upstreamEntry("x", "x", [files]).decidedBy);
  const first = place();
  writeFileSync(join(folder, "go.sum"), "example.org/thing v1.2.3 h1:changed\n");
  const second = place();
  files = { ...files, from: "config" };

  expect(new Set([first, second, place()]).size).toBe(3);
});
