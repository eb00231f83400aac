import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";

import { allClusterSettings, clusterSettings } from "../../operations/command/cluster-settings";
import { CommandError } from "../../operations/command/failure";
import { interruptible } from "../../operations/command/interruption";
import { commandLine, start } from "../../operations/command/program";
import { usableTerraform } from "../../operations/command/usable-terraform";
import { addReportOptions, type ReportRequest } from "../../operations/review/report-options";
import { type ChangeRequest, rehearseChange } from "../change/rehearse-change";
import { nextSteps } from "../world/next-steps";
import { makeReady } from "../world/setup";
import { inWorld } from "../world/up";
import { liveCluster } from "./cluster-life";
import { briefLife, demoLife } from "./demo";
import { interruptedLife } from "./interruptions";
import { killedLife } from "./kills";
import { checkedCluster } from "./rehearsal";
import { reviewedLife } from "./review";
import { shortcomings } from "./shortcomings";
import { upgradedLife } from "./upgrades";

const scenarios = {
  demo: demoLife,
  brief: briefLife,
  interruptions: interruptedLife,
  kills: killedLife,
  review: reviewedLife,
  upgrades: upgradedLife,
};
type Scenario = keyof typeof scenarios;
const scenarioNames = Object.keys(scenarios) as Scenario[];

interface Options extends ReportRequest {
  readonly keep: boolean;
  readonly scenario: readonly Scenario[] | undefined;
  readonly from: string | undefined;
  readonly apply: boolean;
}

async function main(clusterName: string | undefined, options: Options): Promise<void> {
  const { keep, scenario, from } = options;
  if (from === undefined) {
    refuse(ofChanges, "needs --from", `npm run rehearse -- ${clusterName ?? "<cluster>"} --from origin/main`);
  } else {
    refuse(["keep", "scenario"], "cannot be chosen with --from", `npm run rehearse -- --from ${from}`);
    await rehearseFrom({ ...options, cluster: clusterName, from });
    return;
  }
  if (!scenario) {
    await rehearseCluster(clusterName, keep);
    return;
  }
  if (clusterName !== undefined || keep) {
    throw new CommandError("a scenario has a cluster of its own, and ends its world", {
      next: `name no cluster, and no --keep: npm run rehearse -- --scenario ${scenario.join(" ")}`,
    });
  }
  await rehearseScenarios(scenario);
}

/** Options of `--from`: how a report is wanted, and whether the change is applied too. */
const ofChanges = ["apply", "format", "output", "failOn", "silences"];

/** Throws a CommandError if the command line has one of these options. */
function refuse(names: readonly string[], why: string, next: string): void {
  const given = program.options.find(
    (option) =>
      names.includes(option.attributeName()) && program.getOptionValueSource(option.attributeName()) === "cli",
  );
  if (given) {
    throw new CommandError(`${given.long} ${why}`, { next });
  }
}

const interrupted = "interrupted; the world is gone, plans and logs stay";

async function rehearseCluster(clusterName: string | undefined, keep: boolean): Promise<void> {
  const cluster = namedCluster(clusterName);
  // Else teardown would refuse it, in the end.
  usableTerraform(process.env, cluster.backend.type);
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  const lines = [...shortcomings(cluster, process.env), "and what no world shows: docs/rehearsal.md"];
  process.stdout.write(`What this does not show of ${cluster.name}:\n`);
  process.stdout.write(lines.map((line) => `- ${line}\n`).join(""));
  process.stdout.write(`\nplans and logs: ${folder}\n`);
  await interruptible(interrupted, async (signal) => {
    await makeReady(signal);
    await inWorld({ folder, cluster, signal, keep }, (world) => liveCluster(world, { cluster, folder, keep }));
  });
  if (keep) {
    process.stdout.write(`\n${nextSteps(folder, cluster, true)}`);
  }
}

/** Returns the settings of a cluster. A name that is no cluster's may be one of a scenario. */
function namedCluster(name: string | undefined) {
  const isScenario = scenarioNames.some((scenario) => scenario === name);
  if (isScenario && !allClusterSettings().some((cluster) => cluster.name === name)) {
    throw new CommandError(`settings.ts has no cluster '${name}'; it is a scenario`, {
      next: `npm run rehearse -- --scenario ${name}`,
    });
  }
  return clusterSettings(name, "npm run rehearse --");
}

async function rehearseFrom(request: Omit<ChangeRequest, "folder">): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  await interruptible(interrupted, (signal) => rehearseChange({ ...request, folder }, signal));
}

async function rehearseScenarios(names: readonly Scenario[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  process.stdout.write(`plans: ${folder}/*/platform/plans\n`);
  await interruptible(interrupted, async (signal) => {
    await makeReady(signal);
    for (const name of names) {
      const { settings, rehearse } = scenarios[name];
      const place = join(folder, name);
      const world = { folder: join(place, "world"), cluster: checkedCluster(settings()), signal };
      await inWorld(world, (running) => rehearse(running, join(place, "platform")));
    }
  });
}

const explanation = `
Applies the stacks in a world of its own, which ends with it, plans again, which must find nothing, has verify say that all hold, and
teardown take it all down. With --from it says instead what this working tree would do to clusters that run as another commit makes
them, as a plan review; without a cluster, to all. Credentials beside the world's are not passed on, and your state is not opened.
docs/rehearsal.md says more.

Exit codes:
  0  all was as it should be; with --from, nothing that --fail-on names
  1  something was not, at which it ended; or the command failed
  2  with --from: a finding that --fail-on names
  130  it was interrupted
`;

const program = commandLine(
  "rehearse",
  "Takes a cluster through its life on this machine, with real Terraform and without an account.",
)
  .argument("[cluster]", "a cluster of settings.ts")
  .option("--keep", "leave it running once verify holds, in place of taking it down", false)
  .option("--from <COMMIT>", "review what this working tree does to a cluster that runs as this commit makes it")
  .option("--apply", "with --from: apply the change too, say what it replaced, and take the cluster down", false)
  .addOption(
    new Option("--scenario <NAME...>", "in a cluster's place, for those who work on the platform").choices(
      scenarioNames,
    ),
  );
addReportOptions(program).addHelpText("after", explanation).action(main);

start(program);
