import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { planStack } from "../../../operations/terraform/plan-stack";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "review-terraform-"));
const program = join(folder, "terraform");
const calls = join(folder, "calls");
const file = join(folder, "plan");

beforeAll(() => {
  mkdirSync(join(folder, "cdktf.out", "stacks", "demo-cluster"), { recursive: true });
  process.chdir(folder);
});

afterEach(() => {
  rmSync(file, { force: true });
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const json = '{"format_version":"1.2","resource_changes":[]}';
const works = { init: "", plan: `touch ${file}`, show: `echo '${json}'` };

function saying(...diagnostics: readonly object[]): string {
  const lines = diagnostics.map((diagnostic) => JSON.stringify({ type: "diagnostic", diagnostic }));
  return `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")}; exit 1`;
}

function error(summary: string, address: string) {
  return { severity: "error", summary, detail: "", address };
}

const noState = error("Unable to find remote state", "data.terraform_remote_state.network");
const noAccess = error("No access", "aws_vpc.network");

/** What comes of planning a stack with a Terraform that does this. */
function planned(does: Partial<typeof works>, signal = new AbortController().signal) {
  const commands = Object.entries({ ...works, ...does }).map(([name, script]) => `${name}) ${script || ":"} ;;`);
  writeFileSync(program, `#!/bin/sh\necho "$@" >>${calls}\ncase $1 in ${commands.join("\n")} esac\n`);
  chmodSync(program, 0o755);
  const earlier = ["demo-network"];
  return planStack("demo-cluster", { program, earlier, file, refresh: true, signal });
}

test("a stack that can be planned gives a plan", async () => {
  expect(await planned({})).toMatchObject({ plans: [{ stack: "demo-cluster" }], problems: [] });
});

test("a stack whose state a killed Terraform has emptied is not planned as one that was never applied", async () => {
  const stackJson = join("cdktf.out", "stacks", "demo-cluster", "cdk.tf.json");
  writeFileSync(stackJson, JSON.stringify({ terraform: { backend: { local: { path: "cluster.tfstate" } } } }));
  const state = join("cdktf.out", "stacks", "demo-cluster", "cluster.tfstate");
  writeFileSync(state, "");
  writeFileSync(`${state}.backup`, "{}");
  const { plans, problems } = await planned({});
  rmSync(stackJson);

  expect(plans).toEqual([]);
  expect(problems).toEqual([
    expect.objectContaining({
      what: expect.stringContaining(`${state} is empty`),
      next: expect.stringContaining(`cp ${state}.backup ${state}`),
    }),
  ]);
});

test.each<[string, Partial<typeof works>, object]>([
  [
    "an earlier one was never applied",
    { plan: `touch ${file}; ${saying(noState)}` },
    {
      kind: "blocked",
      what: expect.stringContaining("demo-network"),
      next: `cd cdktf.out/stacks/demo-network && ${program} init && ${program} apply`,
    },
  ],
  [
    "something else is wrong too",
    { plan: saying(noState, noAccess) },
    { kind: "failed", what: expect.stringContaining("aws_vpc.network: No access") },
  ],
  [
    "init fails",
    { init: "echo '╷\n│ Error: no provider\n╵' >&2; exit 1" },
    { kind: "failed", what: "init: Error: no provider" },
  ],
  ["Terraform is killed", { plan: "kill -9 $$" }, { kind: "failed", what: expect.stringContaining("without saying") }],
  ["a plan cannot be shown", { show: "echo 'Error: no' >&2; exit 1" }, { kind: "failed", what: "show: Error: no" }],
])("a stack has no plan if %s", async (_, does, problem) => {
  expect(await planned(does)).toEqual({ plans: [], problems: [{ stack: "demo-cluster", ...problem }] });
});

test.each([
  ["relative to the project's", "out/of/it", "out/of/it"],
  ["that is absolute", join(folder, "elsewhere"), join(folder, "elsewhere")],
  ["that is none", "", "cdktf.out"],
])("a stack is planned in the folder that CDKTF_OUTDIR names: one %s", async (_, outdir, expected) => {
  process.env["CDKTF_OUTDIR"] = outdir;
  mkdirSync(join(folder, "out", "of", "it", "stacks", "demo-cluster"), { recursive: true });
  mkdirSync(join(folder, "elsewhere", "stacks", "demo-cluster"), { recursive: true });
  try {
    const { problems } = await planned({ plan: saying(noState) });
    const where = await planned({ init: "pwd >&2; exit 1" });

    expect(problems).toMatchObject([{ next: expect.stringContaining(`cd ${expected}/stacks/demo-network && `) }]);
    expect(where.problems).toMatchObject([{ what: `init: ${resolve(expected, "stacks", "demo-cluster")}` }]);
  } finally {
    delete process.env["CDKTF_OUTDIR"];
  }
});

test("what was planned before an error is shown beside the error", async () => {
  expect(await planned({ plan: `touch ${file}; ${saying(noAccess)}` })).toMatchObject({
    plans: [{ stack: "demo-cluster" }],
    problems: [{ kind: "failed", what: "aws_vpc.network: No access" }],
  });
});

test("a Terraform that is not there is named", async () => {
  const options = { program: "no-such-terraform", earlier: [], file, refresh: true };

  await expect(planStack("demo-cluster", { ...options, signal: new AbortController().signal })).rejects.toThrow(
    "'no-such-terraform' cannot be run",
  );
});

test("an interruption ends Terraform, and is waited for", async () => {
  const interruption = new AbortController();
  const ended = join(folder, "ended");
  const begun = join(folder, "begun");
  const plan = planned(
    { plan: `trap 'sleep 0.1; touch ${ended}; exit 1' INT; touch ${begun}; while :; do sleep 0.02; done` },
    interruption.signal,
  );
  while (!existsSync(begun)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  interruption.abort(new Error("interrupted"));

  await expect(plan).rejects.toThrow("interrupted");
  expect(existsSync(ended)).toBe(true);
});
