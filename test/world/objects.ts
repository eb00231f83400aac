import { parse } from "yaml";

import { renderChart } from "../../rehearsal/charts/charts";
import type { Kubectl, KubernetesObject } from "./kubectl";
import { claim } from "./machines";
import { ciliumNode, restartCilium } from "./objects/cilium";
import { coreDns } from "./objects/core-dns";
import type { Facts, Machine } from "./objects/facts";
import { fluxControllers, followed } from "./objects/flux";
import { nodeClaim, withKarpenterStatus } from "./objects/karpenter";
import { node } from "./objects/nodes";

/** All objects of the platform, and what puts them into a cluster. */
export async function platformObjects(
  facts: Facts,
  machines: readonly Machine[],
): Promise<(kubectl: Kubectl) => Promise<void>> {
  const release = parse(facts.files[`karpenter/${facts.cluster.name}/release/release.yaml`] ?? "");
  const values = substituted(release.spec.values, facts.variables);
  const [cilium, karpenter] = await Promise.all([
    renderChart({ chart: "cilium", namespace: "kube-system", values: facts.ciliumValues }),
    renderChart({ chart: "karpenter", namespace: "karpenter", values }),
  ]);
  const karpenters = machines.filter(({ owner }) => owner === "karpenter");
  const objects: KubernetesObject[] = [
    ...["flux-system", "karpenter"].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...machines.map((machine) => node(facts, machine)),
    ...machines.map((machine) => ciliumNode(facts, machine)),
    ...coreDns,
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "cluster-variables",
        namespace: "flux-system",
        labels: { "reconcile.fluxcd.io/watch": "Enabled" },
      },
      data: facts.variables,
    },
    ...fluxControllers(),
    ...followed(facts).map((object) => withKarpenterStatus(object, facts)),
    ...karpenters.map((machine) => nodeClaim(claim, machine)),
  ];
  return async (kubectl) => {
    await kubectl.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: cilium-secrets}\n");
    await kubectl.put(objects);
    await Promise.all([kubectl.apply(cilium), kubectl.apply(karpenter)]);
    await restartCilium(kubectl);
  };
}

function substituted(values: unknown, variables: Readonly<Record<string, string>>): unknown {
  return JSON.parse(
    JSON.stringify(values).replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
      JSON.stringify(variables[name] ?? "").slice(1, -1),
    ),
  );
}
