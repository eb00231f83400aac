import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connect } from "../../../../operations/connection";
import { ownership } from "../../../../operations/teardown/ownership";
import { Stack } from "../../../../operations/teardown/steps/terraform-stack";
import { cluster } from "../../../support/settings";

const settings = cluster();
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "teardown-stack-"));
const program = join(folder, "terraform");
const calls = join(folder, "calls");

beforeAll(() => {
  mkdirSync(join(folder, "cdktf.out", "stacks", `${settings.name}-bootstrap`), { recursive: true });
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
function stackWith(script: string): Stack {
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  const place = {
    connection: connect(settings, () => {}),
    owned: ownership(settings.name),
    objects: undefined,
    signal: new AbortController().signal,
    say: () => {},
  };
  return new Stack("bootstrap", place, { program, folder, stream: () => {}, colour: false });
}

/** What Terraform is asked for after `init`, if its plan fails so until it was asked for this. */
async function asked(summary: string, address: string, until: string): Promise<string[]> {
  const diagnostic = { severity: "error", summary, detail: "", address };
  const said = JSON.stringify({ type: "diagnostic", diagnostic });
  const script = `#!/bin/sh
    echo "$@" >>${calls}
    case $1 in
      plan) if grep -q -e '${until}' ${calls}; then touch ${join(folder, `${settings.name}-bootstrap`)}; else echo '${said}'; exit 1; fi ;;
      show) echo '{"format_version":"1.2","resource_changes":[]}' ;;
    esac`;
  await stackWith(script).destroy(() => {});
  rmSync(join(folder, `${settings.name}-bootstrap`));
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

test("a lock that a Terraform left which was killed is named, with how to take it off", async () => {
  const said =
    "│ Error: Error acquiring the state lock\\n│ Lock Info:\\n│   ID:        0a1b-2c3d\\n│   Path:      state";
  const stack = stackWith(`#!/bin/sh\nprintf '${said}' >&2; exit 1`);

  await expect(stack.forget(["aws_vpc.network"])).rejects.toMatchObject({
    next: expect.stringContaining(`terraform -chdir=${stack.folder} force-unlock 0a1b-2c3d`),
  });
});
