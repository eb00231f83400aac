import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";

import { hostOf } from "../platform/hcp";
import { stackParts } from "../platform/parts";
import { type CloudCluster, isInCloud } from "../schema/cloud-cluster";
import type { Cluster } from "../schema/settings";
import { BootstrapStack } from "./bootstrap";
import { ClusterStack } from "./cluster";
import { freeEditionWarnings } from "./free-edition";
import { removeModuleCopies, removeOldModuleCopies } from "./module-copies";
import { NetworkStack } from "./network";
import { context } from "./platform-stack";
import { WorkspacesStack } from "./workspaces";

/** Stacks as they were written. */
export interface WrittenStacks {
  /** The folder that has a folder for each of them. */
  readonly folder: string;
  readonly count: number;
  /** One line for each thing that is allowed, and should be somebody's decision. */
  readonly warnings: readonly string[];
}

/** Writes the stacks of these clusters to `stacks` in `outdir`. */
export function writeStacks(clusters: readonly Cluster[], { outdir }: { readonly outdir: string }): WrittenStacks {
  removeOldModuleCopies();
  // CDKTF makes the folder, and none above it.
  mkdirSync(outdir, { recursive: true });
  const app = new App({ context, outdir });
  try {
    const count = defineStacks(app, clusters);
    app.synth();
    return {
      folder: join(outdir, "stacks"),
      count,
      warnings: freeEditionWarnings(app, clusters.filter(isInCloud)),
    };
  } finally {
    removeModuleCopies(app);
  }
}

/** Defines all stacks of these clusters, in the order of deployment. Returns how many they are. */
export function defineStacks(app: App, clusters: readonly Cluster[]): number {
  const workspaces = defineWorkspaces(app, clusters);
  for (const cluster of clusters) {
    definePlatform(app, cluster, workspaces.get(cluster.name));
  }
  return new Set(workspaces.values()).size + stackParts.length * clusters.length;
}

/** Defines a stack of workspaces for each organization that clusters are in. Returns them by the clusters' names. */
export function defineWorkspaces(app: App, clusters: readonly Cluster[]): ReadonlyMap<string, WorkspacesStack> {
  return new Map(
    organizations(clusters).flatMap((group) => {
      const stack = new WorkspacesStack(app, group);
      return group.map(({ name }) => [name, stack] as const);
    }),
  );
}

/**
 * Defines the three stacks of a cluster, in the order of deployment.
 * @param workspaces - the stack that makes the workspaces of these, if there is one
 */
export function definePlatform(app: App, cluster: Cluster, workspaces?: WorkspacesStack): void {
  const network = new NetworkStack(app, cluster);
  if (workspaces) {
    network.addDependency(workspaces);
  }
  const eks = new ClusterStack(app, cluster, { network });
  new BootstrapStack(app, cluster, { network, cluster: eks });
}

type Organization = [CloudCluster, ...CloudCluster[]];

/** Returns the clusters in HCP Terraform by the organization, and its host, that they are in. */
function organizations(clusters: readonly Cluster[]): Organization[] {
  const groups = new Map<string, Organization>();
  for (const cluster of clusters.filter(isInCloud)) {
    const key = `${hostOf(cluster.backend)}/${cluster.backend.organization}`;
    const group = groups.get(key);
    group?.push(cluster);
    groups.set(key, group ?? [cluster]);
  }
  return [...groups.values()];
}
