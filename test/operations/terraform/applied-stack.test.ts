import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AppliedStack } from "../../../operations/terraform/applied-stack";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "teardown-stack-"));
const program = join(folder, "terraform");
const calls = join(folder, "calls");

beforeAll(() => {
  mkdirSync(join(folder, "cdktf.out", "stacks", "demo-bootstrap"), { recursive: true });
  process.chdir(folder);
});

beforeEach(() => {
  rmSync(calls, { force: true });
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/**
 * @param script - what Terraform is
 * @param initialized - names of stacks that Terraform was initialized for; without it, none
 */
function stackWith(script: string, initialized = new Set<string>()): AppliedStack {
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  return new AppliedStack({
    stack: "demo-bootstrap",
    earlier: ["demo-network", "demo-cluster"],
    signal: new AbortController().signal,
    terraform: { program, folder, stream: () => {}, colour: false },
    initialized,
  });
}

/** What Terraform is asked for after `init`, if its plan fails so until it was asked for this. */
async function asked(summary: string, address: string, until: string): Promise<string[]> {
  const diagnostic = { severity: "error", summary, detail: "", address };
  const said = JSON.stringify({ type: "diagnostic", diagnostic });
  const script = `#!/bin/sh
    echo "$@" >>${calls}
    case $1 in
      plan) if grep -q -e '${until}' ${calls}; then touch ${join(folder, "demo-bootstrap")}; else echo '${said}'; exit 1; fi ;;
      show) echo '{"format_version":"1.2","resource_changes":[]}' ;;
    esac`;
  await stackWith(script).destroy({ onPlan: () => {}, onForget: () => {} });
  rmSync(join(folder, "demo-bootstrap"));
  const lines = readFileSync(calls, "utf8").trim().split("\n");
  return lines.filter((line) => !/^(?:init|show)/.test(line));
}

test("a stack whose predecessor is half destroyed is destroyed by what its state knows", async () => {
  const address = "data.terraform_remote_state.cluster";

  expect(await asked("Unable to find remote state", address, "-refresh=false")).toEqual([
    expect.stringMatching(/^plan .*-destroy/),
    expect.stringMatching(/^plan .*-destroy .*-refresh=false/),
    expect.stringMatching(/^apply /),
  ]);
});

test("what its provider cannot read, since it is gone, is forgotten, and the others are looked at", async () => {
  const address = "aws_eks_node_group.system";

  expect(await asked("Missing Resource Identity After Read", address, "state rm")).toEqual([
    expect.stringMatching(/^plan /),
    expect.stringMatching(`^state rm .*${address}$`),
    expect.not.stringContaining("-refresh=false"),
    expect.stringMatching(/^apply /),
  ]);
});

test.each([
  ["Terraform", "Terraform"],
  ["OpenTofu", "OpenTofu"],
])("a state that was never written holds nothing: %s says so as an error", async (_, name) => {
  const stack = stackWith(`#!/bin/sh
    cat >&2 <<'END'
╷
│ Error: No state file was found
│
│ State management commands require a state file. Run this command in a
│ directory where ${name} has been run or use the -state flag to point the
│ command to a specific state location.
╵
END
    exit 1`);

  expect(await stack.addresses()).toEqual([]);
});

test("other errors of a list of the state are errors", async () => {
  const stack = stackWith("#!/bin/sh\necho 'Error: Backend initialization required' >&2; exit 1");

  await expect(stack.addresses()).rejects.toThrow(/state list of demo-bootstrap failed\nError: Backend init/);
});

test.each([
  ["plainly", "│ Lock Info:\\n│   ID:        0a1b-2c3d\\n│   Path:      state"],
  [
    "by OpenTofu, of a lock in S3",
    "│ Error message: operation error S3: PutObject, api error PreconditionFailed\\n│ Lock Info:\\n│   ID:        0a1b-2c3d\\n│   Path:      acme-state/demo.tfstate\\n",
  ],
  ["in colour", "\\033[31m│\\033[0m Lock Info:\\n\\033[31m│\\033[0m   ID:        0a1b-2c3d\\n"],
])("a lock that a Terraform left which was killed is named, with how to take it off: %s", async (_, said) => {
  const stack = stackWith(`#!/bin/sh\nprintf '│ Error: Error acquiring the state lock\\n${said}' >&2; exit 1`);

  await expect(stack.forget(["aws_vpc.network"])).rejects.toMatchObject({
    message: expect.not.stringContaining("\u001b"),
    next: expect.stringContaining(`${program} -chdir=cdktf.out/stacks/demo-bootstrap force-unlock 0a1b-2c3d`),
  });
});

const nonsense = expect.stringContaining(`see that '${program}' is Terraform or OpenTofu (${program} version)`);

test.each([
  ["nothing", ""],
  ["what is no JSON", "hello"],
  ["JSON that is no state", "[]"],
  ["the JSON of something else", '{"values":{}}'],
])("a Terraform that prints %s in a state's place is told from one that does what it should", async (_, printed) => {
  const stack = stackWith(`#!/bin/sh\nprintf '%s' '${printed}'`);

  await expect(stack.ids()).rejects.toMatchObject({
    message: `${program} show of demo-bootstrap failed\nit printed no state as JSON`,
    next: nonsense,
  });
});

test("so is one that prints a page in place of addresses", async () => {
  const stack = stackWith("#!/bin/sh\necho '<html>Sign in</html>'");

  await expect(stack.addresses()).rejects.toMatchObject({
    message: `${program} state list of demo-bootstrap failed\nit printed what is no address: <html>Sign in</html>`,
    next: nonsense,
  });
});

test("and one that plans without a word, and leaves no plan", async () => {
  const stack = stackWith("#!/bin/sh\nexit 0");

  await expect(stack.destroy({ onPlan: () => {}, onForget: () => {} })).rejects.toMatchObject({
    message: expect.stringContaining(`it left no plan: is '${program}' Terraform?`),
    next: nonsense,
  });
});

test("a stack is initialized once, whoever opens it, and before it is planned by whoever has not", async () => {
  const shared = new Set<string>();
  const script = `#!/bin/sh
    echo $1 >>${calls}
    if [ $1 = show ]; then echo '{"format_version":"1.2","resource_changes":[]}'; else touch ${join(folder, "demo-bootstrap")}; fi`;
  await stackWith(script, shared).init();
  const opened = stackWith(script, shared);
  await opened.init();
  await opened.planApply();
  await stackWith(script).planApply();

  expect(readFileSync(calls, "utf8").trim().split("\n")).toEqual(["init", "plan", "show", "init", "plan", "show"]);
});

test("a stack whose initialization failed is initialized again", async () => {
  const shared = new Set<string>();
  await expect(stackWith("#!/bin/sh\nexit 1", shared).init()).rejects.toThrow("init of demo-bootstrap failed");
  await stackWith(`#!/bin/sh\necho $1 >>${calls}`, shared).init();

  expect(readFileSync(calls, "utf8")).toBe("init\n");
});

test("addresses of modules and of their instances are addresses", async () => {
  const addresses = ["aws_vpc.network", 'module.a["b.c"].aws_subnet.x[0]', "module.a[0].aws_subnet.x"];
  const stack = stackWith(`#!/bin/sh\nprintf '%s\\n' '${addresses.join("' '")}' 'module.a.data.aws_vpc.v'`);

  expect(await stack.addresses()).toEqual(addresses);
});

test("a disk that is full is told with where room is needed", async () => {
  const stack = stackWith("#!/bin/sh\necho 'Error: write /tmp/x/demo: no space left on device' >&2; exit 1");

  await expect(stack.init()).rejects.toMatchObject({ next: expect.stringContaining("make room where it says") });
});

describe("a state whose file is empty", () => {
  const file = join("state", "demo-bootstrap.tfstate");
  const stackJson = join("cdktf.out", "stacks", "demo-bootstrap", "cdk.tf.json");

  beforeAll(() => {
    mkdirSync("state", { recursive: true });
    writeFileSync(file, "");
    const backend = { local: { path: join("..", "..", "..", file) } };
    writeFileSync(stackJson, JSON.stringify({ terraform: { backend } }));
  });
  afterAll(() => {
    rmSync("state", { recursive: true });
    rmSync(stackJson);
  });

  test("is of a stack that was never applied, where Terraform has kept none of before", async () => {
    await expect(stackWith("#!/bin/sh\n").init()).resolves.toBeUndefined();
  });

  test("is told from that where Terraform has, with the command that puts it back, and no Terraform is asked", async () => {
    writeFileSync(`${file}.backup`, "{}");
    const stack = stackWith(`#!/bin/sh\necho "$@" >>${calls}\n`);

    await expect(stack.init()).rejects.toMatchObject({
      message: `${program} init of demo-bootstrap failed\n${file} is empty: a Terraform was killed while it wrote the state`,
      next: expect.stringContaining(`see that ${file}.backup is whole: cp ${file}.backup ${file}, and run this again`),
    });
    expect(existsSync(calls)).toBe(false);
  });
});

describe("a state that cannot be read", () => {
  const unreadable = `#!/bin/sh
    cat >&2 <<'END'
Failed to load state: 2 problems:

- Unsupported state file format: The state file could not be parsed as JSON: syntax error at byte offset 20.
- Unsupported state file format: The state file does not have a "version" attribute, which is required to identify the format version.
END
    exit 1`;
  const state = join("state", "demo-bootstrap.tfstate");
  const stackJson = join("cdktf.out", "stacks", "demo-bootstrap", "cdk.tf.json");
  const next = async (backend: object) => {
    writeFileSync(stackJson, JSON.stringify({ terraform: { backend } }));
    const thrown: unknown = await stackWith(unreadable)
      .addresses()
      .catch((failure) => failure);
    rmSync(stackJson);
    return thrown;
  };
  const local = { local: { path: join("..", "..", "..", state) } };

  test("is told with the one that Terraform kept of before", async () => {
    mkdirSync("state", { recursive: true });
    writeFileSync(`${state}.backup`, "{}");

    expect(await next(local)).toMatchObject({
      next: expect.stringContaining(`see that ${state}.backup is whole: cp ${state}.backup ${state}`),
    });
    rmSync(`${state}.backup`);
  });

  test("is told without one that Terraform has not kept", async () => {
    expect(await next(local)).toMatchObject({ next: expect.stringContaining(`no ${state}.backup`) });
  });

  test("is told with where another backend keeps it", async () => {
    expect(await next({ s3: { bucket: "acme-state" } })).toMatchObject({
      next: expect.stringContaining("as versions of the bucket's object"),
    });
  });
});
