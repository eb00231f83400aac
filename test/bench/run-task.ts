import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { payload, signature, startRunTaskHost } from "../support/run-task-host";

// Has a run task review a plan, as HCP Terraform does: `run-task.ts PLAN`. Writes the peak of the server alone, in kilobytes, to
// `$PEAKS/server`, beside those of all processes.

const key = "a-key-that-nobody-else-has";
const [plan = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const hcp = await startRunTaskHost(
    (_, response) => void createReadStream(plan).pipe(response.writeHead(200)),
    ["localhost"],
  );
  const folder = mkdtempSync(join(tmpdir(), "run-task-bench-"));
  const authority = join(folder, "ca.pem");
  writeFileSync(authority, hcp.certificate);
  const words = ["operations/review/main.ts", "--serve", "0", "--hcp-host", hcp.host, "--data", folder];
  const pages = ["--public-url", "https://review.example"];
  const server = spawn(process.execPath, ["scripts/run.mjs", ...words, ...pages], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority, RUN_TASK_HMAC_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  const [, url = ""] = /listens on (http:\S+)/.exec(line.toString()) ?? [];
  const body = payload(hcp.host, "taskrs-1");
  await fetch(url, { method: "POST", body, headers: { "x-tfc-task-signature": signature(body, key) } });
  const { status, message, url: page } = await hcp.finalResult("taskrs-1");
  const [, peak = ""] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8")) ?? [];
  writeFileSync(join(process.env["PEAKS"] ?? folder, "server"), peak);
  server.kill("SIGTERM");
  await once(server, "close");
  hcp.end();
  rmSync(folder, { recursive: true });
  if (status !== "failed" || page === undefined) {
    throw new Error(`${status}: ${message}`);
  }
}

main().catch((failure: Error) => {
  process.stderr.write(`${failure.stack}\n`);
  process.exitCode = 1;
});
