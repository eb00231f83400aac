import { clusterSettings } from "../command/cluster-settings";
import { expectName } from "../command/confirm";
import { interruptible } from "../command/interruption";
import { commandLine, start } from "../command/program";
import { temporaryFolder } from "../command/temporary-folder";
import { requiredTerraform } from "../terraform/run";
import { synthesize } from "../terraform/synthesize";
import { consentOf, noConsent } from "./consent";
import { repair } from "./repair";

interface Options {
  readonly yes: string | undefined;
  readonly confirm: readonly string[];
  readonly dryRun: boolean;
}

async function main(clusterName: string | undefined, { yes, confirm: confirmed, dryRun }: Options): Promise<void> {
  const settings = clusterSettings(clusterName, "npm run repair --");
  const { name } = settings;
  if (yes !== undefined) {
    expectName(name, yes);
  }
  await interruptible("interrupted; run this again, and it goes on from here", async (signal) => {
    const program = await requiredTerraform(settings.backend.type);
    const folder = temporaryFolder("plans");
    await synthesize(signal);
    await repair({
      settings,
      dryRun,
      consent: dryRun ? noConsent : consentOf({ clusterName: name, yes, confirmed, signal }),
      terraform: { program, folder, stream: () => {}, colour: false },
      signal,
      say: (line) => process.stdout.write(`${line}\n`),
    });
  });
}

const explanation = `
What has the cluster's tags is imported, and a pending revision deleted, once you agree; what has none is shown, and you are asked for each.
Run it again at any time: it looks anew.

Exit codes:
  0  nothing is in the way any more; with --dry-run: all was shown
  2  something stays in the way, which is said: nobody confirmed it, or it can't be imported
  1  something could not be asked, a stack can't be planned, or the command failed
  130  it was interrupted
`;

const collect = (address: string, addresses: readonly string[]) => [...addresses, address];

const program = commandLine(
  "repair",
  "Gets a cluster out of an apply that was killed: a Helm release that is pending, and what is there though no state knows it. Shows first what it found, and asks.",
)
  .argument("[cluster]", "a cluster of settings.ts")
  .option("--yes <NAME>", "the cluster's name, where nobody can be asked")
  .option("--confirm <ADDRESS>", "a resource whose object has no tags of the cluster's; may be repeated", collect, [])
  .option("--dry-run", "show what there is, and change nothing", false)
  .addHelpText("after", explanation)
  .action(main);

// A broken pipe must not kill Terraform while it imports.
start(program);
