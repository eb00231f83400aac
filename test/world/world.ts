import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stackParts } from "../../platform/parts";
import { demo } from "../../rehearsal/life/demo-settings";
import { Platform } from "../../rehearsal/terraform/platform";
import { awsAccess } from "../../rehearsal/world/aws-access";
import { NodeGroups } from "../../rehearsal/world/controllers/node-groups";
import { type Facts, factsOf } from "../../rehearsal/world/facts";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { type Machine, Machines } from "../../rehearsal/world/machines";
import { launchKarpenterMachine, platformObjects } from "../../rehearsal/world/platform-objects";
import { worldEnvironment } from "../../rehearsal/world/environment";
import type { Cluster } from "../../schema/settings";
import { cluster as checked } from "../support/settings";
import { type Audited, audited, auditFlags } from "./audit";
import { environmentOf, rehearsalFolder } from "./rehearsal";

const run = promisify(execFile);

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
 */
export async function startWorld(): Promise<World> {
  const rehearsal = rehearsalFolder();
  const kept = process.env.WORLD;
  const folder = kept ?? mkdtempSync(join(tmpdir(), "world-"));
  const running = existsSync(join(folder, "env"));
  if (!running) {
    mkdirSync(folder, { recursive: true });
    const environment = {
      ...process.env,
      KWOK_STAGES: join(rehearsal, "kubernetes", "stages-hold.yaml"),
      APISERVER_EXTRA: auditFlags(folder),
    };
    const repository = ["--repository", demo.repository.name];
    await run(join(rehearsal, "up"), [folder, "--kubernetes", ...repository], { env: environment });
  }
  const end = async () => {
    if (!kept) {
      await run(join(rehearsal, "down"), [folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    return { ...(await platform(folder, rehearsal, running)), audited: () => audited(folder), end };
  } catch (failure) {
    await end();
    throw failure;
  }
}

async function platform(folder: string, rehearsal: string, running: boolean): Promise<Omit<World, "audited" | "end">> {
  Object.assign(process.env, await environmentOf(folder));
  const kubectl = new Kubectl(join(folder, "kubernetes", "kubeconfig"));
  const terraform = join(folder, "terraform");
  if (!running) {
    // One fills the other's waits.
    await Promise.all([terraformed(terraform), definitions(kubectl, rehearsal)]);
  }
  const settings = checked();
  const { GITHUB_BASE_URL: url = "", GITHUB_TOKEN: token = "" } = process.env;
  const facts = await factsOf(settings, join(terraform, "project", "state"), { url, token });
  const access = awsAccess(process.env);
  await new NodeGroups(settings, kubectl.objects(), kubectl, access).reconcile();
  const all = new Machines(settings, access);
  await launchKarpenterMachine(all, facts);
  const machines = await all.running();
  const objects = await platformObjects(facts, machines);
  const restore = () => objects(kubectl);
  await restore();
  const killApi = async () => {
    await run(join(rehearsal, "kubernetes", "stop"), [join(folder, "kubernetes")]);
  };
  return { settings, kubectl, facts, project: join(terraform, "project"), machines, restore, killApi };
}

async function terraformed(folder: string): Promise<void> {
  const { stacks } = await Platform.create({ folder, settings: demo, environment: worldEnvironment(process.env) });
  await Promise.all(stackParts.map((part) => stacks[part].init()));
  for (const part of stackParts) {
    await stacks[part].plan("create");
    await stacks[part].apply();
  }
}

/** What Cilium's operator and the charts bring, so that their objects can be written. */
async function definitions(kubectl: Kubectl, rehearsal: string): Promise<void> {
  const crds = ["cilium", "flux", "karpenter"].map(
    (owner) => `--filename=${join(rehearsal, "kubernetes", "crds", owner)}`,
  );
  await kubectl.run(["apply", "--server-side", ...crds]);
  await kubectl.run(["wait", "--for=condition=Established", "customresourcedefinitions", "--all", "--timeout=60s"]);
}
