import type { Release } from "../../../../releases/release";
import type { Check } from "../../../verify/check";
import { ciliumUpgrade } from "./cilium-upgrade";
import { callsOfRemovedApis } from "./deprecated-calls";
import { disruptionBudgets, podsWithoutController } from "./disruption";
import { rollbackInsights, upgradeInsights } from "./insights";
import { nodesKept } from "./kept-nodes";
import { plansAreEmpty } from "./plans";
import { objectsOfRemovedApis, storedVersions } from "./removed-apis";
import { roomForUpgrade } from "./room";
import { verified } from "./verified";
import { kubeletSkew, nodeGroupVersions } from "./version-skew";
import { whereItIs } from "./where";

/** Returns all checks that ask AWS and Kubernetes. */
export function clusterChecks(next: Release | undefined): readonly Check[] {
  return [
    whereItIs(next),
    verified,
    upgradeInsights(next),
    rollbackInsights,
    callsOfRemovedApis(next),
    objectsOfRemovedApis(next),
    storedVersions(next),
    nodeGroupVersions,
    kubeletSkew(next),
    roomForUpgrade(next),
    disruptionBudgets(next),
    podsWithoutController,
    nodesKept,
    ciliumUpgrade(next),
  ];
}

/**
 * Returns all checks of whether a cluster may be upgraded: where it is, whether it is well, and what would be lost or be in the way.
 * @param next - the release that is ahead; undefined if there is none
 * @param signal - ends Terraform
 */
export function readinessChecks(next: Release | undefined, signal: AbortSignal): readonly Check[] {
  return [...clusterChecks(next), plansAreEmpty(signal)];
}
