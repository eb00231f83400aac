import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";

import { type Hcp, startHcp } from "./hcp";
import type { ExecutionMode } from "./records/organization";

interface Options {
  readonly port: number;
  readonly organization: readonly string[];
  readonly token: string | undefined;
  readonly http: boolean;
  readonly archivist: "apart" | "beside";
  readonly executionMode: ExecutionMode;
  readonly stepped: boolean;
}

async function main(folder: string, options: Options): Promise<void> {
  const { organization: organizations, http, token, ...others } = options;
  const hcp = await startHcp({
    ...others,
    ...(token === undefined ? {} : { token }),
    folder: resolve(folder),
    organizations,
    tls: !http,
    logs: true,
  });
  writeFileSync(join(folder, "terraformrc"), credentials(hcp), { mode: 0o600 });
  writeFileSync(join(folder, "pid"), `${process.pid}\n`);
  // Last: it says that the server answers.
  writeFileSync(join(folder, "env"), exports(hcp), { mode: 0o600 });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => hcp.close().then(() => process.exit(0)));
  }
}

/** Returns the environment as a shell reads it, without what no shell can set. */
function exports({ environment, url }: Hcp): string {
  const variables = Object.entries(environment).filter(([name]) => /^\w+$/.test(name));
  return [["HCP_URL", url], ...variables].map(([name, value]) => `export ${name}=${value}\n`).join("");
}

/** Returns what Terraform's configuration file needs to log in. */
function credentials({ host, token }: Hcp): string {
  return `credentials "${host}" {\n  token = "${token}"\n}\n`;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("It must be a number up to 65535.");
  }
  return port;
}

/** Takes an option that may be repeated. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

const explanation = `
It listens on 127.0.0.1, keeps its records in DIR, and writes DIR/pid, DIR/log, DIR/certificate.pem, DIR/terraformrc (the
credentials for Terraform's configuration file) and DIR/env, which sets HCP_URL, TFE_HOSTNAME, TFE_TOKEN, TF_CLOUD_HOSTNAME,
SSL_CERT_FILE and more.
`;

new Command("rehearsal/hcp/start")
  .description(
    "Starts a server that answers as HCP Terraform does, as far as the platform asks, and returns when it answers.",
  )
  .argument("<dir>", "folder of its state; made if it is not there")
  .requiredOption("--organization <NAME>", "an organization; may be repeated", collect)
  .option("--token <TOKEN>", "the token of who owns them; a random one, which stays, without it")
  .option("--port <N>", "port; 0 for a free one", portNumber, 0)
  .option("--http", "speaks plain HTTP, which Terraform does not take", false)
  .addOption(
    new Option("--archivist <WHERE>", "whether blobs have a port of their own")
      .choices(["apart", "beside"])
      .default("apart"),
  )
  .addOption(
    new Option("--execution-mode <MODE>", "the organizations' default mode")
      .choices(["remote", "local"])
      .default("remote"),
  )
  .option("--stepped", "has runs move by POST /_rehearsal/step alone", false)
  .helpOption("--help", "print this help")
  .addHelpText("after", explanation)
  .showHelpAfterError("(--help lists the options)")
  .action(main)
  .parse();
