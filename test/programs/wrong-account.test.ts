import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { clusters } from "../../settings";
import { type FaultyServer, startFaultyServer } from "../support/faulty-server";

const [{ name = "", account = "" } = {}] = clusters;
const folder = mkdtempSync(join(tmpdir(), "wrong-account-"));
const terraform = join(folder, "terraform");
const terraformCalls = join(folder, "calls");
const other = "444455556666";
let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer();
  const arn = `<Arn>arn:aws:iam::${other}:user/ann</Arn><Account>${other}</Account>`;
  const body = `<R><GetCallerIdentityResult>${arn}</GetCallerIdentityResult></R>`;
  server.answer({ status: 200, headers: { "content-type": "text/xml" }, body });
  writeFileSync(terraform, `#!/bin/sh\necho "$1" >>${terraformCalls}\necho Terraform v9.9.9\n`, { mode: 0o755 });
});

afterAll(() => {
  server.end();
  rmSync(folder, { recursive: true });
});

/** Runs a command with credentials of another account than the cluster's. */
function started(
  program: string,
  words: readonly string[],
): Promise<{ code: unknown; output: string; errors: string }> {
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    TMPDIR: folder,
    CDKTF_OUTDIR: join(folder, "out"),
    TERRAFORM_BINARY_NAME: terraform,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: server.url,
  };
  const command = ["scripts/run.mjs", `operations/${program}/main.ts`, name, ...words];
  return new Promise((resolve) =>
    execFile(process.execPath, command, { env }, (failure, output, errors) =>
      resolve({ code: failure?.code ?? 0, output, errors }),
    ),
  );
}

test.each<[string, readonly string[]]>([
  ["review", []],
  ["verify", []],
  ["verify", ["--wait", "10m"]],
  ["hubble", []],
  ["repair", ["--yes", name]],
  ["teardown", ["--yes", name]],
])(
  "%s %j ends with both accounts named, before a service but STS is asked or anything is planned",
  async (program, words) => {
    const { code, output, errors } = await started(program, words);

    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toBe(
      `error: your credentials are of account ${other}, and ${name} is in ${account}\n` +
        "  next: use credentials of that account (AWS_PROFILE)\n",
    );
    const bodies = server.asked.map(({ body }) => new URLSearchParams(body).get("Action"));
    expect(new Set(bodies)).toEqual(new Set(["GetCallerIdentity"]));
    expect(
      existsSync(terraformCalls) ? new Set(readFileSync(terraformCalls, "utf8").split("\n")) : new Set(),
    ).not.toContain("init");
  },
);
