import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Argument } from "commander";

import { commandLine, start } from "../../operations/command/program";
import { RunningWorld } from "../world/running-world";
import { rehearseDemo } from "./demo";
import { rehearseInterruptions } from "./interruptions";
import { rehearseReview } from "./review";
import { mustBeEmpty } from "./steps";
import { rehearseSwitches } from "./switches";

const rehearsals = {
  demo: rehearseDemo,
  interruptions: rehearseInterruptions,
  review: rehearseReview,
  switches: rehearseSwitches,
};
type Name = keyof typeof rehearsals;
const names = Object.keys(rehearsals) as Name[];

async function main(asked: readonly Name[]): Promise<void> {
  const world = RunningWorld.fromEnvironment();
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  process.stdout.write(`plans: ${folder}/*/plans\n`);
  for (const name of asked.length > 0 ? asked : names) {
    await mustBeEmpty(world);
    const endWatch = world.watchCilium();
    try {
      await rehearsals[name](world, join(folder, name));
    } finally {
      endWatch();
    }
  }
}

const explanation = `
They run in the world that the environment names (AWS_ENDPOINT_URL, GITHUB_BASE_URL, STANDIN_JOURNAL, CNI_READY_FILE,
TF_CLI_CONFIG_FILE), which must be empty and on loopback, in a copy of this project with a state of its own: nothing here is
changed, and credentials beside the world's are not passed on. Every plan is kept as JSON. Ends with 1 at the first thing that
is not as it should be.
`;

const program = commandLine("rehearse", "Plans, applies, changes and destroys platforms with real Terraform.")
  .addArgument(new Argument("[rehearsals...]", "which of them; all, if none is named").choices(names))
  .addHelpText("after", explanation)
  .action(main);

start(program);
