import { DataTfeAgentPool } from "@cdktf/provider-tfe/lib/data-tfe-agent-pool";
import { DataTfeGithubAppInstallation } from "@cdktf/provider-tfe/lib/data-tfe-github-app-installation";
import { CloudBackend, NamedCloudWorkspace, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

import { ClusterWorkspaces, type WorkspaceVcs } from "../constructs/cluster-workspaces";
import { HcpProject } from "../constructs/hcp-project";
import { LeavingWorkspaces } from "../constructs/leaving-workspaces";
import { useAwsAccount, useTfe } from "../constructs/providers";
import { ReviewTask } from "../constructs/review-task";
import { RunIdentityProvider } from "../constructs/run-identity-provider";
import { RunRoles } from "../constructs/run-roles";
import { RunVariables } from "../constructs/run-variables";
import { defaultProject, workspacesStackName } from "../platform/hcp";
import { addressName, addressSlug, stackName, stackParts } from "../platform/parts";
import type { CloudCluster } from "../schema/cloud-cluster";
import { ownerOf } from "../schema/hcp";
import { partitionOf } from "../schema/region";
import { hasIdentity, runSubjects } from "../schema/run-roles";
import { ReadableStack } from "./readable-stack";

/**
 * What the clusters of an organization need in HCP Terraform, and their runs in AWS. A person applies it, who may in both what no run may;
 * so its workspace, which `npm run workspaces -- init` makes, keeps state and runs nothing.
 */
export class WorkspacesStack extends ReadableStack {
  /** The newest of its clusters', whose version of the AWS provider it has. */
  private readonly release: string;

  /** @param clusters - all of one organization on one host */
  constructor(scope: Construct, clusters: readonly [CloudCluster, ...CloudCluster[]]) {
    const [{ backend }] = clusters;
    super(scope, workspacesStackName(backend));
    new CloudBackend(this, {
      organization: backend.organization,
      ...(backend.hostname === undefined ? {} : { hostname: backend.hostname }),
      workspaces: new NamedCloudWorkspace(this.node.id),
    });
    useTfe(this, backend);
    this.release =
      clusters
        .map(({ release }) => release)
        .sort()
        .at(-1) ?? "";

    const variables = forEach(
      clusters.filter(({ backend: { hostname } }) => hasIdentity({ hostname })),
      ({ account }) => account,
      this.credentials,
    );
    const projects = forEach(clusters, projectOf, this.project);
    const agentPools = forEach(clusters, (cluster) => cluster.backend.agentPool, this.agentPool);
    const [taskId] = forEach(clusters, (cluster) => cluster.backend.runTask?.url, this.reviewTask).values();
    const installations = forEach(clusters, ownerToFind, this.githubAppInstallation);

    // A scope of their own, which no address has: a cluster may be called as something else here, `review` for one.
    const scopeOfClusters = new Construct(this, "Clusters");
    for (const cluster of clusters) {
      const { name, account } = cluster;
      const { agentPool = "", vcs, notificationUrl, runTask } = cluster.backend;
      const { githubToken } = new ClusterWorkspaces(scopeOfClusters, name, {
        clusterName: name,
        projectId: projects.get(projectOf(cluster)) ?? "",
        variableSetId: variables.get(account),
        vcs: vcs && connection(cluster, installations.get(ownerToFind(cluster) ?? "")),
        agentPoolId: agentPools.get(agentPool),
        notificationUrl,
        review: runTask && taskId !== undefined ? { taskId, enforcement: runTask.enforcement } : undefined,
      });
      this.publish(
        `${addressName(name)}_github_token`,
        githubToken,
        `Whether ${stackName(name, "bootstrap")} has a token for GitHub, which you set there yourself`,
      );
    }
    new LeavingWorkspaces(this, "leaving", {
      organization: backend.organization,
      staying: clusters.flatMap(({ name }) => stackParts.map((part) => stackName(name, part))),
    });
  }

  /** Lets runs into an account. Returns the id of the variables by which they find their roles. */
  private readonly credentials = (account: string, clusters: Clusters): string => {
    const [{ region, iam, backend: organization }] = clusters;
    const partition = partitionOf(region);
    const deployRole = clusters.find((cluster) => cluster.deployRole !== undefined)?.deployRole;
    const provider = useAwsAccount(this, { account, region, deployRole, release: this.release });
    const accountScope = new Construct(this, `account-${account}`);
    const { arn: identityProviderArn } = new RunIdentityProvider(accountScope, "host", {
      organization,
      mode: organization.identityProvider,
      provider,
    });
    const { arns: roleArns } = new RunRoles(accountScope, "runs", {
      organization,
      account,
      partition,
      iam,
      provider,
      identityProviderArn,
      subjects: (phase) => runSubjects(clusters, phase),
    });
    const name = `${this.node.id}-aws-${account}`;
    return new RunVariables(accountScope, "variables", { name, account, roleArns }).variableSetId;
  };

  private readonly project = (name: string, [{ backend }]: Clusters): string => {
    const mode = name === defaultProject ? "existing" : backend.projectMode;
    return new HcpProject(this, `project-${addressSlug(name)}`, { name, mode }).projectId;
  };

  private readonly agentPool = (name: string): string =>
    new DataTfeAgentPool(this, `agents-${addressSlug(name)}`, { name }).id;

  private readonly reviewTask = (url: string, [{ backend }]: Clusters): string => {
    const key = new TerraformVariable(new Construct(this, "Key"), backend.runTask?.keyVariable ?? "", {
      type: "string",
      sensitive: true,
      nullable: false,
      description: "Key with which HCP Terraform signs what it asks of the review, and which that has too",
    });
    return new ReviewTask(this, "review", { url, hmacKey: key.stringValue }).taskId;
  };

  private readonly githubAppInstallation = (owner: string): string =>
    new DataTfeGithubAppInstallation(this, `github-${addressSlug(owner)}`, { name: owner }).id;
}

type Clusters = readonly [CloudCluster, ...CloudCluster[]];

/** Makes something once for each value that clusters have of a setting, with all clusters that have it. */
function forEach(
  clusters: readonly CloudCluster[],
  read: (cluster: CloudCluster) => string | undefined,
  make: (value: string, clusters: Clusters) => string,
): ReadonlyMap<string, string> {
  const groups = new Map<string, [CloudCluster, ...CloudCluster[]]>();
  for (const cluster of clusters) {
    const value = read(cluster);
    if (value !== undefined) {
      const group = groups.get(value);
      group?.push(cluster);
      groups.set(value, group ?? [cluster]);
    }
  }
  return new Map([...groups].map(([value, group]) => [value, make(value, group)]));
}

function projectOf({ backend }: CloudCluster): string {
  return backend.project ?? defaultProject;
}

/** Returns the owner whose installation of the GitHub App is looked up; undefined where the settings name one, or none is needed. */
function ownerToFind({ backend: { vcs } }: CloudCluster): string | undefined {
  return vcs?.githubAppInstallation === undefined ? vcs && ownerOf(vcs) : undefined;
}

function connection({ backend: { vcs }, repository }: CloudCluster, foundInstallation = ""): WorkspaceVcs | undefined {
  if (vcs === undefined) {
    return undefined;
  }
  const { branch, githubAppInstallation = foundInstallation, visibility } = vcs;
  const isFluxs = vcs.repository.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
  return {
    repository: vcs.repository,
    branch,
    githubAppInstallationId: githubAppInstallation,
    plansPullRequests: visibility === "private" && !(isFluxs && repository.access === "public"),
  };
}
