import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CommandError } from "../../operations/command/failure";
import { showProgress } from "../../operations/command/progress";
import { usableTerraform } from "../../operations/command/usable-terraform";
import { stackName, stackParts } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { applyFirst, type Stacks, stacksOf } from "../terraform/stacks";
import { synthesize } from "../terraform/synthesize";
import { awsAccess } from "./aws-access";
import { worldEnvironment } from "./environment";
import { factsOf } from "./facts";
import { addFinalizers } from "./finalizers";
import { Kubectl } from "./kubectl";
import { Machines } from "./machines";
import { followed } from "./objects/flux";
import { launchKarpenterMachine, platformObjects } from "./platform-objects";
import { keptByFlux, kubeconfigOf, platformFolder, readWorldFile, variablesOf } from "./world-files";

/**
 * Puts the platform of a world's cluster into it: Terraform makes what it makes, and what controllers would write is written.
 * @param stacks - of `synthesizePlatform`
 */
export async function applyPlatform(folder: string, stacks: Stacks, signal: AbortSignal): Promise<void> {
  const { cluster } = readWorldFile(folder);
  const progress = showProgress(`platform ${cluster.name}`);
  try {
    for (const part of stackParts) {
      await applyFirst(stacks[part], (doing) => progress.phase(`${doing} ${stacks[part].stack}`));
    }
    progress.phase("what controllers would write");
    await writeObjects(folder, signal);
    signal.throwIfAborted();
    progress.end("runs");
  } finally {
    progress.clear();
  }
}

/** Synthesizes this project, as it is, into a world's folder. Returns Terraform in the stacks of the world's cluster. */
export async function synthesizePlatform(folder: string, signal: AbortSignal): Promise<Stacks> {
  const { cluster } = readWorldFile(folder);
  const environment = worldEnvironment(process.env, variablesOf(folder));
  const program = usableTerraform(environment, "local");
  const platform = join(folder, platformFolder);
  const synthesized = await synthesize({ project: ".", folder: platform, environment, signal });
  if (!synthesized.some(({ name }) => name === stackName(cluster.name, "network"))) {
    throw new CommandError(`settings.ts has no cluster '${cluster.name}' any more`, { next: "start the world anew" });
  }
  return stacksOf({ cluster: cluster.name, folder: platform, plans: platform, program, environment, signal });
}

/** Writes what the platform's controllers would write, and launches what Karpenter would. */
export async function writeObjects(folder: string, signal: AbortSignal): Promise<void> {
  const { cluster } = readWorldFile(folder);
  const variables = variablesOf(folder);
  const facts = await factsOf(cluster, join(folder, platformFolder, "state"), variables);
  const machines = new Machines(cluster, awsAccess(variables));
  await awaitNodeGroup(machines, cluster, signal);
  await launchKarpenterMachine(machines, facts);
  const kubectl = new Kubectl(kubeconfigOf(folder));
  const write = await platformObjects(facts, await machines.running());
  await write(kubectl);
  await addFinalizers(kubectl);
  const kept = followed(facts).filter(({ kind }) => kind === "NodePool");
  writeFileSync(join(folder, keptByFlux), JSON.stringify(kept));
}

/** Waits until a node group has its machines: whoever launches others meanwhile could give one the same address. */
async function awaitNodeGroup(machines: Machines, { nodes }: Cluster, signal: AbortSignal): Promise<void> {
  const end = Date.now() + 60_000;
  while ((await machines.running()).length < nodes.minSize) {
    if (Date.now() > end) {
      throw new CommandError("the node group has no machines after a minute", {
        next: "see log/controllers.log in the world's folder",
      });
    }
    await setTimeout(500, undefined, { signal });
  }
}
