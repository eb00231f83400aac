import { Command, CommanderError } from "commander";

import { ignoreClosedOutput } from "../../platform/closed-output";
import { enableDebug } from "./debug";
import { errorReport } from "./report-error";
import { versionText } from "./version";

/**
 * The command line of one of the programs that people start by npm, with the options that all have.
 * @param name - of its script in package.json
 */
export function commandLine(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .option("--debug", "write every call, with its duration, and the stack of what fails to stderr")
    .on("option:debug", enableDebug)
    .option("--version", "print the version of this project, and its commit")
    .on("option:version", () => {
      process.stdout.write(`${versionText()}\n`);
      throw new CommanderError(0, "commander.version", "");
    })
    .helpOption("--help", "print this help");
}

/** Starts a program. Whatever it throws is reported, and its output is never cut. */
export function start(program: Command, onClosedOutput?: () => void): void {
  ignoreClosedOutput(onClosedOutput);
  program.exitOverride().parseAsync().catch(report);
}

/** Commander has printed already what it throws. */
function report(thrown: unknown): void {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode;
    return;
  }
  const { text, exitCode } = errorReport(thrown);
  process.stderr.write(text);
  process.exitCode = exitCode;
}
