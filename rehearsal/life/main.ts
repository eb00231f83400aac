import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { interruptible } from "../../operations/command/interruption";
import { commandLine, start } from "../../operations/command/program";
import { addReportOptions, type ReportRequest } from "../../operations/review/report-options";
import { rehearseChange } from "../change/rehearse-change";
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

interface Options extends ReportRequest {
  readonly from: string | undefined;
  readonly apply: boolean | undefined;
}

async function main(asked: readonly string[], options: Options): Promise<void> {
  const { from, apply = false } = options;
  if (from === undefined) {
    refuseOptionsOfChanges();
    await live(asked, mkdtempSync(join(tmpdir(), "rehearsal-")));
    return;
  }
  if (asked.length > 1) {
    throw new CommandError("with --from, name one cluster, or none for all", {
      next: `npm run rehearse -- ${asked[0]} --from ${from}`,
    });
  }
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  await interruptible("interrupted; the world is gone, plans and logs stay", (signal) =>
    rehearseChange({ ...options, cluster: asked[0], from, apply, folder }, signal),
  );
}

/** Throws if the command line has options that do nothing without `--from`. */
function refuseOptionsOfChanges(): void {
  const given = ["apply", "format", "output", "failOn", "silences"].filter(
    (name) => program.getOptionValueSource(name) === "cli",
  );
  if (given.length > 0) {
    throw new CommandError(`${given.join(", ")} can be chosen with --from alone`, {
      next: "npm run rehearse -- --help",
    });
  }
}

async function live(given: readonly string[], folder: string): Promise<void> {
  const asked = names.filter((name) => given.includes(name));
  if (asked.length < given.length) {
    throw new CommandError(`'${given.join(" ")}' names no rehearsals`, { next: `name some of ${names.join(", ")}` });
  }
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
  .argument("[names...]", `which of ${names.join(", ")}, all if none is named; with --from, a cluster`)
  .option("--from <COMMIT>", "review what this working tree does to a cluster that runs as this commit makes it")
  .option("--apply", "with --from: apply the change too, say what it replaced, and take the cluster down");
addReportOptions(program).addHelpText("after", explanation).action(main);

start(program);
