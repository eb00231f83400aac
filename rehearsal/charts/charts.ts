import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Release } from "../../releases/release";
import { type CacheEntry, cached } from "../setup/cache";
import { type GoProgram, goProgram } from "../setup/go-program";
import { type UpstreamFiles, upstreamEntry, upstreamPins } from "../setup/upstream-files";

export type ChartName = "cilium" | "karpenter" | "karpenter-crd";

const karpenter = "github.com/aws/karpenter-provider-aws";

const files: readonly (Omit<UpstreamFiles, "pinnedIn"> & { readonly to: ChartName })[] = [
  { module: "github.com/cilium/cilium", from: "install/kubernetes/cilium", to: "cilium" },
  { module: karpenter, from: "charts/karpenter", to: "karpenter" },
  { module: karpenter, from: "charts/karpenter-crd", to: "karpenter-crd" },
];

/** Returns the charts of a release's versions. */
export function chartsEntry(release: Release): CacheEntry {
  const pinnedIn = upstreamPins(release);
  return upstreamEntry(
    "charts",
    "Helm charts",
    files.map((one) => ({ ...one, pinnedIn })),
  );
}

/** The program that renders a chart as Helm does. */
export const chartRenderer: GoProgram = {
  name: "render",
  title: "the chart renderer",
  folder: "rehearsal/charts/render",
  variable: "CHART_RENDERER",
};

/** A chart's release, as Helm would install it. Its name is the chart's. */
export interface ChartRelease {
  readonly chart: ChartName;
  readonly namespace: string;
  readonly values: unknown;
  /** Of the platform: it decides the chart's version, and that of the Kubernetes that the chart is told. */
  readonly release: Release;
}

/** Returns the manifests of a chart's release. Throws what the chart, or the schema of its values, says against the values. */
export async function renderChart(
  { chart, namespace, values, release }: ChartRelease,
  signal = new AbortController().signal,
): Promise<string> {
  const renderer = await goProgram(chartRenderer, signal);
  const folder = join(await cached(chartsEntry(release), signal), chart);
  const words = [
    folder,
    "-f",
    "-",
    "-name",
    chart,
    "-kube",
    `${release.kubernetes.version}.0`,
    "-namespace",
    namespace,
  ];
  const rendering = promisify(execFile)(renderer, words, { maxBuffer: 64 * 1024 * 1024, signal });
  // A renderer that ends before it reads says why by itself.
  rendering.child.stdin?.on("error", () => {}).end(JSON.stringify(values));
  return (await rendering).stdout;
}
