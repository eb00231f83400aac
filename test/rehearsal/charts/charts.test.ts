import { parseAllDocuments } from "yaml";

import { type ChartRelease, renderChart } from "../../../rehearsal/charts/charts";
import { newestRelease as release, releases } from "../../../releases/all";

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function objects(manifests: string): Rendered[] {
  return parseAllDocuments(manifests).flatMap((document) => document.toJS() ?? []);
}

test("a chart is rendered with values, as Helm does", async () => {
  const rendered = objects(
    await renderChart({
      chart: "cilium",
      namespace: "kube-system",
      values: { cluster: { name: "somewhere" } },
      release,
    }),
  );
  const config = rendered.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === "cilium-config");

  expect(config).toMatchObject({ metadata: { namespace: "kube-system" }, data: { "cluster-name": "somewhere" } });
});

test.each(releases)("Cilium's chart of release $name is the one of its version", async (of) => {
  const cilium: ChartRelease = { chart: "cilium", namespace: "kube-system", values: {}, release: of };
  const images = (await renderChart(cilium)).match(/quay\.io\/cilium\/cilium:v[\d.]+/g);

  expect(new Set(images)).toEqual(new Set([`quay.io/cilium/cilium:v${of.cilium.version}`]));
});

test("Karpenter's second chart brings its CustomResourceDefinitions", async () => {
  const rendered = objects(await renderChart({ chart: "karpenter-crd", namespace: "default", values: {}, release }));

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

  await expect(renderChart({ chart: "cilium", namespace: "kube-system", values, release })).rejects.toThrow(
    /kubeProxyReplacement must be explicitly set/,
  );
});
