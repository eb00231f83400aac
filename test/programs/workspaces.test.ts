import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { copyProject } from "../../rehearsal/terraform/project-copy";
import { HcpForTests } from "../support/hcp";
import { inCloud } from "../support/workspaces";

const stand = HcpForTests.forTests({ tls: true });
const project = mkdtempSync(join(tmpdir(), "platform-workspaces-"));
copyProject(".", project, inCloud());

afterAll(() => rmSync(project, { recursive: true }));

/** Runs the command as somebody whose login for the stand-in is in a variable, as Terraform takes it. */
function initialized(environment: Readonly<Record<string, string>>) {
  return new Promise<{ code: number; output: string; errors: string }>((resolve) => {
    const words = ["scripts/run.mjs", "operations/workspaces/main.ts", "init"];
    const env = { PATH: process.env["PATH"], HOME: "/nonexistent", ...environment };
    const child = execFile(process.execPath, words, { cwd: project, env }, (_, output, errors) => {
      resolve({ code: child.exitCode ?? -1, output, errors });
    });
  });
}

test("init makes the workspace over TLS, with the person's own login, and says what to type next", async () => {
  const { host } = stand.hcp;

  expect(await initialized({ ...stand.hcp.environment })).toEqual({
    code: 0,
    errors: "",
    output: [
      `Made the workspace acme-workspaces of acme at ${host}, which keeps a state and runs nothing.`,
      "Next, with your own credentials of AWS and HCP Terraform: npm run synth && terraform -chdir=cdktf.out/stacks/acme-workspaces init && terraform -chdir=cdktf.out/stacks/acme-workspaces apply",
      "",
    ].join("\n"),
  });
});

test("without a login it asks nothing, and says how to get one", async () => {
  const { host } = stand.hcp;
  const { code, errors } = await initialized({ TF_CLOUD_HOSTNAME: host });

  expect(code).toBe(1);
  expect(errors).toMatch(/^error: there is no token for localhost:\d+, .*\n {2}next: terraform login localhost:\d+\n$/);
});
