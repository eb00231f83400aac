import { Command } from "commander";

import { ignoreClosedOutput } from "../../platform/closed-output";
import type { Cluster } from "../../schema/settings";
import { settingsOf } from "../command/cluster-settings";
import { Failure } from "../command/failure";
import { interruptible } from "../command/interruption";
import { plansFolder } from "../command/temporary-folder";
import { synthesize } from "../terraform/synthesize";
import { confirm } from "./confirm";
import { HeldUp, thingText } from "./step";
import { Protected, teardown } from "./teardown";

interface Options {
  readonly yes: string | undefined;
  readonly deleteVolumes: Given;
  readonly disableDeletionProtection: Given;
  readonly dryRun: Given;
  readonly onlyCluster: Given;
  readonly withoutApi: Given;
}

type Given = true | undefined;

async function main(clusterName: string, options: Options): Promise<void> {
  const settings = settingsOf(clusterName);
  await interruptible("interrupted; run this again, and it goes on from here", (signal) =>
    takenDown(settings, options, signal),
  );
}

async function takenDown(settings: Cluster, options: Options, signal: AbortSignal): Promise<void> {
  const terraform = {
    program: process.env["TERRAFORM_BINARY_NAME"] ?? "terraform",
    folder: plansFolder(),
    stream: (text: string) => process.stdout.write(text),
    colour: process.stdout.isTTY === true && !process.env["NO_COLOR"],
  };
  if (!options.onlyCluster) {
    await synthesize(signal);
  }
  await teardown({
    settings,
    deleteVolumes: options.deleteVolumes ?? false,
    disableDeletionProtection: options.disableDeletionProtection ?? false,
    dryRun: options.dryRun ?? false,
    withoutApi: options.withoutApi ?? false,
    terraform: options.onlyCluster ? undefined : terraform,
    confirm: () => confirm({ clusterName: settings.name, yes: options.yes, signal }),
    signal,
    say: (line) => process.stdout.write(`${line}\n`),
  });
}

const explanation = `
Each step that was done is done; run it again, and it goes on where it ended.

Exit codes:
  0  nothing is left; with --dry-run: all was shown
  2  something holds it up, which is said: deletion protection, a finalizer, an interface
  1  something could not be asked, or the command failed
`;

function report(failure: Error): void {
  const write = (line: string) => process.stderr.write(`${line}\n`);
  write(`error: ${failure.message}`);
  if (failure instanceof HeldUp) {
    for (const thing of failure.things) {
      write(`  ${thingText(thing)}`);
    }
    write("next: let go what holds it, and run this again");
  } else if (failure instanceof Protected) {
    write("next: --disable-deletion-protection switches it off");
  } else if (failure instanceof Failure) {
    write(`next: ${failure.next}`);
  }
  process.exitCode = failure instanceof HeldUp || failure instanceof Protected ? 2 : 1;
}

// Terraform prints to this program, and a broken pipe would kill it with its state unwritten and locked.
ignoreClosedOutput();
new Command("npm run teardown --")
  .description("Takes a cluster down, with all that it made in AWS. Shows first what there is, and asks.")
  .argument("<cluster>", "a cluster of settings.ts")
  .option("--yes <NAME>", "the cluster's name, where nobody can be asked")
  .option("--dry-run", "show what there is, and change nothing")
  .option("--only-cluster", "leave Terraform to HCP Terraform; again after it, for what is left")
  .option("--delete-volumes", "delete PersistentVolumeClaims too, with the data")
  .option("--disable-deletion-protection", "switch it off, if it is on")
  .option("--without-api", "the Kubernetes API is dead for good: go on without it")
  .addHelpText("after", explanation)
  .action(main)
  .parseAsync()
  .catch(report);
