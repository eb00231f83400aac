import { Command, Option } from "commander";
import { readsOnly } from "../connection/call";
import { connect } from "../connection/connection";
import { settingsOf } from "../settings-of";
import { exitCode, runChecks } from "./check";
import { checks } from "./checks/all";
import { lookThrough } from "./look";
import { terminal } from "./terminal";

interface Options {
  readonly format: "terminal" | "json";
}

async function main(clusterName: string, { format }: Options): Promise<void> {
  const connection = connect(settingsOf(clusterName), readsOnly);
  const results = await runChecks(checks, lookThrough(connection));
  const colour = process.stdout.isTTY === true && !process.env["NO_COLOR"];
  process.stdout.write(format === "json" ? `${JSON.stringify(results, undefined, 2)}\n` : terminal(results, colour));
  process.exitCode = exitCode(results);
}

new Command("npm run verify --")
  .description("Says whether everything that the platform promises is true. Reads, and changes nothing.")
  .argument("<cluster>", "a cluster of settings.ts")
  .addOption(new Option("--format <FORMAT>", "form of the report").choices(["terminal", "json"]).default("terminal"))
  .action(main)
  .parseAsync()
  .catch((failure: Error) => {
    process.stderr.write(`error: ${failure.message}\n`);
    process.exitCode = 1;
  });
