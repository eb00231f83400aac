import type { Connection } from "../../../operations/connection";
import type { ClusterObject, ObjectClient, ObjectKind } from "../../../operations/kubernetes/objects";
import { ownershipOf } from "../../../operations/teardown/ownership";
import { type Obstacle, obstacleText, type Step } from "../../../operations/teardown/step";
import { plainIam } from "../../support/iam";

/** What is in a cluster, of which nothing can be changed. */
export function objectsOf(found: readonly ClusterObject[]): ObjectClient {
  const refuse = async () => {
    throw new Error("nothing can be changed here");
  };
  return {
    list: async ({ apiVersion, kind }: ObjectKind, labelSelector = "") =>
      found.filter(
        (object) =>
          object.apiVersion === apiVersion && object.kind === kind && hasLabels(object, labelSelector.split(",")),
      ),
    find: async ({ apiVersion, kind }, { name, namespace }) =>
      found.find(
        ({ metadata, ...object }) =>
          object.apiVersion === apiVersion &&
          object.kind === kind &&
          metadata.name === name &&
          metadata.namespace === namespace,
      ),
    remove: refuse,
    patch: refuse,
  };
}

/** @param wanted - `app=web` */
function hasLabels({ metadata }: ClusterObject, wanted: readonly string[]): boolean {
  const labels = Object.entries(metadata?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return wanted.every((label) => label === "" || labels.includes(label));
}

/** What a step finds in a cluster, a line each. */
export async function foundBy(step: Step, ...objects: readonly ClusterObject[]): Promise<string[]> {
  return (await obstaclesOf(step, ...objects)).map(obstacleText);
}

/** What a step that asks the cluster alone finds there. */
export function obstaclesOf(step: Step, ...objects: readonly ClusterObject[]): Promise<readonly Obstacle[]> {
  return step.find({
    connection: {} as Connection,
    ownership: ownershipOf({ name: "demo", iam: plainIam }),
    objects: objectsOf(objects),
    signal: new AbortController().signal,
    say: () => {},
  });
}

/** The time, as Kubernetes writes it. */
export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** @param minutes - for which its readiness has been what it is */
export const node = (ready: string, minutes: number): ClusterObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `node-${minutes}` },
  status: { conditions: [{ type: "Ready", status: ready, lastTransitionTime: minutesAgo(minutes) }] },
});
