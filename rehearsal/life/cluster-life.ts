import { isDeepStrictEqual } from "node:util";

import { CommandError } from "../../operations/command/failure";
import { stackParts } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { awsAccess } from "../world/aws-access";
import { describeNetwork } from "../world/describe-network";
import { synthesizePlatform, writeObjects } from "../world/platform";
import type { Repository, RunningWorld } from "../world/running-world";
import { type ProjectCommand, runProjectCommand } from "./project-command";
import { Report } from "./report";
import { apply, archivedBeside, nothingLeft, planAgain, unchanged } from "./steps";

export interface ClusterLifeProps {
  readonly cluster: Cluster;
  /** Of the world, where plans and logs are kept. */
  readonly folder: string;
  /** Whether the cluster stays, with all that is applied, once `verify` holds. */
  readonly keep: boolean;
}

/** Takes a cluster of `settings.ts` through its life, by the commands that people use. Throws at the first thing that is not as it should be. */
export async function liveCluster(world: RunningWorld, { cluster, folder, keep }: ClusterLifeProps): Promise<void> {
  const { name, deletionProtection } = cluster;
  const { signal } = world;
  const before = await world.repositories();
  const inventory = await world.inventory();
  const networkBefore = await foreignNetwork(cluster, world);
  const stacks = await synthesizePlatform(folder, signal);
  const report = new Report(`${name}: apply, verify${keep ? "" : ", teardown"}`);

  for (const part of stackParts) {
    await apply(report, stacks, part);
  }
  await planAgain(report, stacks);
  await report.step("what controllers would write", async () => {
    await writeObjects(folder, signal);
    return "written";
  });
  await report.step("verify", async () => {
    // It takes some seconds until the stand-in for kubelets says of pods that they run.
    const lines = await runProjectCommand({ command: "verify", words: [name, "--wait", "5m"], folder, signal });
    return lines.at(-1) ?? "";
  });
  if (!keep) {
    const protection = deletionProtection ? ["--disable-deletion-protection"] : [];
    const words = [name, "--yes", name, ...protection];
    await report.step("teardown", (phase) => tearDown({ command: "teardown", words, folder, signal }, phase));
    await nothingLeft(report, world, githubAfter(cluster, before), inventory);
    await sameNetwork(report, networkBefore, () => foreignNetwork(cluster, world));
  }
  report.end();
}

/** Returns what there is of a network that is not the platform's, kind by kind; undefined where the platform makes one. */
async function foreignNetwork({ network }: Cluster, { environment }: RunningWorld) {
  return network && describeNetwork(network.vpcId, awsAccess(environment));
}

type Described = Awaited<ReturnType<typeof foreignNetwork>>;

/** Sees that a network that is not the platform's is what it was. */
async function sameNetwork(report: Report, before: Described, describe: () => Promise<Described>): Promise<void> {
  if (before === undefined) {
    return;
  }
  await report.step("the network that was there", async () => {
    const after = await describe();
    const changed = Object.keys(before).filter((kind) => !isDeepStrictEqual(after?.[kind], before[kind]));
    if (changed.length > 0) {
      throw new CommandError(`${changed.join(", ")} were ${JSON.stringify(before)} and are ${JSON.stringify(after)}`);
    }
    return "as before";
  });
}

/** A line of teardown's that says which step begins: `3/14 Delete NodePools`. */
const stepLine = /^(\d+)\/\d+ /;

async function tearDown(command: ProjectCommand, phase: (name: string) => void): Promise<string> {
  const onLine = (line: string) => stepLine.test(line) && phase(line);
  const lines = await runProjectCommand({ ...command, onLine });
  return `${lines.filter((line) => stepLine.test(line)).length} steps`;
}

/** Returns what throws unless GitHub is, after the cluster's life, as it should be. */
function githubAfter({ repository: { owner, name, mode } }: Cluster, before: readonly Repository[]) {
  return mode === "create" ? archivedBeside(before, `${owner}/${name}`) : unchanged(before);
}
