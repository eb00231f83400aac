import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { CommandError } from "../../operations/command/failure";
import { showProgress } from "../../operations/command/progress";
import { stackName, stackParts } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { synthesize } from "../terraform/synthesize";
import { requiredTerraform, Terraform } from "../terraform/terraform";
import { awsAccess } from "./aws-access";
import { worldEnvironment } from "./environment";
import { factsOf } from "./facts";
import { addFinalizers } from "./finalizers";
import { Kubectl } from "./kubectl";
import { Machines } from "./machines";
import { followed } from "./objects/flux";
import { launchKarpenterMachine, platformObjects } from "./platform-objects";
import { keptByFlux, kubeconfigOf, platformFolder, readWorldFile, variablesOf } from "./world-files";

/** Puts the platform of a world's cluster into it: Terraform makes what it makes, and what controllers would write is written. */
export async function applyPlatform(folder: string, signal: AbortSignal): Promise<void> {
  const { cluster } = readWorldFile(folder);
  const environment = worldEnvironment(process.env, variablesOf(folder));
  const program = requiredTerraform(environment);
  const progress = showProgress(`platform ${cluster.name}`);
  try {
    progress.phase("synth");
    const platform = join(folder, platformFolder);
    const synthesized = await synthesize({ project: ".", folder: platform, environment, signal });
    for (const part of stackParts) {
      const stack = stackName(cluster.name, part);
      const found = synthesized.find(({ name }) => name === stack);
      if (!found) {
        throw new CommandError(`settings.ts has no cluster '${cluster.name}' any more`, {
          next: "start the world anew",
        });
      }
      progress.phase(`terraform apply ${stack}`);
      const terraform = new Terraform({
        stack,
        folder: found.folder,
        plans: platform,
        program,
        environment,
        signal,
      });
      await terraform.init();
      await terraform.plan("create");
      await terraform.apply();
    }
    progress.phase("what controllers would write");
    await writeObjects(folder, signal);
    signal.throwIfAborted();
    progress.end("runs");
  } finally {
    progress.clear();
  }
}

/** Waits until what stands in for EKS has launched a node group's machines: nobody else may launch meanwhile, since both would take one address. */
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

/** Writes what the platform's controllers would write, and launches what Karpenter would. */
async function writeObjects(folder: string, signal: AbortSignal): Promise<void> {
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
