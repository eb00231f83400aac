import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";

const folder = mkdtempSync(join(tmpdir(), "interruption-"));
const program = join(folder, "program.cjs");
const terraform = join(folder, "terraform");
/** Made by Terraform when it has ended what it was at. */
const ended = join(folder, "ended");

/** Runs Terraform, with a lock or without one, or nothing at all. */
const source = `
import { interruptible } from ${JSON.stringify(resolve("operations/command/interruption"))};
import { runTerraform } from ${JSON.stringify(resolve("operations/terraform/run"))};
const terraform = { program: ${JSON.stringify(terraform)}, stack: "demo-network", folder: ${JSON.stringify(folder)} };
const work = {
  terraform: (signal) =>
    runTerraform(terraform, ["apply"], { signal, endedBy: "signal", onOutput: (text) => console.log(text) }),
  nothing: () => {
    console.log("ready");
    return new Promise(() => setInterval(() => {}, 1000));
  },
}[process.argv[2]];
interruptible("interrupted; run this again", work).catch(({ exitCode }) => {
  process.exitCode = exitCode;
});
`;

beforeAll(() => {
  const entry = join(folder, "program.ts");
  writeFileSync(entry, source);
  execFileSync("node_modules/.bin/esbuild", [entry, "--bundle", "--platform=node", `--outfile=${program}`]);
  // It takes five seconds to end what it is at.
  const script = `#!/bin/sh\ntrap 'sleep 5; touch ${ended}; exit 1' INT\necho ready\nwhile :; do sleep 0.1; done\n`;
  writeFileSync(terraform, script);
  chmodSync(terraform, 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What becomes of the program if somebody asks it so often to end, in more than a second each. */
async function interrupted(work: "terraform" | "nothing", times: number) {
  rmSync(ended, { force: true });
  const child = spawn(process.execPath, [program, work]);
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const closing = once(child, "close");
  await once(child.stdout, "data");
  child.kill("SIGINT");
  for (let time = 1; time < times; time++) {
    await setTimeout(1_100);
    child.kill("SIGINT");
  }
  const [code] = await closing;
  return { code, errors, hasEnded: existsSync(ended) };
}

const said =
  /^waiting for \S+terraform apply of demo-network, which ends what it is at. Once more leaves it alone with that: .*\n$/;

test("who asks a second time while Terraform ends what it is at hears what that would leave, and Terraform ends it", async () => {
  expect(await interrupted("terraform", 2)).toEqual({
    code: 130,
    errors: expect.stringMatching(said),
    hasEnded: true,
  });
});

test("who asks a third time does not wait", async () => {
  expect(await interrupted("terraform", 3)).toEqual({
    code: 130,
    errors: expect.stringMatching(said),
    hasEnded: false,
  });
  await setTimeout(5_000);
});

test("who asks a second time where nothing would be left does not wait", async () => {
  expect(await interrupted("nothing", 2)).toEqual({ code: 130, errors: "", hasEnded: false });
});
