import type { App } from "cdktf";

import type { Cluster } from "../schema/settings";
import { BootstrapStack } from "./bootstrap";
import { ClusterStack } from "./cluster";
import { NetworkStack } from "./network";

/** Defines the three stacks of a cluster, in the order of deployment. */
export function definePlatform(app: App, cluster: Cluster): void {
  const network = new NetworkStack(app, cluster);
  const eks = new ClusterStack(app, cluster, { network });
  new BootstrapStack(app, cluster, { network, cluster: eks });
}
