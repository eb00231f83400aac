import type { App } from "cdktf";

import { demoWith } from "../../rehearsal/life/demo-settings";
import type { CloudSettings } from "../../schema/run-roles";
import { type Cluster, type ClusterSettings, checkSettings } from "../../schema/settings";
import { defineStacks, defineWorkspaces } from "../../stacks/platform";
import { inApp, type StackJson } from "./define";

type CloudBackend = Extract<ClusterSettings["backend"], { type: "cloud" }>;

/** The demo's settings with state and runs in an organization of HCP Terraform, changed. */
export function inCloud(backend: Partial<CloudBackend> = {}, changes: Partial<ClusterSettings> = {}): ClusterSettings {
  return demoWith({
    apiAccess: ["0.0.0.0/0"],
    backend: { type: "cloud", organization: "acme", project: "platform", ...backend },
    ...changes,
  });
}

/** The stacks of these clusters by their names, as Terraform reads them. */
export function stacksOf(
  clusters: readonly Cluster[],
  define: (app: App, clusters: readonly Cluster[]) => unknown = defineStacks,
): Record<string, StackJson> {
  const files = inApp((app) => {
    define(app, clusters);
  });
  const stacks = Object.entries(files).filter(([path]) => path.endsWith("cdk.tf.json"));
  return Object.fromEntries(
    stacks.map(([path, text]) => [path.split("/")[1], { resource: {}, data: {}, ...JSON.parse(text) }]),
  );
}

/** The stacks of workspaces of these clusters, by their names, as Terraform reads them. */
export function workspacesStacks(...settings: readonly ClusterSettings[]): Record<string, StackJson> {
  const { clusters, problems } = checkSettings(settings);
  expect(problems).toEqual([]);
  return stacksOf(clusters, defineWorkspaces);
}

/** The stack of workspaces of clusters that are in one organization. */
export function workspacesStack(...settings: readonly ClusterSettings[]): StackJson {
  const [stack, ...others] = Object.values(workspacesStacks(...settings));
  expect(others).toEqual([]);
  if (!stack) {
    throw new Error("no stack of workspaces");
  }
  return stack;
}

/** A backend in HCP Terraform that was checked, with every default. */
export function checkedBackend(backend: Partial<CloudBackend> = {}): CloudSettings {
  const [cluster] = checkSettings([inCloud(backend)]).clusters;
  if (cluster?.backend.type !== "cloud") {
    throw new Error("no backend in HCP Terraform");
  }
  return cluster.backend;
}
