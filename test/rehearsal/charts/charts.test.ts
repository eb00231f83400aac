import { parseAllDocuments } from "yaml";

import { renderChart } from "../../../rehearsal/charts/charts";

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function objects(manifests: string): Rendered[] {
  return parseAllDocuments(manifests).flatMap((document) => document.toJS() ?? []);
}

test("a chart is rendered with values, as Helm does", async () => {
  const rendered = objects(
    await renderChart({ chart: "cilium", namespace: "kube-system", values: { cluster: { name: "somewhere" } } }),
  );
  const config = rendered.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === "cilium-config");

  expect(config).toMatchObject({ metadata: { namespace: "kube-system" }, data: { "cluster-name": "somewhere" } });
});

test("Karpenter's second chart brings its CustomResourceDefinitions", async () => {
  const rendered = objects(await renderChart({ chart: "karpenter-crd", namespace: "default", values: {} }));

  expect(rendered.map(({ metadata }) => metadata.name).sort()).toEqual([
    "capacitybuffers.autoscaling.x-k8s.io",
    "ec2nodeclasses.karpenter.k8s.aws",
    "nodeclaims.karpenter.sh",
    "nodeoverlays.karpenter.sh",
    "nodepools.karpenter.sh",
  ]);
});

test("values that the chart refuses are told with its reason", async () => {
  const values = { kubeProxyReplacement: "partial" };

  await expect(renderChart({ chart: "cilium", namespace: "kube-system", values })).rejects.toThrow(
    /kubeProxyReplacement must be explicitly set/,
  );
});
