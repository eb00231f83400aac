import { rmSync } from "node:fs";
import { join } from "node:path";

import { partsBefore, stackName, stackParts } from "../../../platform/parts";
import { type AwsTarget, awsSession } from "../../aws/session";
import { readsOnly } from "../../command/call";
import { clusterSettings } from "../../command/cluster-settings";
import { Failure } from "../../command/failure";
import { temporaryFolder } from "../../command/temporary-folder";
import { planStack } from "../../terraform/plan-stack";
import type { PlanningResult } from "../../terraform/planning-result";
import { requiredTerraform } from "../../terraform/run";
import { synthesize } from "../../terraform/synthesize";
import { selected } from "./selection";

export interface ClusterOptions {
  /** Stacks that are asked for; all, if none is. */
  readonly stacks: readonly string[];
  /** Whether Terraform looks at what is really there. */
  readonly refresh: boolean;
  readonly signal: AbortSignal;
}

/**
 * Synthesizes the stacks of a cluster and plans them one after the other.
 * @throws CommandError if the cluster is not in the settings, if these are wrong, if Terraform is missing or too old, or if the
 * credentials are of another account than the cluster
 */
export async function plannedCluster(clusterName: string, options: ClusterOptions): Promise<PlanningResult> {
  const { refresh, signal } = options;
  const settings = clusterSettings(clusterName, "npm run review --");
  const { name, backend } = settings;
  const asked = selected(
    stackParts.map((part) => ({ part, stack: stackName(name, part) })),
    options.stacks,
  );
  const program = await requiredTerraform(backend.type);
  // Runs of HCP Terraform have credentials of their own.
  if (backend.type !== "cloud") {
    await expectAccount(settings);
  }
  const folder = temporaryFolder("plans");
  await synthesize(signal);
  const results: PlanningResult[] = [];
  for (const { part, stack } of asked) {
    const earlier = partsBefore(part).map((before) => stackName(name, before));
    const file = join(folder, stack);
    results.push(await planStack(stack, { program, refresh, earlier, file, signal }));
    rmSync(file, { force: true });
  }
  return { plans: results.flatMap(({ plans }) => plans), problems: results.flatMap(({ problems }) => problems) };
}

/** Throws if there are no credentials of the cluster's account. Where STS can't be reached, Terraform may have a way to it: a proxy. */
async function expectAccount(target: AwsTarget): Promise<void> {
  try {
    await awsSession(target, readsOnly).identity();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind !== "unreachable") {
      throw thrown;
    }
  }
}
