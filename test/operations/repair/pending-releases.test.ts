import type { CoreV1Api, V1Secret } from "@kubernetes/client-node";

import type { Connection } from "../../../operations/connection";
import { mayBeUnderWay, pendingReleases } from "../../../operations/repair/pending-releases";

const now = new Date("2026-11-27T10:00:00Z");
const secondsAgo = (seconds: number) => String(now.getTime() / 1000 - seconds);

function connectionTo(labels: Record<string, string>, asked: object[] = []): Connection {
  const secret: V1Secret = {
    metadata: {
      name: "sh.helm.release.v1.cilium.v1",
      labels: { name: "cilium", owner: "helm", status: "pending-install", version: "1", ...labels },
      creationTimestamp: new Date(now.getTime() - 1_000),
      uid: "0a1b",
      resourceVersion: "42",
    },
  };
  const core = {
    listNamespacedSecret: async (request: object) => {
      asked.push(request);
      return { items: [secret] };
    },
    deleteNamespacedSecret: async (request: object) => asked.push(request),
  } as Partial<Record<keyof CoreV1Api, unknown>>;
  return { kubernetes: async () => ({ core }) } as unknown as Connection;
}

test("only revisions that are pending are asked for, and only such a one is deleted, as it was seen", async () => {
  const asked: object[] = [];
  const [release] = await pendingReleases(connectionTo({ createdAt: secondsAgo(600) }, asked));
  await release?.remove();

  expect(asked).toEqual([
    {
      namespace: "kube-system",
      labelSelector: "owner=helm,name=cilium,status in (pending-install,pending-upgrade,pending-rollback)",
    },
    {
      namespace: "kube-system",
      name: "sh.helm.release.v1.cilium.v1",
      body: { preconditions: { uid: "0a1b", resourceVersion: "42" } },
    },
  ]);
});

test.each([
  ["was begun ten minutes ago", { createdAt: secondsAgo(600) }, false],
  ["was begun a minute ago", { createdAt: secondsAgo(60) }, true],
  ["was changed a minute ago", { createdAt: secondsAgo(600), modifiedAt: secondsAgo(60) }, true],
  ["has no such label, and was made a second ago", {}, true],
])("whether somebody may be at a release that %s", async (_, labels: Record<string, string>, expected) => {
  const [release] = await pendingReleases(connectionTo(labels));

  expect(release && mayBeUnderWay(release, now)).toBe(expected);
});
