import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";
import type { Role } from "@aws-sdk/client-iam";

import {
  ciliumOperatorName,
  ciliumOperatorRoleName,
  clusterRoleName,
  flowLogsRoleName,
  karpenterNamespace,
  karpenterNodeRoleName,
  karpenterRoleName,
  systemNamespace,
  systemNodeRoleName,
} from "../../../platform/names";
import type { Cluster } from "../../../schema/settings";
import { allows, type Statement, statementsOf } from "../aws-policy";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import { ciliumOperatorActions, karpenterActions } from "../role-actions";
import type { Snapshot } from "../snapshot";
import { namesText } from "../wording";

/** A role without which something of the platform does not work. */
interface NeededRole {
  readonly name: string;
  /** Service that assumes it, without the suffix that differs in China; or service account, as tokens name it. */
  readonly assumedBy: { readonly service: string } | { readonly account: string };
  /**
   * AWS's policies that it has.
   * @default []
   */
  readonly managed?: readonly string[];
  /**
   * What its policies allow.
   * @default []
   */
  readonly actions?: readonly string[];
}

const nodePolicies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
];

function neededRoles(cluster: Cluster): readonly NeededRole[] {
  const account = (namespace: string, name: string) => ({ account: `system:serviceaccount:${namespace}:${name}` });
  const node = { assumedBy: { service: "ec2" }, managed: nodePolicies };
  return [
    { name: clusterRoleName(cluster), assumedBy: { service: "eks" }, managed: ["AmazonEKSClusterPolicy"] },
    { name: systemNodeRoleName(cluster), ...node },
    { name: karpenterNodeRoleName(cluster), ...node },
    {
      name: ciliumOperatorRoleName(cluster),
      assumedBy: account(systemNamespace, ciliumOperatorName),
      actions: ciliumOperatorActions,
    },
    {
      name: karpenterRoleName(cluster),
      assumedBy: account(karpenterNamespace, karpenterNamespace),
      actions: karpenterActions,
    },
    ...(cluster.flowLogs
      ? [{ name: flowLogsRoleName(cluster), assumedBy: { service: "vpc-flow-logs" }, actions: ["logs:PutLogEvents"] }]
      : []),
  ];
}

export const awsRoles: Check = {
  id: "aws-roles",
  title: "rights of roles in AWS",
  async run(snapshot) {
    const { settings } = snapshot;
    const provider = oidcProviderArn(await snapshot.cluster());
    const roles = neededRoles(settings);
    const found = await Promise.all([
      ...roles.map((role) => roleProblem(snapshot, role, provider)),
      profileProblem(snapshot, karpenterNodeRoleName(settings)),
    ]);
    const problems = found.filter((problem) => problem !== undefined);
    return problems.length === 0
      ? holds(`${roles.length} roles have theirs`)
      : broken(
          problems.join("; "),
          "somebody changed it by hand: AWS refuses what asks as this role",
          reviewInvocation(settings, "cluster"),
        );
  },
};

export const oidcProvider: Check = {
  id: "oidc-provider",
  title: "OIDC provider",
  async run(snapshot) {
    const arn = oidcProviderArn(await snapshot.cluster());
    const provider = await snapshot.oidcProvider(arn);
    const isForAws = provider?.ClientIDList?.includes("sts.amazonaws.com") ?? false;
    return isForAws
      ? holds(arn.split("/").slice(1).join("/"))
      : broken(
          provider ? `${arn} does not take tokens for sts.amazonaws.com` : `IAM has none for the cluster's issuer`,
          "somebody changed it by hand: Cilium's operator and Karpenter can't become their roles",
          reviewInvocation(snapshot.settings, "cluster"),
        );
  },
};

/** Returns the ARN that IAM gives the provider of the cluster's issuer. */
function oidcProviderArn({ arn = "", identity }: DescribedCluster): string {
  const [, partition, , , account] = arn.split(":");
  return `arn:${partition}:iam::${account}:oidc-provider/${identity?.oidc?.issuer?.replace("https://", "")}`;
}

async function roleProblem(snapshot: Snapshot, role: NeededRole, provider: string): Promise<string | undefined> {
  const { name, managed = [], actions = [] } = role;
  const found = await snapshot.role(name);
  if (!found) {
    return `there is no role ${name}`;
  }
  const different = iamProblem(snapshot.settings, found);
  if (different !== undefined) {
    return `${name} ${different}`;
  }
  if (!statementsOf(found.AssumeRolePolicyDocument ?? "").some((statement) => admits(statement, role, provider))) {
    const { assumedBy } = role;
    return `${name} does not trust ${"service" in assumedBy ? assumedBy.service : assumedBy.account}`;
  }
  const attached = managed.length === 0 ? [] : await snapshot.managedPolicies(name);
  const unattached = managed.filter((policy) => !attached.includes(policy));
  if (unattached.length > 0) {
    return `${name} lacks ${namesText(unattached)}`;
  }
  const statements = actions.length === 0 ? [] : (await snapshot.rolePolicies(name)).flatMap(statementsOf);
  const denied = actions.filter((action) => !allows(statements, action));
  return denied.length === 0 ? undefined : `${name} may not ${namesText(denied)}`;
}

/** Returns what of a role is not as `iam` of the settings says. */
function iamProblem({ iam }: Cluster, { Path = "/", PermissionsBoundary }: Role): string | undefined {
  if (Path !== iam.path) {
    return `is in the path ${Path}, and settings.ts says ${iam.path}`;
  }
  const boundary = PermissionsBoundary?.PermissionsBoundaryArn;
  return boundary === iam.permissionsBoundary
    ? undefined
    : `has ${boundaryText(boundary)}, and settings.ts names ${iam.permissionsBoundary ?? "none"}`;
}

function boundaryText(boundary: string | undefined): string {
  return boundary === undefined ? "no permissions boundary" : `the permissions boundary ${boundary}`;
}

/** Returns whether a statement of a role's trust policy lets in who needs the role. */
function admits({ Effect, Principal, Condition }: Statement, { assumedBy }: NeededRole, provider: string): boolean {
  const principals = typeof Principal === "object" ? Principal : {};
  if (Effect !== "Allow") {
    return false;
  }
  if ("service" in assumedBy) {
    return (principals["Service"] ?? []).some((service) => service.startsWith(`${assumedBy.service}.amazonaws.com`));
  }
  const subjects = Object.values(Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, values]) => (key.endsWith(":sub") ? values : [])),
  );
  return (principals["Federated"] ?? []).includes(provider) && subjects.includes(assumedBy.account);
}

/** The instance profile of Karpenter's nodes has the name of their role. */
async function profileProblem(snapshot: Snapshot, name: string): Promise<string | undefined> {
  const profile = await snapshot.instanceProfile(name);
  if (!profile) {
    return `there is no instance profile ${name}`;
  }
  return profile.Roles?.some(({ RoleName }) => RoleName === name)
    ? undefined
    : `the instance profile ${name} does not have the role of this name`;
}
