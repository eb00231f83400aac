import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { HcpForTests } from "../../support/hcp";

// Terraform's own `cloud` backend against the server: needs Terraform, and no provider.
const hcp = HcpForTests.forTests({ tls: true });

/** A configuration in a folder of its own, whose state is in a workspace. */
class CloudTerraform {
  readonly folder: string;

  constructor(
    readonly workspace: string,
    lines = 'resource "terraform_data" "one" {\n  input = var.input\n}\n',
  ) {
    this.folder = join(hcp.folder, workspace);
    mkdirSync(this.folder);
    const cloud = `terraform {\n  cloud {\n    workspaces {\n      name = "${workspace}"\n    }\n  }\n}\n`;
    const variable = 'variable "input" {\n  default = "first"\n}\n';
    const outputs =
      'output "input" {\n  value = var.input\n}\noutput "key" {\n  value = "hidden"\n  sensitive = true\n}\n';
    writeFileSync(join(this.folder, "main.tf"), cloud + variable + lines + outputs);
  }

  async run(...args: readonly string[]): Promise<{ status: number; said: string }> {
    const child: ChildProcess = spawn("terraform", [...args, "-no-color"], {
      cwd: this.folder,
      timeout: 60_000,
      env: { ...process.env, ...hcp.hcp.environment, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    });
    const status = new Promise<number>((resolve, reject) =>
      child.on("error", reject).on("close", (code) => resolve(code ?? 1)),
    );
    const [out, err] = await Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : "")));
    return { status: await status, said: `${out}${err}` };
  }

  async succeed(...args: readonly string[]): Promise<string> {
    const { status, said } = await this.run(...args);
    expect({ status, said }).toMatchObject({ status: 0 });
    return said;
  }
}

const workspaceNamed = async (name: string) =>
  (await hcp.call("GET", `organizations/acme/workspaces/${name}`)).body.data;

test("state is kept in a workspace with execution mode local: init, apply, no drift, outputs, destroy, safe delete", async () => {
  const { id } = await hcp.workspace("local", { "execution-mode": "local" });
  const terraform = new CloudTerraform("local");
  await terraform.succeed("init");

  expect(await terraform.succeed("apply", "-auto-approve")).toMatch(/1 added, 0 changed, 0 destroyed/);
  await terraform.succeed("plan", "-detailed-exitcode");
  expect(await terraform.succeed("output", "-json")).toMatch(/"hidden"/);
  const workspace = await workspaceNamed("local");
  expect(workspace.attributes).toMatchObject({ "resource-count": 1, locked: false });
  expect((await hcp.call("POST", `workspaces/${id}/actions/safe-delete`)).status).toBe(409);

  await terraform.succeed("apply", "-auto-approve", "-var", "input=second");
  await terraform.succeed("destroy", "-auto-approve");
  expect(
    (await hcp.call("GET", "state-versions?filter[organization][name]=acme&filter[workspace][name]=local")).body.data,
  ).toHaveLength(3);
  expect((await hcp.call("POST", `workspaces/${id}/actions/safe-delete`)).status).toBe(204);
});

test("init makes a workspace that is not there, in the organization's default mode, where an apply would run remotely", async () => {
  const terraform = new CloudTerraform("unmade");
  await terraform.succeed("init");

  expect((await workspaceNamed("unmade")).attributes).toMatchObject({
    "execution-mode": "remote",
    "setting-overwrites": { "execution-mode": false },
    "terraform-version": expect.stringMatching(/^1\./),
  });
  await hcp.control("POST", "terraform", {
    workspace: "unmade",
    plan: { fails: true, log: "Error: no credentials here\n" },
  });
  const { status, said } = await terraform.run("apply", "-auto-approve");
  expect({ status, said }).toMatchObject({ status: 1, said: expect.stringMatching(/no credentials here/) });
  const [run] = (await hcp.control("GET", "inventory")).runs;
  expect(run).toMatchObject({ workspace: "unmade", status: "errored" });
});

test("a lock of somebody else's ends an apply before it does anything, and an unlock lets it through", async () => {
  const { id } = await hcp.workspace("held", { "execution-mode": "local" });
  const terraform = new CloudTerraform("held");
  await terraform.succeed("init");
  await hcp.call("POST", `workspaces/${id}/actions/lock`, { reason: "mine" });

  const { status, said } = await terraform.run("apply", "-auto-approve");
  expect({ status, said }).toMatchObject({ status: 1, said: expect.stringMatching(/workspace already locked/) });
  expect((await workspaceNamed("held")).attributes["resource-count"]).toBe(0);
  await terraform.succeed("force-unlock", "-force", "acme/held");
  await terraform.succeed("apply", "-auto-approve");
});

test("a state whose upload fails keeps the workspace locked, and can be pushed", async () => {
  await hcp.workspace("failing", { "execution-mode": "local" });
  const terraform = new CloudTerraform("failing");
  await terraform.succeed("init");
  const conflict = { errors: [{ status: "409", title: "conflict" }] };
  await hcp.control("POST", "fail", {
    method: "POST",
    path: "/state-versions$",
    status: 409,
    times: 20,
    body: conflict,
  });

  const { status, said } = await terraform.run("apply", "-auto-approve");
  expect({ status, said }).toMatchObject({ status: 1, said: expect.stringMatching(/errored\.tfstate/) });
  expect((await workspaceNamed("failing")).attributes.locked).toBe(true);
  await hcp.control("DELETE", "fail");
  await terraform.succeed("force-unlock", "-force", "acme/failing");
  await terraform.succeed("state", "push", "errored.tfstate");
  await terraform.succeed("plan", "-detailed-exitcode");
});
