import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { demo } from "../../rehearsal/life/demo-settings";
import { copyProject } from "../../rehearsal/terraform/project-copy";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { stopServers } from "../../rehearsal/world/servers";
import { kubeconfigOf } from "../../rehearsal/world/world-files";

// The world that README has people start, by the commands as they stand there, in a project where nobody else synthesizes meanwhile.
const parent = mkdtempSync(join(tmpdir(), "readme-"));
const project = mkdtempSync(join(tmpdir(), "readme-project-"));
const folder = join(parent, "world");
/** Where a project keeps stacks and state. */
const kept = ["cdktf.out", "state"];
const section = readFileSync("README.md", "utf8").split("## See it run, without an account\n")[1] ?? "";
const commands = /```sh\n([^`]*)```/.exec(section)?.[1]?.replaceAll("/tmp/world", folder).trim().split("\n") ?? [];
const [setup = "", up = "", enter = "", verify = ""] = commands;
const cluster = verify.split(" ").at(-1) ?? "";

beforeAll(() => {
  copyProject(".", project, demo);
  for (const name of kept) {
    mkdirSync(join(project, name));
    writeFileSync(join(project, name, `${demo.name}-network.tfstate`), "somebody's");
  }
});

afterAll(async () => {
  await stopServers(folder);
  for (const made of [parent, project]) {
    rmSync(made, { recursive: true });
  }
});

/** What a shell prints that is in the world, and what it ends with. */
async function typed(...lines: string[]): Promise<{ code: number; output: string; errors: string }> {
  const options = { cwd: project, env: process.env, maxBuffer: 64 * 1024 * 1024 };
  return promisify(execFile)("bash", ["-c", lines.join("\n")], options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout, errors: stderr }),
    ({ code, stdout, stderr }) => ({ code, output: stdout, errors: stderr }),
  );
}

/** Names and times of all that lies where the project keeps stacks and state. */
function ofProject(): string[] {
  const paths = kept.flatMap((name) =>
    readdirSync(join(project, name), { recursive: true, encoding: "utf8" }).map((path) => join(name, path)),
  );
  return paths.map((path) => `${path} ${statSync(join(project, path)).mtimeMs}`);
}

test("README's commands set a world up and apply the platform, all of which verify then finds", async () => {
  const before = ofProject();
  const started = await typed(setup, up);
  expect(started.code === 0 ? "" : started.errors).toBe("");
  expect(started.output).toContain(`${cluster} runs in the world in ${folder}`);

  const verified = await typed(enter, verify);
  expect(verified).toMatchObject({ code: 0, output: expect.stringMatching(/^\d+ hold$/m) });
  expect(ofProject()).toEqual(before);
});

test("review finds nothing to do there, with the state that is in the world's folder", async () => {
  const { code, output } = await typed(enter, `npm run --silent review -- ${cluster}`);

  expect(code).toBe(0);
  expect(output.match(/nothing to do$/gm)).toHaveLength(3);
});

test("what is broken there is named, and hubble and the rest go on", async () => {
  const kubectl = new Kubectl(kubeconfigOf(folder));
  const address = /http:\/\/\S+\d/;
  const hubble = await typed(
    enter,
    `npm run --silent hubble -- ${cluster} > ${folder}/log/hubble.log & hubble=$!`,
    `for _ in $(seq 300); do grep -o 'http://[^ ]*[0-9]' ${folder}/log/hubble.log && break; sleep 0.2; done`,
    `curl --silent --noproxy '*' "$(grep -o 'http://[^ ]*[0-9]' ${folder}/log/hubble.log | head -1)"`,
    "kill -INT $hubble",
    "wait $hubble",
  );
  expect(hubble.output).toMatch(address);
  expect(hubble.output).toContain("the way to it works");

  await kubectl.run(["delete", "deployment", "hubble-ui", "--namespace=kube-system"]);
  expect(await typed(enter, verify)).toMatchObject({ code: 2, output: expect.stringMatching(/^broken +Hubble's UI/m) });
});

test("inventory and journal show what is there, and what came to be", async () => {
  const inventory = await typed(`npm run --silent world -- inventory ${folder}`);
  const journal = await typed(`npm run --silent world -- journal ${folder}`);

  expect(inventory.output).toMatch(/^eks:cluster +\S*demo/m);
  expect(inventory.output).toMatch(/^file +\S+\/karpenter\//m);
  expect(journal.output).toMatch(/eks CreateCluster\n[\s\S]*eks CreateNodegroup/);
});

test("an ended world says so, and is begun anew by the same command as at first", async () => {
  const down = `npm run --silent world -- down ${folder}`;

  expect(await typed(down)).toMatchObject({ code: 0, output: `the world in ${folder} has ended; its folder stays\n` });
  expect(await typed(`npm run --silent world -- env ${folder}`)).toMatchObject({
    code: 1,
    output: "",
    errors: expect.stringContaining(`error: the world in ${folder} has ended\n  next: npm run world -- up ${folder}`),
  });
});

test.each([
  [".", "is in the project"],
  [parent, "holds what is no world's: world"],
])("%s is no folder for a world", async (place, words) => {
  const { code, errors } = await typed(`npm run --silent world -- up ${place}`);

  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(words) });
});
