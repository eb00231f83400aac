import { stringify } from "yaml";
import type { Connection } from "../../connection";
import { type ClusterObject, conditionOf, type ObjectKind } from "../../kubernetes/objects";
import type { Value } from "../../terraform/plan/value";
import { type Existing, type Finder, knownText } from "../existing";

/** Kinds of the resources that make objects in the cluster. */
const kinds: Readonly<Record<string, ObjectKind>> = {
  kubernetes_cluster_role_binding_v1: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
  kubernetes_config_map_v1: { apiVersion: "v1", kind: "ConfigMap" },
  kubernetes_job_v1: { apiVersion: "batch/v1", kind: "Job" },
  kubernetes_namespace_v1: { apiVersion: "v1", kind: "Namespace" },
  kubernetes_secret_v1: { apiVersion: "v1", kind: "Secret" },
  kubernetes_service_account_v1: { apiVersion: "v1", kind: "ServiceAccount" },
};

/** What the cluster has but once: an object of a kind and a name, in its namespace. */
export const kubernetesFinders: Readonly<Record<string, Finder>> = Object.fromEntries(
  Object.entries(kinds).map(([type, kind]) => [
    type,
    (planned: Value, connection: Connection) => findObject(kind, planned, connection),
  ]),
);

async function findObject(kind: ObjectKind, planned: Value, connection: Connection): Promise<Existing | undefined> {
  const name = knownText(planned, "metadata.0.name");
  const namespace = knownText(planned, "metadata.0.namespace");
  if (name === undefined) {
    return undefined;
  }
  const { objects } = await connection.kubernetes();
  const found = await objects.find(kind, { name, namespace });
  if (!found) {
    return undefined;
  }
  const isGoing = found.metadata.deletionTimestamp !== undefined;
  const going = { reason: "it is being deleted", next: "wait until it is gone, and run this again" };
  // Terraform would take a Job that failed for one that is done. The next one goes on from what this one did.
  const remove = kind.kind === "Job" ? () => objects.remove({ ...kind, metadata: found.metadata }) : undefined;
  return {
    id: namespace === undefined ? name : `${namespace}/${name}`,
    tags: undefined,
    details: objectLines(found),
    ...(isGoing ? { obstacle: going } : {}),
    ...(remove ? { remove } : {}),
  };
}

/** Returns what an object holds, as YAML, a line each; of what a Secret holds, the names alone. */
export function objectLines(object: ClusterObject): string[] {
  const { kind, metadata, status } = object;
  const { creationTimestamp, labels = {}, annotations = {} } = metadata;
  const shown = {
    made: creationTimestamp instanceof Date ? creationTimestamp.toISOString() : creationTimestamp,
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    // kubectl keeps what it applied in an annotation, a Secret's data too.
    ...(Object.keys(annotations).length > 0
      ? { annotations: kind === "Secret" ? Object.keys(annotations) : annotations }
      : {}),
    ...contentOf(object),
  };
  const conditions = ["Complete", "Failed"].filter(
    (type) => conditionOf({ status: status ?? {} }, type)?.status === "True",
  );
  const lines = stringify(shown, { lineWidth: 0 }).trimEnd().split("\n");
  return conditions.length > 0 ? [...lines, `state: ${conditions.join(", ")}`] : lines;
}

/** Members of objects that are not what their kind holds. */
const notContent = new Set(["apiVersion", "kind", "metadata", "status"]);

function contentOf(object: ClusterObject): object {
  const content = Object.entries(object).filter(([name, value]) => !notContent.has(name) && value !== undefined);
  const secret = new Set(["data", "stringData"]);
  return Object.fromEntries(
    content.map(([name, value]) => [
      name,
      object.kind === "Secret" && secret.has(name) ? Object.keys(Object(value)) : value,
    ]),
  );
}
