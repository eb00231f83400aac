import { clusterVariablesName, fluxNamespace } from "../../../platform/names";
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
import { broken, type CheckOutcome, holds } from "../check";
import { verifyInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { sentenceOf } from "../wording";

export const helmReleases: CustomResource = "helmreleases.v2.helm.toolkit.fluxcd.io";

/** An object of a kind that Flux's controllers reconcile. */
interface FluxObject extends ClusterObject {
  /** @default - none */
  readonly spec?: { readonly suspend: boolean | undefined };
  /** @default - its controller has not seen it yet */
  readonly status?: ObjectStatus & {
    readonly artifact: { readonly revision: string } | undefined;
    readonly lastAppliedRevision: string | undefined;
    readonly lastAttemptedRevision: string | undefined;
    readonly observedGeneration: number | undefined;
  };
}

export async function fluxObjects(snapshot: Snapshot, resource: CustomResource): Promise<readonly FluxObject[]> {
  return (await snapshot.customObjects(resource)) as readonly FluxObject[];
}

/**
 * Checks that all objects of a kind are ready, and none is suspended.
 * @param required - names of those that the platform itself has: `flux-system/karpenter`
 */
export async function checkFluxObjects(
  snapshot: Snapshot,
  kind: string,
  resource: CustomResource,
  required: readonly string[],
): Promise<CheckOutcome> {
  const objects = await fluxObjects(snapshot, resource);
  const missing = required.filter((name) => !objects.some((object) => qualifiedName(object) === name));
  if (missing.length > 0) {
    return broken(
      missing.length === 1 ? `there is no ${kind} ${missing[0]}` : sentenceOf(missing, "is not there", "are not there"),
      "Flux has not read the repository yet, or somebody deleted what it had made",
      `kubectl --namespace ${fluxNamespace} get gitrepositories,kustomizations`,
    );
  }
  // What people delete takes its moment to go.
  const going = objects.find((object) => {
    const { deletionTimestamp } = object.metadata;
    return deletionTimestamp && (required.includes(qualifiedName(object)) || !isYoung(deletionTimestamp));
  });
  if (going) {
    return beingDeleted(kind, going);
  }
  const suspended = objects.find(({ spec }) => spec?.suspend);
  if (suspended) {
    const { name, namespace } = suspended.metadata;
    return broken(
      `${qualifiedName(suspended)} is suspended`,
      "somebody suspended it, and Flux leaves it as it is",
      `flux resume ${fluxNames[kind] ?? kind.toLowerCase()} ${name} --namespace ${namespace}`,
    );
  }
  const unready = objects.find((object) => !isReady(object) || isStalled(object));
  if (unready) {
    return unreadyOutcome(snapshot, kind, unready);
  }
  const outdated = objects.find(
    ({ metadata, status }) => (status?.observedGeneration ?? 0) < (metadata.generation ?? 0),
  );
  return outdated
    ? broken(
        `${qualifiedName(outdated)} was changed and not read since`,
        "its controller does not run",
        describeCommand(kind, outdated),
      )
    : holds(objects.map(revisionAndAge).join(", "));
}

/** How `flux` names the kinds that it does not name as Kubernetes does. */
const fluxNames: Readonly<Record<string, string>> = { GitRepository: "source git", OCIRepository: "source oci" };

/** Returns the outcome of an object that somebody has deleted, and whose finalizers are not done. */
export function beingDeleted(kind: string, object: ClusterObject): CheckOutcome {
  const { deletionTimestamp, finalizers = [], name, namespace } = object.metadata;
  const place = namespace === undefined ? "" : `--namespace ${namespace} `;
  return broken(
    `${qualifiedName(object)} is being deleted, for ${age(deletionTimestamp)}`,
    `somebody deleted it, and it waits for its finalizers (${finalizers.join(", ")})`,
    `kubectl ${place}describe ${kind.toLowerCase()} ${name}`,
  );
}

function unreadyOutcome({ settings }: Snapshot, kind: string, object: FluxObject): CheckOutcome {
  const name = qualifiedName(object);
  const next = describeCommand(kind, object);
  if (isStalled(object)) {
    const { reason, message } = conditionOf(object, "Stalled") ?? {};
    return broken(
      `${name} is stalled: ${reason}${message ? `: ${message}` : ""}`,
      "its controller has given up until the object or its source changes",
      next,
    );
  }
  const reason = unreadyReason(object) ?? "";
  const condition = conditionOf(object, "Ready");
  if (!condition?.reason?.startsWith("Progressing")) {
    return broken(`${name}: ${reason}`, likelyCause(reason), next);
  }
  // An object is in progress for seconds at every interval; until that ends, nobody can say whether it is well.
  const since = condition.lastTransitionTime;
  return Date.now() - new Date(since ?? Date.now()).getTime() < longestProgress
    ? broken(`${name}: ${reason}`, "Flux is at it now", verifyInvocation(settings))
    : broken(
        `${name} has been in progress for ${age(since)}: ${reason}`,
        "no timeout is that long: its controller hangs, or was ended in the middle",
        next,
      );
}

/** Milliseconds. The longest timeout of the platform's objects is the 45 minutes of the node pools' Kustomization. */
const longestProgress = 60 * 60_000;

function isStalled(object: FluxObject): boolean {
  return conditionOf(object, "Stalled")?.status === "True";
}

function describeCommand(kind: string, { metadata: { namespace, name } }: FluxObject): string {
  return `kubectl --namespace ${namespace} describe ${kind.toLowerCase()} ${name}`;
}

function revisionAndAge(object: FluxObject): string {
  const { artifact, lastAppliedRevision, lastAttemptedRevision } = object.status ?? {};
  const revision = artifact?.revision ?? lastAppliedRevision ?? lastAttemptedRevision ?? "";
  const since = conditionOf(object, "Ready")?.lastTransitionTime;
  return `${object.metadata.name} ${shortRevision(revision)} (${age(since)})`;
}

/** Shortens a commit as Git does: `main@sha1:6e6f6f1`. */
export function shortRevision(revision: string): string {
  return revision.replace(/([0-9a-f]{7})[0-9a-f]{33,}$/, "$1");
}

function likelyCause(reason: string): string {
  return messageCauses.find(([pattern]) => pattern.test(reason))?.[1] ?? "what its controller says";
}

/** What the messages of Flux's controllers mostly come from. */
const messageCauses: readonly (readonly [RegExp, string])[] = [
  [
    /unable to authenticate|handshake failed|permission denied|authentication required/i,
    "GitHub does not take the deploy key: deleted there, or made anew",
  ],
  [/couldn't find remote ref|reference not found/i, "the branch is gone"],
  [/dependency '.*' is not ready/i, "what it depends on is not ready: see that first"],
  [/no matches for kind/i, "the kind's definition is not installed yet"],
  [
    /variable substitution failed|configmap.*not found/i,
    `the ConfigMap ${clusterVariablesName} is not there, or lacks a variable`,
  ],
  [
    /i\/o timeout|no such host|connection refused|deadline exceeded/i,
    "there is no way out: NAT, DNS, or the other side is down",
  ],
];
