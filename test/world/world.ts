import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type StackPart, stackParts } from "../../platform/parts";
import { stopControlPlane } from "../../rehearsal/kubernetes/control-plane";
import { definitionsFolder } from "../../rehearsal/kubernetes/definitions";
import type { Cluster } from "../../schema/settings";
import { Platform } from "../rehearsal/platform";
import { demo } from "../support/demo";
import { cluster as checked } from "../support/settings";
import { type Audited, audited, auditFlags } from "./audit";
import { Kubectl } from "./kubectl";
import { launch } from "./machines";
import { platformObjects } from "./objects";
import type { Facts, Machine } from "./objects/facts";
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
    return { ...(await platform(folder, running)), audited: () => audited(folder), end };
  } catch (failure) {
    await end();
    throw failure;
  }
}

async function platform(folder: string, running: boolean): Promise<Omit<World, "audited" | "end">> {
  Object.assign(process.env, await environmentOf(folder));
  const kubectl = new Kubectl(join(folder, "kubernetes", "kubeconfig"));
  const terraform = join(folder, "terraform");
  if (!running) {
    // One fills the other's waits.
    await Promise.all([terraformed(terraform), definitions(kubectl)]);
  }
  const settings = checked();
  const facts = await factsOf(settings, terraform);
  const machines = await launch(facts);
  const objects = await platformObjects(facts, machines);
  const restore = () => objects(kubectl);
  await restore();
  const killApi = async () => {
    await stopControlPlane(join(folder, "kubernetes"));
  };
  return { settings, kubectl, facts, project: join(terraform, "project"), machines, restore, killApi };
}

async function terraformed(folder: string): Promise<void> {
  const { stacks } = new Platform(folder, demo);
  await Promise.all(stackParts.map((part) => stacks[part].init()));
  for (const part of stackParts) {
    await stacks[part].plan("create");
    await stacks[part].apply();
  }
}

/** What Cilium's operator and the charts bring, so that their objects can be written. */
async function definitions(kubectl: Kubectl): Promise<void> {
  for (const owner of ["cilium", "flux", "karpenter"] as const) {
    await kubectl.run(["apply", "--server-side", `--filename=${await definitionsFolder(owner)}`]);
  }
  await kubectl.run(["wait", "--for=condition=Established", "customresourcedefinitions", "--all", "--timeout=60s"]);
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
}

async function factsOf(cluster: Cluster, terraform: string): Promise<Facts> {
  const state = (part: StackPart): State =>
    JSON.parse(readFileSync(join(terraform, "project", "state", `${cluster.name}-${part}.tfstate`), "utf8"));
  const [network, control, bootstrap] = [state("network"), state("cluster"), state("bootstrap")];
  const attribute = <T>({ resources }: State, type: string, name: string, member: string): T => {
    const resource = resources.find((candidate) => candidate.type === type && candidate.name === name);
    return resource?.instances[0]?.attributes[member] as T;
  };
  const [{ cluster_security_group_id: securityGroup = "" } = {}] = attribute<Record<string, string>[]>(
    control,
    "aws_eks_cluster",
    "cluster",
    "vpc_config",
  );
  const committed = bootstrap.resources.filter(({ type }) => type === "github_repository_file");
  const { owner, name, branch } = cluster.repository;
  const answer = await fetch(`${process.env.GITHUB_BASE_URL}repos/${owner}/${name}/branches/${branch}`, {
    headers: { authorization: `Bearer ${process.env.GITHUB_TOKEN}` },
  });
  const { commit } = (await answer.json()) as { commit: { sha: string } };
  return {
    cluster,
    account: attribute<string>(control, "aws_eks_cluster", "cluster", "arn").split(":")[4] ?? "",
    nodeGroup: attribute(bootstrap, "aws_eks_node_group", "system", "node_group_name"),
    vpc: network.outputs["vpc_id"]?.value as string,
    securityGroup,
    subnets: network.outputs["private_subnet_ids"]?.value as string[],
    ciliumValues: JSON.parse(attribute<string[]>(bootstrap, "helm_release", "cilium", "values")[0] ?? ""),
    variables: attribute(bootstrap, "kubernetes_config_map_v1", "flux_variables", "data"),
    files: Object.fromEntries(
      committed.map(({ instances: [instance] }) => [instance?.attributes["file"], instance?.attributes["content"]]),
    ),
    head: commit.sha,
  };
}
