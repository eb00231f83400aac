import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stackParts } from "../../platform/parts";
import { stopControlPlane } from "../../rehearsal/kubernetes/control-plane";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { Platform } from "../../rehearsal/terraform/platform";
import { applyFirst } from "../../rehearsal/terraform/stacks";
import { awsAccess } from "../../rehearsal/world/aws-access";
import { watchCilium } from "../../rehearsal/world/controllers/cni";
import { NodeGroups } from "../../rehearsal/world/controllers/node-groups";
import { type Facts, factsOf } from "../../rehearsal/world/facts";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { type Machine, Machines } from "../../rehearsal/world/machines";
import { launchKarpenterMachine, platformObjects } from "../../rehearsal/world/platform-objects";
import { RunningWorld } from "../../rehearsal/world/running-world";
import { stopServers } from "../../rehearsal/world/servers";
import { isUp, startWorld } from "../../rehearsal/world/up";
import { kubeconfigOf, variablesOf } from "../../rehearsal/world/world-files";
import type { Cluster, ClusterSettings } from "../../schema/settings";
import { cluster as checked } from "../support/settings";
import { type Audited, audited, auditFlags } from "./audit";

/** A cluster that runs, in stand-ins for AWS and GitHub and a real control plane. */
export interface World {
  readonly settings: Cluster;
  readonly kubectl: Kubectl;
  readonly facts: Facts;
  /** Where Terraform was run. */
  readonly project: string;
  /** The platform's nodes: two of the node group, one of Karpenter's. */
  readonly machines: readonly Machine[];
  /** Makes every object of the platform what it was at first. Objects that were added stay. */
  restore(): Promise<void>;
  /** What EKS's principals asked of the API server, as that wrote it down. */
  audited(): readonly Audited[];
  /** Ends the control plane, while EKS still has the cluster. */
  killApi(): Promise<void>;
  /** Ends what was started. */
  end(): Promise<void>;
}

/**
 * Starts a world and puts the platform there: Terraform makes what is in AWS, and the objects of Cilium, Flux and Karpenter are data.
 * With `WORLD` set to the folder of one that was left running, that one is taken and left running again.
 * @param changes - of the demo's settings
 */
export async function startPlatform(changes: Partial<ClusterSettings> = {}): Promise<World> {
  const kept = process.env.WORLD;
  const folder = kept ?? mkdtempSync(join(tmpdir(), "world-"));
  const isRunning = isUp(folder);
  const settings = checked(changes);
  if (!isRunning) {
    const controlPlane = { apiServerFlags: auditFlags(folder) };
    const { signal } = new AbortController();
    // What stands in for controllers runs in this process, which decides what they do.
    await startWorld({ folder, cluster: settings, signal, controlPlane, controllers: false });
  }
  const end = async () => {
    if (!kept) {
      await stopServers(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    return { ...(await platform(folder, settings, changes, isRunning)), audited: () => audited(folder), end };
  } catch (failure) {
    await end();
    throw failure;
  }
}

async function platform(
  folder: string,
  settings: Cluster,
  changes: Partial<ClusterSettings>,
  isRunning: boolean,
): Promise<Omit<World, "audited" | "end">> {
  const { environment } = new RunningWorld(folder);
  Object.assign(process.env, environment);
  const kubectl = new Kubectl(kubeconfigOf(folder));
  const terraform = join(folder, "terraform");
  if (!isRunning) {
    const endWatch = watchCilium(folder, kubectl);
    await terraformed(terraform, changes, environment).finally(endWatch);
  }
  const project = join(terraform, "project");
  const facts = await factsOf(settings, join(project, "state"), variablesOf(folder));
  const access = awsAccess(environment);
  await new NodeGroups(settings, kubectl.objects(), kubectl, access).reconcile();
  const all = new Machines(settings, access);
  await launchKarpenterMachine(all, facts);
  const machines = await all.running();
  const objects = await platformObjects(facts, machines);
  const restore = () => objects(kubectl);
  await restore();
  const killApi = () => stopControlPlane(join(folder, "kubernetes"));
  return { settings, kubectl, facts, project, machines, restore, killApi };
}

async function terraformed(
  folder: string,
  changes: Partial<ClusterSettings>,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { stacks } = await Platform.create({ folder, settings: demoWith(changes), environment });
  for (const part of stackParts) {
    await applyFirst(stacks[part], () => undefined);
  }
}
