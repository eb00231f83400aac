import { releases } from "../../releases/all";
import { clusterSettings } from "../command/cluster-settings";
import { commandLine, start } from "../command/program";
import { checkReadiness } from "./readiness/check-readiness";

async function main(clusterName: string | undefined): Promise<void> {
  const settings = clusterSettings(clusterName, "npm run upgrade --");
  const own = releases.findIndex(({ name }) => name === settings.release);
  await checkReadiness(settings, releases[own + 1]);
}

const program = commandLine("upgrade", "Says whether a cluster may be upgraded. Reads, and changes nothing.")
  .argument("[cluster]", "a cluster of settings.ts")
  .requiredOption("--check", "ask AWS and the cluster")
  .action(main);

start(program);
