import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "library-warnings-"));
const program = join(folder, "program.cjs");

const source = `
import { enableDebug } from ${JSON.stringify(resolve("operations/command/debug"))};
import { hideLibraryWarnings } from ${JSON.stringify(resolve("operations/command/library-warnings"))};
if (process.argv[2] === "--debug") enableDebug();
hideLibraryWarnings();
process.emitWarning("QueueUrl differs from the endpoint");
console.warn("socket usage at \\u001b[2Jcapacity");
console.log("deprecated");
`;

beforeAll(() => {
  const entry = join(folder, "program.ts");
  writeFileSync(entry, source);
  execFileSync("node_modules/.bin/esbuild", [entry, "--bundle", "--platform=node", `--outfile=${program}`], {
    stdio: "pipe",
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

const printed = (...words: readonly string[]) => {
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  return { stdout, stderr: stderr.split("\n") };
};

test("what libraries print by themselves never reaches people", () => {
  expect(printed()).toEqual({ stdout: "", stderr: [""] });
});

test("with --debug it does, on stderr", () => {
  expect(printed("--debug")).toEqual({
    stdout: "",
    stderr: [
      "debug: socket usage at \\u{1b}[2Jcapacity",
      "debug: deprecated",
      "debug: Warning: QueueUrl differs from the endpoint",
      "",
    ],
  });
});
