import { InvalidArgumentError, Option } from "commander";

import { readsOnly } from "../command/call";
import { clusterSettings } from "../command/cluster-settings";
import { hasColour } from "../command/colour";
import { endOnInterruption } from "../command/interruption";
import { commandLine, start } from "../command/program";
import { showLiveLine } from "../command/progress";
import { connect } from "../connection";
import { exitCode, runChecks } from "./check";
import { checks } from "./checks/all";
import { resultsText } from "./results-text";
import { snapshotOf } from "./snapshot";
import { duration, waitUntilAllHold } from "./wait";
import { progressInLog, progressOnTerminal } from "./waiting-display";

interface Options {
  readonly format: "terminal" | "json";
  /** Milliseconds. */
  readonly wait: number | undefined;
}

async function main(clusterName: string | undefined, { format, wait }: Options): Promise<void> {
  const connection = connect(clusterSettings(clusterName, "npm run verify --"), readsOnly);
  endOnInterruption(130);
  const look = () => runChecks(checks, snapshotOf(connection));
  const results = wait === undefined ? await lookOnce(look) : await lookUntilAllHold(look, wait);
  const colour = hasColour(process.stdout);
  const text = format === "json" ? `${JSON.stringify(results, undefined, 2)}\n` : resultsText(results, colour);
  process.stdout.write(text);
  process.exitCode = exitCode(results);
}

type Look = () => ReturnType<typeof runChecks>;

async function lookOnce(look: Look) {
  const progress = showLiveLine("verify");
  progress.phase(`${checks.length} checks`);
  try {
    return await look();
  } finally {
    progress.clear();
  }
}

async function lookUntilAllHold(look: Look, wait: number) {
  const write = (text: string) => process.stderr.write(text);
  const { stderr } = process;
  const show = stderr.isTTY ? progressOnTerminal(write, () => stderr) : progressInLog(write);
  const results = await waitUntilAllHold(look, wait, show);
  show([]);
  return results;
}

const explanation = `
Exit codes:
  0  all hold
  2  some do not
  1  some could not be asked, and the others hold; or the command failed
  130  it was interrupted
`;

const program = commandLine(
  "verify",
  "Says whether everything that the platform promises is true. Reads, and changes nothing.",
)
  .argument("[cluster]", "a cluster of settings.ts")
  .option("--wait <DURATION>", "look again until all hold, for as long as this: 90s, 15m, 1h", (text) => {
    const milliseconds = duration(text);
    if (milliseconds === undefined) {
      throw new InvalidArgumentError("Write 90s, 15m or 1h.");
    }
    return milliseconds;
  })
  .addOption(new Option("--format <FORMAT>", "form of the report").choices(["terminal", "json"]).default("terminal"))
  .addHelpText("after", explanation)
  .action(main);

start(program);
