import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { dirname, join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";

import { Accounts } from "./repositories/accounts";
import { respond } from "./rest/routes";
import { GithubServer } from "./server/server";

interface Options {
  readonly port: number;
  readonly owner: readonly string[];
  readonly user: string;
  readonly token: string;
  readonly repository: readonly string[];
  readonly private: boolean;
}

function main(folder: string, options: Options): void {
  const { port, owner, user, token } = options;
  const accounts = new Accounts(user, owner, resolve(folder, "repositories"));
  // The path of this source: it runs as a bundle, which lies elsewhere.
  const hooks = join(dirname(process.argv[1] ?? ""), "hooks");
  const github = new GithubServer({ accounts, token, hooks });
  const server = createServer((request, response) => {
    github.handle(request, response).catch((thrown) => {
      process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
      response.destroy();
    });
  });
  // After Node's 5 seconds, a client that takes up a connection again may find it closed in the middle of a call.
  server.keepAliveTimeout = 120_000;
  server.on("error", ({ message }) => {
    process.stderr.write(`${message}\n`);
    process.exit(1);
  });
  server.listen(port, "127.0.0.1", () => announce(server, accounts, folder, options));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => process.exit(0));
  }
}

/** Makes the repositories that are to be there, and then the file that says that the server answers. */
async function announce(server: Server, accounts: Accounts, folder: string, options: Options): Promise<void> {
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
  const { owner, repository, token } = options;
  const [organization = ""] = owner;
  const request = { accounts, server: url, api: url, query: new URLSearchParams(), note: () => {} };
  for (const name of repository.filter((one) => !accounts.exists(organization, one))) {
    const body = { name, auto_init: true, private: options.private };
    await respond({ ...request, body }, "POST", `/orgs/${organization}/repos`);
  }
  writeFileSync(join(folder, "pid"), `${process.pid}\n`);
  const environment = `export GITHUB_BASE_URL=${url}/\nexport GITHUB_TOKEN=${token}\n`;
  writeFileSync(join(folder, "env"), environment, { mode: 0o600 });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("It must be a number up to 65535.");
  }
  return port;
}

function randomToken(): string {
  return `rehearsal-${randomBytes(12).toString("hex")}`;
}

/** Takes an option that may be repeated. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

const explanation = `
It listens on 127.0.0.1, keeps its repositories in DIR/repositories, and writes DIR/pid, DIR/log and DIR/env, which sets
GITHUB_BASE_URL and GITHUB_TOKEN.
`;

new Command("rehearsal/github/start")
  .description("Starts a server that answers as GitHub does, as far as the platform asks, and returns when it answers.")
  .argument("<dir>", "folder of its state; made if it is not there")
  .requiredOption(
    "--owner <NAME>",
    "an organization; may be repeated. There is no other account but the user's",
    collect,
  )
  .option("--user <LOGIN>", "whose token it is", "rehearser")
  .addOption(new Option("--token <TOKEN>", "the token").default(randomToken(), "a random one"))
  .option("--port <N>", "port; 0 for a free one", portNumber, 0)
  .option("--repository <NAME>", "a repository that is there, in the first organization; may be repeated", collect, [])
  .option("--private", "makes those repositories private", false)
  .helpOption("--help", "print this help")
  .addHelpText("after", explanation)
  .showHelpAfterError("(--help lists the options)")
  .action(main)
  .parse();
