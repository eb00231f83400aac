import * as z from "zod";

import type { Connection } from "../../connection";
import { listCustomObjects } from "../../kubernetes/custom-objects";
import { type ClusterObject, type CustomResource, qualifiedName } from "../../kubernetes/objects";
import type { Once } from "./once";

/** Which versions of APIs are used: by those who call, in objects, and in what is stored. */
export interface UsedApiAnswers {
  /** Returns the metrics of one API server, in Prometheus' text format. */
  apiServerMetrics(): Promise<string>;
  /**
   * Returns the objects of a resource of which somebody set members by a version of its API, those of all namespaces.
   * @param apiVersion - with the group: `networking.k8s.io/v1beta1`
   */
  managedBy(resource: CustomResource, apiVersion: string): Promise<readonly ManagedObject[]>;
  customDefinitions(): Promise<readonly CustomDefinition[]>;
}

/** An object, and who set members of it by the version that was asked for. */
export interface ManagedObject {
  /** With its namespace, if it has one. */
  readonly name: string;
  /** As they call themselves: `kubectl-client-side-apply`. */
  readonly managers: readonly string[];
}

/** A CustomResourceDefinition. */
export interface CustomDefinition {
  /** Plural and group: `alerts.notification.toolkit.fluxcd.io`. */
  readonly name: string;
  /** Versions in which objects are, or may be, in etcd. */
  readonly storedVersions: readonly string[];
}

export function usedApiAnswers({ kubernetes }: Connection, once: Once): UsedApiAnswers {
  return {
    apiServerMetrics: once("metrics", async () => (await kubernetes()).metrics.ofApiServer()),
    managedBy: once("managers", async (resource: CustomResource, apiVersion: string) => {
      const read = (object: ClusterObject) => managedObject(object, apiVersion);
      const found = await listCustomObjects((await kubernetes()).customObjects, resource, read);
      return found.filter(({ managers }) => managers.length > 0);
    }),
    customDefinitions: once("definitions", async () =>
      listCustomObjects((await kubernetes()).customObjects, definitions, customDefinition),
    ),
  };
}

const definitions: CustomResource = "customresourcedefinitions.v1.apiextensions.k8s.io";

function managedObject(object: ClusterObject, apiVersion: string): ManagedObject {
  const entries = (object.metadata.managedFields ?? []).filter((entry) => entry.apiVersion === apiVersion);
  return { name: qualifiedName(object), managers: entries.map(({ manager }) => manager ?? "somebody") };
}

const definitionSchema = z.object({
  metadata: z.object({ name: z.string() }),
  // The API server has not looked at a new one yet.
  status: z.object({ storedVersions: z.array(z.string()).nullish() }).optional(),
});

/** Keeps what is asked of a definition: with its schema, some have a megabyte. */
function customDefinition(object: ClusterObject): CustomDefinition {
  const { metadata, status } = definitionSchema.parse(object);
  return { name: metadata.name, storedVersions: status?.storedVersions ?? [] };
}
