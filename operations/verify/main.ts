import { Command, InvalidArgumentError, Option } from "commander";

import { readsOnly } from "../command/call";
import { settingsOf } from "../command/cluster-settings";
import { connect } from "../connection";
import { exitCode, runChecks } from "./check";
import { checks } from "./checks/all";
import { progressInLog, progressOnTerminal } from "./progress";
import { resultsText } from "./results-text";
import { snapshotOf } from "./snapshot";
import { duration, waitUntilAllHold } from "./wait";

interface Options {
  readonly format: "terminal" | "json";
  /** Milliseconds. */
  readonly wait: number | undefined;
}

async function main(clusterName: string, { format, wait }: Options): Promise<void> {
  const connection = connect(settingsOf(clusterName), readsOnly);
  const look = () => runChecks(checks, snapshotOf(connection));
  const write = (text: string) => process.stderr.write(text);
  const { stderr } = process;
  const show = stderr.isTTY ? progressOnTerminal(write, () => stderr) : progressInLog(write);
  const results = wait === undefined ? await look() : await waitUntilAllHold(look, wait, show);
  show([]);
  const colour = process.stdout.isTTY === true && !process.env["NO_COLOR"];
  process.stdout.write(format === "json" ? `${JSON.stringify(results, undefined, 2)}\n` : resultsText(results, colour));
  process.exitCode = exitCode(results);
}

const explanation = `
Exit codes:
  0  all hold
  2  some do not
  1  some could not be asked, and the others hold; or the command failed
`;

new Command("npm run verify --")
  .description("Says whether everything that the platform promises is true. Reads, and changes nothing.")
  .argument("<cluster>", "a cluster of settings.ts")
  .option("--wait <DURATION>", "look again until all hold, for as long as this: 90s, 15m, 1h", (text) => {
    const milliseconds = duration(text);
    if (milliseconds === undefined) {
      throw new InvalidArgumentError("Write 90s, 15m or 1h.");
    }
    return milliseconds;
  })
  .addOption(new Option("--format <FORMAT>", "form of the report").choices(["terminal", "json"]).default("terminal"))
  .addHelpText("after", explanation)
  .action(main)
  .parseAsync()
  .catch((failure: Error) => {
    process.stderr.write(`error: ${failure.message}\n`);
    process.exitCode = 1;
  });
