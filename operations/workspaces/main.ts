import { visible } from "../../platform/visible-text";
import { allClusterSettings } from "../command/cluster-settings";
import { endOnInterruption } from "../command/interruption";
import { commandLine, start } from "../command/program";
import { showLiveLine } from "../command/progress";
import { connectHcp } from "../hcp/connection";
import { init } from "./init";
import { organizationsOf } from "./organizations";

interface Options {
  readonly organization: string | undefined;
}

async function initialize({ organization }: Options): Promise<void> {
  const organizations = organizationsOf(allClusterSettings(), organization);
  endOnInterruption(130);
  for (const one of organizations) {
    const progress = showLiveLine(one.stack);
    const lines = await connectHcp(one, process.env)
      .then((hcp) => init(hcp, one))
      .finally(progress.clear);
    process.stdout.write(lines.map((line) => `${visible(line)}\n`).join(""));
  }
  const stacks = organizations.map(({ stack }) => stack);
  process.stdout.write(`Next, with your own credentials of AWS and HCP Terraform: ${nextCommands(stacks)}\n`);
}

function nextCommands(stacks: readonly string[]): string {
  const apply = stacks.flatMap((stack) =>
    ["init", "apply"].map((command) => `terraform -chdir=cdktf.out/stacks/${stack} ${command}`),
  );
  return `npm run synth && ${apply.join(" && ")}`;
}

const explanation = `
Exit codes:
  0  it is there, and as it should be
  1  it is not, which is said; or the command failed
  130  it was interrupted
`;

const program = commandLine(
  "workspaces",
  "Prepares HCP Terraform for the stack that makes the workspaces of all clusters (docs/terraform-cloud.md).",
);
program
  .command("init")
  .description("make the workspace that keeps this stack's state, or see that the one that is there will do")
  .option("--organization <NAME>", "this organization alone; otherwise all of settings.ts")
  .helpOption("--help", "print this help")
  .addHelpText("after", explanation)
  .action(initialize);

start(program);
