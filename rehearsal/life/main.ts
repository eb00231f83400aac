import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Argument } from "commander";

import { interruptible } from "../../operations/command/interruption";
import { commandLine, start } from "../../operations/command/program";
import { makeReady } from "../world/setup";
import { inWorld } from "../world/up";
import { demoLife } from "./demo";
import { interruptedLife } from "./interruptions";
import { checkedCluster } from "./rehearsal";
import { reviewedLife } from "./review";
import { switchedLife } from "./switches";

const rehearsals = {
  demo: demoLife,
  interruptions: interruptedLife,
  review: reviewedLife,
  switches: switchedLife,
};
type Name = keyof typeof rehearsals;
const names = Object.keys(rehearsals) as Name[];

async function main(asked: readonly Name[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  process.stdout.write(`plans: ${folder}/*/platform/plans\n`);
  await interruptible("interrupted; the world is gone, plans and logs stay", async (signal) => {
    await makeReady(signal);
    for (const name of asked.length > 0 ? asked : names) {
      const { settings, rehearse } = rehearsals[name];
      const place = join(folder, name);
      const world = { folder: join(place, "world"), cluster: checkedCluster(settings()), signal };
      await inWorld(world, (running) => rehearse(running, join(place, "platform")));
    }
  });
}

const explanation = `
Each has a world of its own, which ends with it, and a copy of this project: nothing here is changed, and credentials beside the
world's are not passed on. Every plan is kept as JSON. Ends with 1 at the first thing that is not as it should be.
`;

const program = commandLine("rehearse", "Plans, applies, changes and destroys platforms with real Terraform.")
  .addArgument(new Argument("[rehearsals...]", "which of them; all, if none is named").choices(names))
  .addHelpText("after", explanation)
  .action(main);

start(program);
