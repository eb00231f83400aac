import { InvalidArgumentError, Option } from "commander";

import { readsOnly } from "../command/call";
import { clusterSettings } from "../command/cluster-settings";
import { hasColour } from "../command/colour";
import { endOnInterruption } from "../command/interruption";
import { commandLine, start } from "../command/program";
import { showLiveLine, timeOfDay } from "../command/progress";
import { connect } from "../connection";
import { exitCode } from "./check";
import { checksOf } from "./checks/all";
import { verificationJson, verificationText } from "./results-text";
import { type Verification, verification } from "./verification";
import { duration, waitUntilAllHold } from "./wait";
import { progressInLog, progressOnTerminal } from "./waiting-display";

interface Options {
  readonly format: "terminal" | "json";
  readonly wait: Wait | undefined;
}

/** For how long to look again. */
interface Wait {
  /** As it was typed: `15m`. */
  readonly text: string;
  readonly milliseconds: number;
}

async function main(clusterName: string | undefined, { format, wait }: Options): Promise<void> {
  const settings = clusterSettings(clusterName, "npm run verify --");
  const connection = connect(settings, readsOnly);
  const checks = checksOf(settings);
  endOnInterruption(130);
  const look = () => verification(connection, checks);
  const found =
    wait === undefined ? await lookOnce(look, checks.length) : await lookUntilAllHold(look, wait.milliseconds);
  const text = format === "json" ? verificationJson(found) : verificationText(found, hasColour(process.stdout));
  process.stdout.write(text);
  process.exitCode = exitCode(found.checks);
  if (wait !== undefined && process.exitCode !== 0) {
    process.stderr.write(`${timeOfDay()} the ${wait.text} of --wait ran out, and not all hold\n`);
  }
}

type Look = () => Promise<Verification>;

async function lookOnce(look: Look, count: number): Promise<Verification> {
  const progress = showLiveLine("verify");
  progress.phase(`${count} checks`);
  try {
    return await look();
  } finally {
    progress.clear();
  }
}

async function lookUntilAllHold(look: Look, milliseconds: number): Promise<Verification> {
  const write = (text: string) => process.stderr.write(text);
  const { stderr } = process;
  const show = stderr.isTTY ? progressOnTerminal(write, () => stderr) : progressInLog(write);
  try {
    return await waitUntilAllHold(look, milliseconds, ({ checks: results }) => show(results));
  } finally {
    show([]);
  }
}

const explanation = `
It does not look at whether packets flow (cilium connectivity test does), what agents say of themselves, what is in Secrets, whether
policies and webhooks of yours allow what the platform needs, the resources and conditions that policies in AWS name, network ACLs, and
RoleBindings of a namespace: docs/verify.md says more.

Exit codes:
  0  all hold; a warning changes nothing of that
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
    return { text, milliseconds };
  })
  .addOption(new Option("--format <FORMAT>", "form of the report").choices(["terminal", "json"]).default("terminal"))
  .addHelpText("after", explanation)
  .action(main);

start(program);
