import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { showProgress } from "../../operations/command/progress";
import { stackParts } from "../../platform/parts";
import { applyFirst, type Stacks, stacksOf } from "../terraform/stacks";
import { synthesize } from "../terraform/synthesize";
import { requiredTerraform } from "../terraform/terraform";
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
  const progress = showProgress(`platform ${cluster.name}`);
  try {
    progress.phase("synth");
    const stacks = await synthesizePlatform(folder, signal);
    for (const part of stackParts) {
      await applyFirst(stacks[part], (doing) => progress.phase(`${doing} ${stacks[part].stack}`));
    }
    progress.phase("what controllers would write");
    await writeObjects(folder);
    progress.end("runs");
  } finally {
    progress.clear();
  }
}

/** Synthesizes this project, as it is, into a world's folder. Returns Terraform in the stacks of the world's cluster. */
export async function synthesizePlatform(folder: string, signal: AbortSignal): Promise<Stacks> {
  const { cluster } = readWorldFile(folder);
  const environment = worldEnvironment(process.env, variablesOf(folder));
  const program = requiredTerraform(environment);
  const platform = join(folder, platformFolder);
  await synthesize({ project: ".", folder: platform, environment, signal });
  return stacksOf({ cluster: cluster.name, folder: platform, plans: platform, program, environment, signal });
}

/** Writes what the platform's controllers would write, and launches what Karpenter would. */
export async function writeObjects(folder: string): Promise<void> {
  const { cluster } = readWorldFile(folder);
  const variables = variablesOf(folder);
  const { GITHUB_BASE_URL: url = "", GITHUB_TOKEN: token = "" } = variables;
  const facts = await factsOf(cluster, join(folder, platformFolder, "state"), { url, token });
  const machines = new Machines(cluster, awsAccess(variables));
  await launchKarpenterMachine(machines, facts);
  const kubectl = new Kubectl(kubeconfigOf(folder));
  const write = await platformObjects(facts, await machines.running());
  await write(kubectl);
  await addFinalizers(kubectl);
  const kept = followed(facts).filter(({ kind }) => kind === "NodePool");
  writeFileSync(join(folder, keptByFlux), JSON.stringify(kept));
}
