import { existsSync, readFileSync } from "node:fs";

import { systemNamespace } from "../../platform/names";
import { Kubectl } from "./kubectl";

/** One change in the world. */
export interface Entry {
  /** Milliseconds. */
  readonly time: number;
  /** `eks CreateNodegroup`, `helm_release cilium`, `github clusters/demo/README.md`. */
  readonly what: string;
}

/** Returns milliseconds of a time as the servers write it: text, seconds or milliseconds. */
export function stamp(time: string | number): number {
  return typeof time === "number" ? time * (time < 1e12 ? 1000 : 1) : Date.parse(time);
}

/** Returns what stand-ins for Helm's and Kubernetes' providers were asked to make; undefined if there are none. */
export function standinEntries(journal: string): Entry[] | undefined {
  // Real ones write nothing; stand-ins do with the first plan.
  if (!existsSync(journal)) {
    return undefined;
  }
  return readFileSync(journal, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ op, action }) => op === "apply" && action === "create")
    .map(({ time, type, name }) => ({ time: stamp(time), what: `${type} ${name}` }));
}

/**
 * Returns when Cilium, and the Job that installs Flux, came to be in the cluster, named as Terraform names what makes them: real providers
 * keep no journal. The API server keeps whole seconds; the one is that before Cilium came, and the other that after the Job did.
 */
export async function createdInCluster(kubeconfig: string): Promise<Entry[]> {
  const objects = new Kubectl(kubeconfig).objects();
  const sets = await objects.list({ apiVersion: "apps/v1", kind: "DaemonSet" }, "k8s-app=cilium");
  const jobs = await objects.list({ apiVersion: "batch/v1", kind: "Job" });
  const created = ({ metadata: { creationTimestamp = "" } }: (typeof sets)[number]) =>
    new Date(creationTimestamp).getTime();
  return [
    ...sets
      .filter(({ metadata: { namespace } }) => namespace === systemNamespace)
      .map((set) => ({ time: created(set), what: "helm_release cilium" })),
    ...jobs.map((job) => ({
      time: created(job) + 999,
      what: `kubernetes_job_v1 ${job.metadata.namespace}/${job.metadata.name}`,
    })),
  ];
}
