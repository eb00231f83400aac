import type { Connection } from "../../../../operations/connection";
import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { ownershipOf } from "../../../../operations/teardown/ownership";
import { findRelease } from "../../../../operations/teardown/steps/cilium-release";
import { plainIam } from "../../../support/iam";
import { objectsOf } from "../fake-objects";

const release = (namespace: string, name = "cilium"): ClusterObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: `sh.helm.release.v1.${name}.v1`, namespace, labels: { owner: "helm", name } },
});

/** What the step says of a cluster whose bootstrap stack others have destroyed, and what it finds to wait for. */
async function said(...objects: readonly ClusterObject[]): Promise<string[]> {
  const lines: string[] = [];
  const found = await findRelease(undefined).find({
    connection: {} as Connection,
    ownership: ownershipOf({ name: "demo", iam: plainIam }),
    objects: objectsOf(objects),
    signal: new AbortController().signal,
    say: (line) => lines.push(line),
  });
  expect(found).toEqual([]);
  return lines;
}

test("a release of Cilium's is named, with what ends it, and held up for by nobody", async () => {
  const lines = await said(release("kube-system"));

  expect(lines.join("\n")).toContain("left in the cluster: Cilium's Helm release");
  expect(lines.join("\n")).toContain("helm uninstall cilium --namespace kube-system");
});

test("other releases are nobody's business, and neither is one of this name elsewhere", async () => {
  expect(await said(release("karpenter", "karpenter"), release("shop"))).toEqual([]);
});
