import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";

import type { Cluster } from "../schema/settings";
import { BootstrapStack } from "./bootstrap";
import { ClusterStack } from "./cluster";
import { removeModuleCopies, removeOldModuleCopies } from "./module-copies";
import { NetworkStack } from "./network";
import { context } from "./platform-stack";

/** Writes the stacks of these clusters, and returns the folder that they are in: `stacks` in `outdir`. */
export function writeStacks(clusters: readonly Cluster[], { outdir }: { readonly outdir: string }): string {
  removeOldModuleCopies();
  // CDKTF makes the folder, and none above it.
  mkdirSync(outdir, { recursive: true });
  const app = new App({ context, outdir });
  try {
    for (const cluster of clusters) {
      definePlatform(app, cluster);
    }
    app.synth();
  } finally {
    removeModuleCopies(app);
  }
  return join(outdir, "stacks");
}

/** Defines the three stacks of a cluster, in the order of deployment. */
export function definePlatform(app: App, cluster: Cluster): void {
  const network = new NetworkStack(app, cluster);
  const eks = new ClusterStack(app, cluster, { network });
  new BootstrapStack(app, cluster, { network, cluster: eks });
}
