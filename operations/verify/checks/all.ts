import type { Check } from "../check";
import { accessEntries } from "./access";
import { controlPlane, endpointAccess, kubernetesVersion, onlyCni } from "./cluster";
import { nodeGroup, nodeImages, nodesReady, nodeTaints } from "./nodes";

/** From the outside in: what is further down mostly needs what is above. */
export const checks: readonly Check[] = [
  controlPlane,
  kubernetesVersion,
  endpointAccess,
  accessEntries,
  onlyCni,
  nodeGroup,
  nodesReady,
  nodeImages,
  nodeTaints,
];
