import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { showProgress } from "../../operations/command/progress";
import { visibleLine } from "../../platform/visible-text";
import { releaseNamed } from "../../releases/all";
import type { Cluster } from "../../schema/settings";
import { startControlPlane, stopControlPlane } from "../kubernetes/control-plane";
import { kubelab, kubelabOf, newestMinor } from "../kubernetes/kubelab";
import { goProgram, isProgramReady } from "../setup/go-program";
import { applyDefinitions } from "../world/definitions";
import { Kubectl } from "../world/kubectl";
import { Api } from "./api";
import { fluxCheckout } from "./checkout";
import { type Collection, collect } from "./collect";
import { type Judgement, judge } from "./judge";
import { hasRefusals, reportText } from "./report";
import { clusterVariablesOf } from "./variables";

/** What is asked of a checkout. */
export interface FluxRepositoryRequest {
  readonly cluster: Cluster;
  /** Of the checkout, as somebody named it. */
  readonly repository: string;
  /** A new folder for all that is made. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface FluxRepositoryCheck {
  readonly text: string;
  readonly hasRefusals: boolean;
}

/**
 * Throws unless a checkout can be held against the Kubernetes of a cluster's release, before anything is begun.
 * @throws CommandError
 */
export function expectCheckable({ cluster, repository }: Pick<FluxRepositoryRequest, "cluster" | "repository">): void {
  fluxCheckout(repository, cluster.name);
  const { version } = releaseNamed(cluster.release).kubernetes;
  // Another minor would take what this one refuses.
  if (version !== newestMinor && !isProgramReady(kubelabOf(version))) {
    throw new CommandError(
      `the control plane of Kubernetes ${version}, which release ${cluster.release} has, is not built`,
      {
        next: `npm run world -- setup --kubernetes ${version}`,
      },
    );
  }
}

/** Asks an API server of the Kubernetes of a cluster's release about all that Flux would apply of a checkout. Nothing runs on. */
export async function checkFluxRepository(request: FluxRepositoryRequest): Promise<FluxRepositoryCheck> {
  expectCheckable(request);
  const { cluster, repository, folder, signal } = request;
  const checkout = fluxCheckout(repository, cluster.name);
  const { kubernetes, name } = releaseNamed(cluster.release);
  const program = await goProgram(kubelab, signal);
  const progress = showProgress(`Flux's repository of ${cluster.name}`);
  try {
    progress.phase("kustomize build");
    const variables = await clusterVariablesOf(cluster.name, join(folder, "stacks"), signal);
    const place = { root: checkout.root, work: join(folder, "overlays"), kubelab: program, signal };
    const collection = await collect(checkout, variables, place);
    progress.phase(`an API server of Kubernetes ${kubernetes.version}`);
    const judgement = await judgementOf(collection, request);
    const title = `${visibleLine(repository)} on Kubernetes ${kubernetes.version} of release ${name}:`;
    return { text: reportText(title, collection, judgement), hasRefusals: hasRefusals(collection, judgement) };
  } finally {
    progress.clear();
  }
}

/** Starts an API server, which ends with this, and has it judge. */
async function judgementOf({ objects }: Collection, request: FluxRepositoryRequest): Promise<Judgement> {
  const { cluster, signal } = request;
  const folder = join(request.folder, "kubernetes");
  const release = releaseNamed(cluster.release);
  const { version } = release.kubernetes;
  try {
    const { kubeconfig } = await startControlPlane({ folder, only: "api", kubernetesVersion: version, signal });
    await applyDefinitions(new Kubectl(kubeconfig), release, signal);
    return await judge(objects, new Api(kubeconfig, signal), version);
  } finally {
    await stopControlPlane(folder);
  }
}
