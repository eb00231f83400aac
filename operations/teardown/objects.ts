import { ApiException, type KubernetesObject, type KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";

import { ifThere } from "../connection/kubernetes";
import type { Thing } from "./step";

/** `kustomize.toolkit.fluxcd.io/v1 Kustomization` */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

export interface Found extends KubernetesObject {
  /** @default - none */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** @default - none */
  readonly status?: Readonly<Record<string, unknown>>;
}

/** What is in the cluster. */
export interface Objects {
  /** All of a kind, in all namespaces; none where the kind is unknown. */
  list(kind: Kind, labelSelector?: string): Promise<readonly Found[]>;
  remove(object: Found): Promise<void>;
  /** @param change - what becomes of its members */
  patch(object: Found, change: Readonly<Record<string, unknown>>): Promise<void>;
}

export function objectsIn(api: KubernetesObjectApi): Objects {
  return {
    list: async (kind, labelSelector) => {
      const { apiVersion } = kind;
      const none = undefined;
      try {
        const { items } = await api.list(apiVersion, kind.kind, none, none, none, none, none, labelSelector);
        // In a list, they do not say what they are.
        return items.map((item) => ({ ...item, ...kind }));
      } catch (thrown) {
        if (isUnknown(thrown)) {
          return [];
        }
        throw thrown;
      }
    },
    remove: async (object) => {
      await ifThere(api.delete(named(object), none, none, none, none, "Background"));
    },
    patch: async (object, change) => {
      const changed = { ...named(object), ...change, metadata: { ...named(object).metadata, ...metadataIn(change) } };
      await ifThere(api.patch(changed, none, none, none, none, PatchStrategy.MergePatch));
    },
  };
}

const none = undefined;

function metadataIn(change: Readonly<Record<string, unknown>>): object {
  return typeof change["metadata"] === "object" ? (change["metadata"] ?? {}) : {};
}

function named({ apiVersion = "", kind = "", metadata: { name = "", namespace } = {} }: Found) {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

/** Whether the API has no such kind. */
function isUnknown(thrown: unknown): boolean {
  return (
    (thrown instanceof ApiException && thrown.code === 404) ||
    (thrown instanceof Error && thrown.message.startsWith("Unrecognized API version and kind"))
  );
}

/** Who takes a finalizer off. */
const finalizers: Readonly<Record<string, string>> = {
  "elbv2.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
  "finalizers.fluxcd.io": "Flux",
  foregroundDeletion: "Kubernetes deletes first what depends on it",
  "ingress.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
  "karpenter.k8s.aws/termination": "Karpenter, when no node uses it",
  "karpenter.sh/termination": "Karpenter drains and terminates its node",
  "kubernetes.io/pv-protection": "a claim is bound to it",
  "kubernetes.io/pvc-protection": "a pod uses it: delete that one, and what makes it",
  "service.kubernetes.io/load-balancer-cleanup": "EKS deletes its load balancer",
};

/** An object that shall be deleted, and that others may have to let go. */
export function deletion(objects: Objects, object: Found): Thing {
  const { metadata: { deletionTimestamp, finalizers: kept = [] } = {} } = object;
  const words = kept.map((name) => (finalizers[name] === undefined ? name : `${name} (${finalizers[name]})`));
  return {
    name: nameOf(object),
    held: kept.length > 0 ? `finalizer ${words.join(", ")}` : undefined,
    act: deletionTimestamp === undefined ? () => objects.remove(object) : undefined,
  };
}

/** `Service default/web`. */
export function nameOf({ kind, metadata: { namespace, name } = {} }: Found): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
