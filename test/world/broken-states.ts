import { accessStates } from "./broken/access";
import { askerStates } from "./broken/asker";
import { awsStates } from "./broken/aws";
import { ciliumStates } from "./broken/cilium";
import { clusterStates } from "./broken/cluster";
import { clusterNetworkStates } from "./broken/cluster-network";
import { coreDnsStates } from "./broken/core-dns";
import { fluxStates } from "./broken/flux";
import { interruptionStates } from "./broken/interruption";
import { karpenterStates } from "./broken/karpenter";
import { networkStates } from "./broken/network";
import { nodeStates } from "./broken/nodes";
import type { BrokenStates } from "./broken/state";

/** What can be wrong with the platform or with whoever asks, by name, and the lines that verify prints then. */
export const brokenStates: BrokenStates = {
  ...clusterStates,
  ...accessStates,
  ...awsStates,
  ...networkStates,
  ...nodeStates,
  ...ciliumStates,
  ...clusterNetworkStates,
  ...coreDnsStates,
  ...fluxStates,
  ...karpenterStates,
  ...interruptionStates,
  ...askerStates,
};
