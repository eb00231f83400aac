import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "temporary-folder-"));
const program = join(folder, "program.cjs");
const env = { ...process.env, TMPDIR: folder };

/** Makes a folder, says its name and its mode, and ends as its argument says. */
const source = `
import { statSync } from "node:fs";
import { interruptible } from ${JSON.stringify(resolve("operations/command/interruption"))};
import { temporaryFolder } from ${JSON.stringify(resolve("operations/command/temporary-folder"))};
const folder = temporaryFolder("plans");
const say = () => console.log(folder, (statSync(folder).mode & 0o777).toString(8));
if (process.argv[2] === "waits") {
  interruptible("interrupted", (signal) => new Promise((_, reject) => {
    const clock = setInterval(() => {}, 1000);
    signal.addEventListener("abort", () => { clearInterval(clock); reject(signal.reason); });
    say();
  })).catch(() => { process.exitCode = 1; });
} else {
  say();
  if (process.argv[2] === "throws") throw new Error("x");
}
`;

beforeAll(() => {
  const entry = join(folder, "program.ts");
  writeFileSync(entry, source);
  execFileSync("node_modules/.bin/esbuild", [entry, "--bundle", "--platform=node", `--outfile=${program}`]);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ["that ends", "ends", undefined],
  ["that throws", "throws", undefined],
  ["that is interrupted", "waits", "SIGINT"],
  ["whose terminal goes", "waits", "SIGHUP"],
] as const)("a folder is for its owner alone, and goes with the program %s", async (_, how, signal) => {
  const child = spawn(process.execPath, [program, how], { env });
  child.stderr.resume();
  const [said] = await once(child.stdout, "data");
  if (signal) {
    child.kill(signal);
  }
  await once(child, "close");
  const [made = "", mode] = String(said).trim().split(" ");

  expect(mode).toBe("700");
  expect(made.startsWith(folder)).toBe(true);
  expect(statSync(made, { throwIfNoEntry: false })).toBeUndefined();
});

test("what a killed run has left is removed by the next one, and nothing of a run that goes on, or somebody else's", async () => {
  const started = async () => {
    const child = spawn(process.execPath, [program, "waits"], { env });
    const [said] = await once(child.stdout, "data");
    const [made = ""] = String(said).trim().split(" ");
    writeFileSync(join(made, "plan"), "secret");
    return { child, name: basename(made) };
  };
  const running = await started();
  const killed = await started();
  killed.child.kill("SIGKILL");
  await once(killed.child, "close");
  const names = ["somebody-elses-1-abcdef", "eks-cilium-platform-plans-young"];
  for (const name of names) {
    mkdirSync(join(folder, name));
  }
  expect(readdirSync(folder)).toContain(killed.name);
  spawnSync(process.execPath, [program, "ends"], { env });
  const left = readdirSync(folder).filter((name) => !name.startsWith("program"));
  running.child.kill();
  await once(running.child, "close");

  expect(left.sort()).toEqual([running.name, ...names].sort());
});

test("what a run of an earlier version has left, which names no process, goes a day later", () => {
  const old = new Date(Date.now() - 25 * 3_600_000);
  const name = "eks-cilium-platform-plans-AbCdEf";
  mkdirSync(join(folder, name));
  utimesSync(join(folder, name), old, old);
  spawnSync(process.execPath, [program, "ends"], { env });

  expect(readdirSync(folder)).not.toContain(name);
});

test.each([
  ["missing", join(folder, "missing"), "is not there"],
  ["no folder", program, "is no folder"],
])("a temporary folder that is %s is said in a sentence", (_, TMPDIR, fault) => {
  const { stderr } = spawnSync(process.execPath, [program, "ends"], { env: { ...env, TMPDIR }, encoding: "utf8" });

  expect(stderr).toContain(`the temporary folder ${TMPDIR} ${fault}`);
  expect(stderr).toContain("next: 'put that right, or name another folder in TMPDIR'");
});
