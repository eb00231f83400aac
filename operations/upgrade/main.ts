import { Option } from "commander";

import { releaseNamed, releases } from "../../releases/all";
import { clusterSettings } from "../command/cluster-settings";
import { hasColour } from "../command/colour";
import { CommandError } from "../command/failure";
import { commandLine, start } from "../command/program";
import { checkReadiness } from "./readiness/check-readiness";
import { pathTo } from "./target-release";
import { upgradePlan } from "./upgrade-plan";
import { upgradeJson, upgradeText } from "./upgrade-text";
import { type WrittenRelease, writeRelease } from "./write-release";

interface Options {
  readonly to: string | undefined;
  readonly write: boolean | undefined;
  readonly check: boolean | undefined;
  readonly format: "terminal" | "json";
}

async function main(clusterName: string | undefined, { to: wanted, write, check, format }: Options): Promise<void> {
  const settings = clusterSettings(clusterName, "npm run upgrade --");
  const { name } = settings;
  const from = releaseNamed(settings.release);
  const path = pathTo({ clusterName: name, from, wanted, known: releases });
  const [next] = path;
  if (check) {
    await checkReadiness(settings, next, format);
    return;
  }
  const plan = upgradePlan(settings, from, path, process.env);
  const { written, failure } = write && next ? tryToWrite(name, from.name, next.name) : unwritten;
  process.stdout.write(
    format === "json"
      ? upgradeJson(plan, written)
      : upgradeText(plan, { colour: hasColour(process.stdout), width: columns(process.stdout) }),
  );
  if (failure !== undefined) {
    throw failure;
  }
  if (written !== null && format === "terminal") {
    process.stdout.write(
      `\n${written.file}:${written.line}: release is "${written.to}" now, and was "${written.from}"\n`,
    );
  }
}

const unwritten = { written: null, failure: undefined };

/** Returns what was written, or what keeps it from being written, which is said below the plan. */
function tryToWrite(
  clusterName: string,
  from: string,
  to: string,
): { readonly written: WrittenRelease | null; readonly failure: CommandError | undefined } {
  try {
    return { written: writeRelease({ clusterName, from, to }), failure: undefined };
  } catch (thrown) {
    if (thrown instanceof CommandError) {
      return { written: null, failure: thrown };
    }
    throw thrown;
  }
}

/** Lines that are longer are hard to read, and a pipe has no width. */
function columns({ columns: width }: NodeJS.WriteStream): number {
  return Math.min(width || 120, 120);
}

const explanation = `
Without --check it asks nobody and needs no credentials: it says what settings.ts and releases/ make of the way. It never applies anything.

Exit codes:
  0  the way is shown, or the settings have the release already; with --check, all holds
  2  with --check: something does not hold
  1  there is no way to that release; --write could not change settings.ts; with --check, something could not be asked, or was not; or the command failed
  130  it was interrupted
`;

const program = commandLine(
  "upgrade",
  "Says what an upgrade to another release changes, step by step: versions, stacks, what rolls, what goes back, and what to type.",
)
  .argument("[cluster]", "a cluster of settings.ts")
  .option("--to <RELEASE>", "a release of releases/; otherwise the newest")
  .addOption(new Option("--write", "change the cluster's release in settings.ts to that of the next step"))
  .addOption(
    new Option("--check", "ask the cluster whether it is ready for the next step: reads, with credentials").conflicts(
      "write",
    ),
  )
  .addOption(new Option("--format <FORMAT>", "form of the report").choices(["terminal", "json"]).default("terminal"))
  .addHelpText("after", explanation)
  .action(main);

start(program);
