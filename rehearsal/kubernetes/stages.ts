import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import { type CacheEntry, cached } from "../setup/cache";
import { type UpstreamFiles, upstreamEntry } from "../setup/upstream-files";
import { kubelab } from "./kubelab";

/** A node with this label does not become Ready. */
export const holdLabel = "lab.example/hold";

// The stages of `kustomize/stage/fast`, which has nodes become Ready, pods run, and Jobs succeed at once.
const files: readonly UpstreamFiles[] = [
  ["node/fast", "node-initialize.yaml"],
  ["node/heartbeat-with-lease", "node-heartbeat-with-lease.yaml"],
  ["pod/fast", "pod-ready.yaml"],
  ["pod/fast", "pod-complete.yaml"],
  ["pod/fast", "pod-delete.yaml"],
].map(([folder = "", name = ""]) => ({
  module: "sigs.k8s.io/kwok",
  pinnedIn: kubelab.folder,
  from: `kustomize/stage/${folder}`,
  names: [name],
  to: ".",
}));

const upstream = upstreamEntry("stages", "kwok's stages", files);

/** kwok's stages, with what is ours: a node is left alone while it has the label. */
export const stagesEntry: CacheEntry = {
  ...upstream,
  decidedBy: [...upstream.decidedBy, holdLabel],
  make: async (folder, options) => {
    await upstream.make(folder, options);
    writeFileSync(join(folder, "stages.yaml"), joined(folder));
  },
};

/** A part of kwok's Stage. */
interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly selector: { readonly matchExpressions: unknown[] } };
}

/** Makes one file of those in a folder, which it removes. */
function joined(folder: string): string {
  const stages = readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const stage: Stage = parse(readFileSync(path, "utf8"));
    rmSync(path);
    return stage;
  });
  const initialize = stages.find(({ metadata }) => metadata.name === "node-initialize");
  initialize?.spec.selector.matchExpressions.push({
    key: `.metadata.labels["${holdLabel}"]`,
    operator: "DoesNotExist",
  });
  return stages.map((stage) => stringify(stage, { lineWidth: 0 })).join("---\n");
}

/**
 * Returns the text of the file that kwok is told all by.
 * @param podPorts - ports of every pod, and those of 127.0.0.1 to which they lead
 */
export async function kwokConfigText(
  podPorts: Readonly<Record<number, number>> | undefined,
  signal: AbortSignal,
): Promise<string> {
  const stages = readFileSync(join(await cached(stagesEntry, signal), "stages.yaml"), "utf8");
  const forwards = Object.entries(podPorts ?? {}).map(([of, port]) => ({
    ports: [Number(of)],
    target: { port, address: "127.0.0.1" },
  }));
  const forward = {
    kind: "ClusterPortForward",
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    metadata: { name: "pods" },
    spec: { forwards },
  };
  return forwards.length > 0 ? `${stages}---\n${stringify(forward)}` : stages;
}
