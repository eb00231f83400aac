import { ApiException, type KubernetesObjectApi, PatchStrategy, type V1ObjectMeta } from "@kubernetes/client-node";

/** An object of any kind, with what all kinds have in common. */
export interface ClusterObject {
  /** @default - unknown: a list says it once for all that is in it */
  readonly apiVersion?: string;
  /** @default - unknown, as `apiVersion` */
  readonly kind?: string;
  readonly metadata: Metadata;
  /** @default - none */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** @default - none: no controller has written it yet */
  readonly status?: ObjectStatus;
}

export interface ObjectStatus {
  /** @default - none */
  readonly conditions?: readonly ObjectCondition[];
  readonly [member: string]: unknown;
}

/** Timestamps are dates where `ObjectClient` lists, and text as the API writes it where `listCustomObjects` does. */
interface Metadata extends Omit<V1ObjectMeta, "name" | "creationTimestamp" | "deletionTimestamp"> {
  readonly name: string;
  /** @default - not made yet */
  readonly creationTimestamp?: Date | string;
  /** @default - nobody has deleted it */
  readonly deletionTimestamp?: Date | string;
}

export interface ObjectCondition {
  readonly type: string;
  readonly status: string;
  /** @default - none is given */
  readonly reason?: string;
  /** @default - none is given */
  readonly message?: string;
  /** @default - unknown */
  readonly lastTransitionTime?: Date | string;
}

/** A kind as manifests name it: `kustomize.toolkit.fluxcd.io/v1` and `Kustomization`. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Where an object is. */
export interface ObjectPlace {
  readonly name: string;
  /** Undefined for what is in no namespace. */
  readonly namespace: string | undefined;
}

/** Lists and changes objects of any kind. The API is asked first what plural its URLs have for a kind. */
export interface ObjectClient {
  /** Returns all objects of a kind, of all namespaces; none where the API has no such kind. */
  list(kind: ObjectKind, labelSelector?: string): Promise<readonly ClusterObject[]>;
  /** Returns one object; nothing where there is none, or no such kind. */
  find(kind: ObjectKind, place: ObjectPlace): Promise<ClusterObject | undefined>;
  remove(object: ClusterObject): Promise<void>;
  /** Changes an object by a merge patch. */
  patch(object: ClusterObject, change: Readonly<Record<string, unknown>>): Promise<void>;
}

export function objectClient(api: KubernetesObjectApi): ObjectClient {
  return {
    list: async (kind, labelSelector) => {
      const { apiVersion } = kind;
      try {
        const { items } = await api.list(apiVersion, kind.kind, none, none, none, none, none, labelSelector);
        return items.map((item) => ({ ...(item as ClusterObject), ...kind }));
      } catch (thrown) {
        if (isUnknownKind(thrown)) {
          return [];
        }
        throw thrown;
      }
    },
    find: async (kind, { name, namespace }) => {
      const place = { name, ...(namespace === undefined ? {} : { namespace }) };
      try {
        return (await api.read({ ...kind, metadata: place })) as ClusterObject;
      } catch (thrown) {
        if (isUnknownKind(thrown)) {
          return undefined;
        }
        throw thrown;
      }
    },
    remove: async (object) => {
      await ifObjectExists(api.delete(reference(object), none, none, none, none, "Background"));
    },
    patch: async (object, change) => {
      const known = reference(object);
      const changed = { ...known, ...change, metadata: { ...known.metadata, ...metadataOf(change) } };
      await ifObjectExists(api.patch(changed, none, none, none, none, PatchStrategy.MergePatch));
    },
  };
}

/** A positional parameter that is not given. */
const none = undefined;

/** A resource as kubectl takes it, plural, version and group: `ciliumnodes.v2.cilium.io`. */
export type CustomResource = `${string}.v${string}.${string}`;

/** Returns the answer, or nothing if the API answers that there is no such object. */
export async function ifObjectExists<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (isNotFound(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}

/** An object with conditions, of any kind or of one that the client library has types for. */
interface WithConditions<Condition> {
  /** @default - none */
  readonly status?: {
    /** @default - none */
    readonly conditions?: readonly Condition[];
  };
}

/** Returns the condition of a type, as `Ready`; nothing if the status has none. */
export function conditionOf<Condition extends { readonly type: string }>(
  { status }: WithConditions<Condition>,
  type: string,
): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** Returns whether an object says that it is ready: a pod then takes requests. */
export function isReady(object: WithConditions<{ readonly type: string; readonly status: string }>): boolean {
  return conditionOf(object, "Ready")?.status === "True";
}

/** Returns why an object is not ready, as its controller says it; nothing if it is ready. */
export function unreadyReason(object: ClusterObject): string | undefined {
  if (isReady(object)) {
    return undefined;
  }
  const { reason = "", message = "" } = conditionOf(object, "Ready") ?? {};
  return [reason, message].filter((part) => part !== "").join(": ") || "its controller has not said anything";
}

/** Returns `namespace/name`, or the name of what is in no namespace. */
export function qualifiedName({ metadata: { namespace, name } }: ClusterObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Returns what tells the API which object is meant, without what else is known of it. */
function reference({ apiVersion = "", kind = "", metadata: { name, namespace } }: ClusterObject) {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

function metadataOf({ metadata }: Readonly<Record<string, unknown>>): object {
  return typeof metadata === "object" && metadata ? metadata : {};
}

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof ApiException && thrown.code === 404;
}

/** Returns whether the API has no such kind; the message is the client library's, when the group has others. */
function isUnknownKind(thrown: unknown): boolean {
  return (
    isNotFound(thrown) || (thrown instanceof Error && thrown.message.startsWith("Unrecognized API version and kind"))
  );
}
