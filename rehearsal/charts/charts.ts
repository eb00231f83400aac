import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { newestRelease } from "../../releases/all";
import { type CacheEntry, cached } from "../setup/cache";
import { type GoProgram, goProgram } from "../setup/go-program";
import { type UpstreamFiles, upstreamEntry, upstreamPins } from "../setup/upstream-files";

export type ChartName = "cilium" | "karpenter" | "karpenter-crd";

const karpenter = { module: "github.com/aws/karpenter-provider-aws", pinnedIn: upstreamPins };

const files: readonly (UpstreamFiles & { readonly to: ChartName })[] = [
  {
    module: "github.com/cilium/cilium",
    pinnedIn: upstreamPins,
    from: "install/kubernetes/cilium",
    to: "cilium",
  },
  { ...karpenter, from: "charts/karpenter", to: "karpenter" },
  { ...karpenter, from: "charts/karpenter-crd", to: "karpenter-crd" },
];

export const chartsEntry: CacheEntry = upstreamEntry("charts", "Helm charts", files);

/** The program that renders a chart as Helm does. */
export const chartRenderer: GoProgram = {
  name: "render",
  title: "the chart renderer",
  folder: "rehearsal/charts/render",
  variable: "CHART_RENDERER",
};

/** A release, as Helm would install it. Its name is the chart's. */
export interface Release {
  readonly chart: ChartName;
  readonly namespace: string;
  readonly values: unknown;
}

/** Returns the manifests of a release. Throws what the chart, or the schema of its values, says against the values. */
export async function renderChart(
  { chart, namespace, values }: Release,
  signal = new AbortController().signal,
): Promise<string> {
  const renderer = await goProgram(chartRenderer, signal);
  const folder = join(await cached(chartsEntry, signal), chart);
  const words = [
    folder,
    "-f",
    "-",
    "-name",
    chart,
    "-kube",
    `${newestRelease.kubernetes.version}.0`,
    "-namespace",
    namespace,
  ];
  const rendering = promisify(execFile)(renderer, words, { maxBuffer: 64 * 1024 * 1024, signal });
  // A renderer that ends before it reads says why by itself.
  rendering.child.stdin?.on("error", () => {}).end(JSON.stringify(values));
  return (await rendering).stdout;
}
