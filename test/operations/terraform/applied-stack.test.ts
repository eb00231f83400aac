import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** @param script - what Terraform is */
function stackWith(script: string): AppliedStack {
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  return new AppliedStack({
    stack: "demo-bootstrap",
    earlier: ["demo-network", "demo-cluster"],
    signal: new AbortController().signal,
    terraform: { program, folder, stream: () => {}, colour: false },
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
