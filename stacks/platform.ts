import { App, type AppConfig } from "cdktf";

import type { Cluster } from "../schema/settings";
import { BootstrapStack } from "./bootstrap";
import { ClusterStack } from "./cluster";
import { NetworkStack } from "./network";
import { context } from "./platform-stack";

/** An app with the stacks of these clusters. */
export function platformApp(clusters: readonly Cluster[], config: AppConfig = {}): App {
  const app = new App({ context, ...config });
  for (const cluster of clusters) {
    definePlatform(app, cluster);
  }
  return app;
}

/** Defines the three stacks of a cluster, in the order of deployment. */
export function definePlatform(app: App, cluster: Cluster): void {
  const network = new NetworkStack(app, cluster);
  const eks = new ClusterStack(app, cluster, { network });
  new BootstrapStack(app, cluster, { network, cluster: eks });
}
