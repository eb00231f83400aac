import { ApiException, type KubernetesObject, type KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";

import { ifThere } from "./clients";

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
