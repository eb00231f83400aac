import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { showProgress } from "../../operations/command/progress";
import { stackName, stackParts } from "../../platform/parts";
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
      progress.phase(`terraform apply ${stack}`);
      const terraform = new Terraform({
        stack,
        folder: found?.folder ?? "",
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
    await writeObjects(folder);
    progress.end("runs");
  } finally {
    progress.clear();
  }
}

/** Writes what the platform's controllers would write, and launches what Karpenter would. */
async function writeObjects(folder: string): Promise<void> {
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
