import { type App, TerraformResource, TerraformStack } from "cdktf";

import { hcpHost, hostOf } from "../platform/hcp";
import { stackName, stackParts } from "../platform/parts";
import type { CloudCluster } from "../schema/cloud-cluster";

/** Resources that an organization may have in the free edition (HCP Terraform, "Free Organizations"). */
const mostResources = 500;

/** Workspaces that a run task may be in, in the free edition (HCP Terraform, "Run Tasks"). */
const mostReviewedWorkspaces = 10;

/** Returns what the free edition of HCP Terraform does not hold of these clusters; other hosts have no such edition. */
export function freeEditionWarnings(app: App, clusters: readonly CloudCluster[]): string[] {
  const inFreeEdition = clusters.filter(({ backend }) => hostOf(backend) === hcpHost);
  return [...new Set(inFreeEdition.map(({ backend }) => backend.organization))].flatMap((organization) =>
    warningsOf(
      app,
      organization,
      inFreeEdition.filter(({ backend }) => backend.organization === organization),
    ),
  );
}

function warningsOf(app: App, organization: string, clusters: readonly CloudCluster[]): string[] {
  const names = clusters.flatMap(({ name }) => stackParts.map((part) => stackName(name, part)));
  const resources = countResources(app, names);
  const reviewed = stackParts.length * clusters.filter(({ backend }) => backend.runTask).length;
  const beyond = [
    ...(resources > mostResources ? [`${resources} resources, of which it holds ${mostResources}`] : []),
    ...(clusters.length > 1
      ? [`${clusters.length} clusters, whose runs wait for one another, since it runs one at a time`]
      : []),
    ...(reviewed > mostReviewedWorkspaces
      ? [`a run task in ${reviewed} workspaces, of which it takes ${mostReviewedWorkspaces}`]
      : []),
  ];
  return beyond.map((what) => `${organization}: ${what}, in the free edition of HCP Terraform`);
}

/** Counts as HCP Terraform does, which leaves out what is in the state alone. Its own workspaces it counts too, if they are in one. */
function countResources(app: App, names: readonly string[]): number {
  const stacks = app.node.children.filter(TerraformStack.isStack);
  return stacks
    .filter(({ node }) => names.includes(node.id))
    .flatMap(({ node }) => node.findAll())
    .filter(
      (element) => TerraformResource.isTerraformResource(element) && element.terraformResourceType !== "terraform_data",
    ).length;
}
