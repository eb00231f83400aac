import { Command, CommanderError } from "commander";

import { ignoreClosedOutput } from "../../platform/closed-output";
import { visible } from "../../platform/visible-text";
import { enableDebug } from "./debug";
import { CommandError } from "./failure";
import { hideLibraryWarnings } from "./library-warnings";
import { errorReport } from "./report-error";
import { versionText } from "./version";

/**
 * Returns the command line of one of the programs that people start by npm, with the options that all have.
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
    .helpOption("--help", "print this help")
    .configureOutput({ outputError: (text, write) => write(`${visible(text.trimEnd()).replaceAll("\n", "\n  ")}\n`) })
    .showHelpAfterError(`  next: npm run ${name} -- --help`);
}

/** Starts a program. Whatever it throws is reported, and its output is never cut. */
export function start(program: Command, onClosedOutput?: () => void): void {
  hideLibraryWarnings();
  ignoreClosedOutput(onClosedOutput);
  run(program.exitOverride()).catch(report);
}

async function run(program: Command): Promise<void> {
  refuseOptionsOfNpm(program, process.argv.slice(2), process.env);
  await program.parseAsync();
}

/**
 * Throws if npm has kept an option that is the program's, since no `--` stood before it: `npm run teardown demo --dry-run` would be no
 * dry run. npm hands on what it keeps as variables.
 */
export function refuseOptionsOfNpm(
  program: Command,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const options = [program, ...program.commands].flatMap((command) => command.options);
  const kept = options.filter(({ long = "" }) => {
    const isGiven = words.some((word) => word === long || word.startsWith(`${long}=`));
    // Of its own options npm has one that is set where nobody is to be asked.
    return !isGiven && long !== "--yes" && environment[`npm_config_${long.slice(2).replaceAll("-", "_")}`];
  });
  if (kept.length > 0) {
    const names = kept.map(({ long }) => long);
    // npm leaves an option's value where it stood, among the words.
    const values = words.length - kept.filter(({ required }) => required).length;
    throw new CommandError(`npm took ${names.join(", ")} for itself, since no -- stood before it`, {
      next: [program.name(), ...words.slice(0, values), ...names, ...words.slice(values)].join(" "),
    });
  }
}

/** Says what was thrown, but for what Commander throws, which it has said already. */
function report(thrown: unknown): void {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode;
    return;
  }
  const { text, exitCode } = errorReport(thrown);
  process.stderr.write(text);
  process.exitCode = exitCode;
}
