import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ciliumManifests, fluxManifests, karpenterManifests, kubernetesForm, objectsOf } from "../support/manifests";
import { platform } from "../support/synth";

/** A workload, in the words of Checkov: `Deployment.karpenter.karpenter`. */
type Workload = string;

/**
 * Writes what Helm, Flux and Terraform would apply to the demo's cluster into a folder, and returns the workloads of it. Of most kinds in
 * Git, as HelmRelease or NodePool, Checkov knows nothing.
 */
export async function writeManifests(folder: string): Promise<readonly Workload[]> {
  const { metadata, spec } = platform().bootstrap.resource.kubernetes_job_v1?.flux_installation ?? {};
  const job = { apiVersion: "batch/v1", kind: "Job", metadata, spec: kubernetesForm(spec) };
  const texts = {
    "cilium.yaml": await ciliumManifests(),
    "karpenter.yaml": await karpenterManifests(),
    "flux-install.yaml": JSON.stringify(job),
    ...fluxManifests(),
  };
  for (const [path, text] of Object.entries(texts)) {
    const file = join(folder, path.replaceAll("/", "_"));
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  return Object.values(texts)
    .flatMap(objectsOf)
    .filter(({ kind }) => ["CronJob", "DaemonSet", "Deployment", "Job"].includes(kind))
    .map((object) => `${object.kind}.${namespaceOf(object.metadata)}.${object.metadata.name}`);
}

function namespaceOf(metadata: object): string {
  return (metadata as { namespace: string }).namespace;
}
