import { existsSync } from "node:fs";

import { stackName } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { clusterSettings } from "../command/cluster-settings";
import { hasColour } from "../command/colour";
import { confirm, expectName } from "../command/confirm";
import { interruptible } from "../command/interruption";
import { lineWriter } from "../command/line-writer";
import { commandLine, start } from "../command/program";
import { timeOfDay } from "../command/progress";
import { temporaryFolder } from "../command/temporary-folder";
import { connectHcp } from "../hcp/connection";
import { requiredTerraform } from "../terraform/run";
import { stackFolder, synthesize } from "../terraform/synthesize";
import { hcpStacks } from "./hcp-stack";
import { runAlone } from "./run-alone";
import { localStacks, type Stacks } from "./stacks";
import { teardown } from "./teardown";

interface Options {
  readonly yes: string | undefined;
  readonly deleteVolumes: boolean;
  readonly disableDeletionProtection: boolean;
  readonly dryRun: boolean;
  readonly onlyCluster: boolean;
  readonly withoutApi: boolean;
}

async function main(clusterName: string | undefined, options: Options): Promise<void> {
  const settings = clusterSettings(clusterName, "npm run teardown --", putBack);
  if (options.yes !== undefined) {
    expectName(settings.name, options.yes);
  }
  if (!options.dryRun) {
    runAlone(settings);
  }
  await interruptible("interrupted; run this again, and it goes on from here", (signal) =>
    takenDown(settings, options, signal),
  );
}

/**
 * Returns what to do for a cluster that settings.ts does not name: it may have been taken out.
 * @param meant - the name of settings.ts that it is like, which somebody who never had such a cluster has misspelt
 */
function putBack(clusterName: string, meant: string | undefined): string | undefined {
  return meant !== undefined && !existsSync(stackFolder(stackName(clusterName, "network")))
    ? undefined
    : `if ${clusterName} was taken out of settings.ts, put it back as it was last applied (git log -p -- settings.ts), and run this again`;
}

async function takenDown(settings: Cluster, options: Options, signal: AbortSignal): Promise<void> {
  const output = lineWriter(process.stdout);
  const agree = (question: string) => confirm({ clusterName: settings.name, yes: options.yes, question, signal });
  try {
    await teardown({
      ...options,
      settings,
      stacks: options.onlyCluster ? undefined : await stacksFor(settings, { output: output.write, agree, signal }),
      confirm: () => agree("Type the cluster's name to take it down: "),
      signal,
      say,
    });
  } finally {
    output.end();
  }
}

interface HowToDestroy {
  /** Gets what Terraform prints. */
  readonly output: (text: string) => void;
  /** Throws unless somebody agrees. */
  readonly agree: (question: string) => Promise<void>;
  readonly signal: AbortSignal;
}

async function stacksFor({ backend }: Cluster, { output, agree, signal }: HowToDestroy): Promise<Stacks> {
  // In a world, states are in files whatever the backend.
  if (backend.type === "cloud" && !process.env["REHEARSAL_WORLD"]) {
    const hcp = await connectHcp(backend, process.env);
    return hcpStacks({ hcp, organization: backend.organization, confirm: agree });
  }
  const program = await requiredTerraform(backend.type);
  const folder = temporaryFolder("plans");
  await synthesize(signal);
  return localStacks({ program, folder, stream: output, colour: hasColour(process.stdout) });
}

/** A log says when each line was written: a step may wait for most of an hour. */
function say(line: string): void {
  const time = process.stdout.isTTY ? "" : `${timeOfDay()} `;
  process.stdout.write(`${time}${line}\n`);
}

const explanation = `
Each step that was done is done; run it again, and it goes on where it ended.

Exit codes:
  0  nothing is left; with --dry-run: all was shown
  2  something holds it up, which is said: deletion protection, a finalizer, an interface, another run
  1  something could not be asked, or the command failed
  130  it was interrupted
`;

const program = commandLine(
  "teardown",
  "Takes a cluster down, with all that it made in AWS. Shows first what there is, and asks.",
)
  .argument("[cluster]", "a cluster of settings.ts")
  .option("--yes <NAME>", "the cluster's name, where nobody can be asked")
  .option("--dry-run", "show what there is, and change nothing", false)
  .option(
    "--only-cluster",
    "leave the stacks to whoever destroys them elsewhere; again after it, for what is left",
    false,
  )
  .option("--delete-volumes", "delete PersistentVolumeClaims too, with the data", false)
  .option("--disable-deletion-protection", "switch it off, if it is on", false)
  .option("--without-api", "the Kubernetes API is dead for good: go on without it", false)
  .addHelpText("after", explanation)
  .action(main);

// Terraform prints to this program, and a broken pipe would kill it with its state unwritten and locked: so it goes on.
start(program);
