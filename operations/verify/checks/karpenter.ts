import type { V1Node } from "@kubernetes/client-node";

import { fluxNamespace, karpenterNamespace, kustomizations, startupTaint } from "../../../platform/names";
import { releaseNamed } from "../../../releases/all";
import { Failure } from "../../command/failure";
import {
  type ClusterObject,
  type CustomResource,
  conditionOf,
  isReady,
  type ObjectStatus,
  qualifiedName,
  unreadyReason,
} from "../../kubernetes/objects";
import { age, isYoung } from "../age";
import { broken, type Check, type CheckOutcome, holds } from "../check";
import { verifyInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { checkDeployment, wrongVersion } from "../workload";
import { beingDeleted, helmReleases } from "./flux-objects";

export const karpenterRuns: Check = {
  id: "karpenter",
  title: "Karpenter",
  async run(snapshot) {
    const { version: wanted } = releaseNamed(snapshot.settings.release).karpenter;
    const [outcome, releases] = await Promise.all([
      checkDeployment(snapshot, karpenterNamespace, karpenterNamespace),
      snapshot.customObjects(helmReleases),
    ]);
    const release = releases.find(({ metadata: { name } }) => name === karpenterNamespace) as HelmRelease | undefined;
    // The image's tag would not do: a new chart may leave it as it was.
    const deployed = release?.status?.history?.[0]?.chartVersion;
    // helm-controller appends the digest of a chart that is an OCI artifact.
    return outcome.state === "holds" && deployed !== undefined && deployed.split("+")[0] !== wanted
      ? wrongVersion(snapshot, `chart ${deployed}`, wanted)
      : outcome;
  },
};

interface HelmRelease extends ClusterObject {
  /** @default - helm-controller has not seen it yet */
  readonly status?: ObjectStatus & { readonly history: readonly { readonly chartVersion: string }[] | undefined };
}

const pools: CustomResource = "nodepools.v1.karpenter.sh";

export const nodePoolsReady: Check = {
  id: "node-pools",
  title: "NodePools",
  run: async (snapshot) => allReady("NodePool", await snapshot.customObjects(pools)),
};

export const nodeClassesReady: Check = {
  id: "node-classes",
  title: "EC2NodeClasses",
  run: async (snapshot) =>
    allReady("EC2NodeClass", await snapshot.customObjects("ec2nodeclasses.v1.karpenter.k8s.aws")),
};

function allReady(kind: string, objects: readonly ClusterObject[]): CheckOutcome {
  const going = objects.find(({ metadata }) => metadata.deletionTimestamp);
  if (going) {
    return beingDeleted(kind, going);
  }
  const unready = objects.find((object) => !isReady(object));
  if (unready) {
    return broken(
      `${qualifiedName(unready)}: ${unreadyReason(unready)}`,
      kind === "NodePool"
        ? "its EC2NodeClass is not ready, or Karpenter does not run"
        : "nothing in AWS has the tags that it selects, or Karpenter's role may not ask",
      `kubectl describe ${kind.toLowerCase()}s ${qualifiedName(unready)}`,
    );
  }
  return objects.length > 0
    ? holds(objects.map(({ metadata }) => metadata.name).join(", "))
    : broken(
        "there is none",
        "Flux has not applied them yet, or somebody deleted them",
        `kubectl --namespace ${fluxNamespace} describe kustomization ${kustomizations.nodePools}`,
      );
}

interface NodeClaim extends ClusterObject {
  /** @default - Karpenter has not seen it yet */
  readonly status?: ObjectStatus & { readonly nodeName: string | undefined };
}

export const launchedNodesJoined: Check = {
  id: "karpenter-nodes",
  title: "nodes of Karpenter",
  run: checkNodeClaims,
};

async function checkNodeClaims(snapshot: Snapshot): Promise<CheckOutcome> {
  const [claims, nodes] = await Promise.all([snapshot.customObjects("nodeclaims.v1.karpenter.sh"), snapshot.nodes()]);
  const unready = claims.find((claim) => !isReady(claim) && !claim.metadata.deletionTimestamp);
  if (claims.length === 0 && (await snapshot.customObjects(pools)).length === 0) {
    throw new Failure("nothing there", "there is no NodePool that could have launched any", "see NodePools above");
  }
  return unready
    ? unreadyClaim(snapshot, unready as NodeClaim, nodes)
    : holds(claims.length === 0 ? "none is needed" : `${claims.length} joined`);
}

/** Says which stage of its way into the cluster a machine has not come to, and why. */
function unreadyClaim({ settings }: Snapshot, claim: NodeClaim, nodes: readonly V1Node[]): CheckOutcome {
  const { creationTimestamp } = claim.metadata;
  const node = nodes.find(({ metadata }) => metadata?.name === claim.status?.nodeName);
  const isTainted = node?.spec?.taints?.some(({ key }) => key === startupTaint);
  const stage = ["Launched", "Registered", "Initialized"].find((type) => conditionOf(claim, type)?.status !== "True");
  const { reason = "", message = "" } = conditionOf(claim, stage ?? "Ready") ?? {};
  const missed = `is not ${stage?.toLowerCase() ?? "ready"} after ${age(creationTimestamp)}`;
  const found = `${qualifiedName(claim)} ${missed} (${reason || message || "no reason given"})`;
  if (isYoung(creationTimestamp)) {
    return broken(found, "it is on its way: a machine takes a minute or two", verifyInvocation(settings));
  }
  return broken(
    found,
    isTainted
      ? `Cilium's agent is not ready on its node, which still has the taint ${startupTaint}`
      : (stageCauses[stage ?? ""] ?? "its node is not ready"),
    `kubectl describe nodeclaim ${qualifiedName(claim)}`,
  );
}

/** Why a machine mostly does not come to a stage. */
const stageCauses: Readonly<Record<string, string>> = {
  Launched: "EC2 has no capacity, a quota is reached, or Karpenter's role may not launch",
  Registered: "the machine can't reach the API, or its role has no access entry",
  Initialized: "a startup taint is still there, or the kubelet is not ready",
};
