import { demoWith } from "../../rehearsal/life/demo-settings";
import { checkedCluster } from "../../rehearsal/life/rehearsal";
import type { NetworkSettings } from "../../schema/network";
import type { Cluster, ClusterSettings } from "../../schema/settings";

/** The demo's settings, changed, checked and with every default. Its network is made. */
export function cluster(
  changes: Partial<ClusterSettings> = {},
): Cluster & Extract<NetworkSettings, { zones: string[] }> {
  const checked = checkedCluster(demoWith(changes));
  if (checked.network !== undefined) {
    throw new Error("settings of this test are in a network that is there; use clusterInNetwork");
  }
  return checked;
}

/** A network of another account, by ids alone. */
export const sharedNetwork = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  privateSubnets: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  controlPlaneSubnets: ["subnet-0a1b2c3d4e5f60721", "subnet-0a1b2c3d4e5f60722"],
  publicSubnets: ["subnet-0a1b2c3d4e5f60731", "subnet-0a1b2c3d4e5f60732"],
};

/** Subnets of that network for pods alone. */
export const podSubnets = ["subnet-0a1b2c3d4e5f60741", "subnet-0a1b2c3d4e5f60742"];

/** The demo in that network, changed. */
export function inSharedNetwork(changes: Partial<ClusterSettings> = {}): ClusterSettings {
  return demoWith({ network: sharedNetwork, ...changes });
}

/** The same, checked and with every default. */
export function clusterInNetwork(changes: Partial<ClusterSettings> = {}): Cluster {
  return checkedCluster(inSharedNetwork(changes));
}
