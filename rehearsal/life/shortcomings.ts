import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { accountOf } from "../../schema/account";
import { hasPodSubnets } from "../../schema/pod-subnets";
import type { Cluster } from "../../schema/settings";

/**
 * Returns what of a cluster's settings a world cannot show, a sentence each.
 * @param given - the variables of this process
 */
export function shortcomings(cluster: Cluster, given: NodeJS.ProcessEnv): string[] {
  return [
    backendShortcoming(cluster.backend),
    execShortcoming(cluster.clusterAuth, given),
    repositoryShortcoming(cluster.repository),
    principalsShortcoming(cluster),
    accessShortcoming(cluster.access),
    boundaryShortcoming(cluster.iam),
    cluster.deployRole === undefined
      ? undefined
      : `deployRole: ${cluster.deployRole} is there, lets you in and may do everything; whom yours trusts, and what it may do, is not seen`,
    keyShortcoming(cluster.controlPlane),
    podsShortcoming(cluster),
    networkShortcoming(cluster.network),
    cluster.apiAccess.length > 0
      ? undefined
      : "apiAccess: the API is on loopback here, so whether your machine reaches a private one in the VPC is not seen",
    cluster.ingress === "cluster-ip"
      ? undefined
      : `ingress '${cluster.ingress}': the Service is there, and nobody makes its load balancer`,
  ].filter((line) => line !== undefined);
}

function backendShortcoming(backend: Cluster["backend"]): string | undefined {
  switch (backend.type) {
    case "local":
      return undefined;
    case "s3":
      return `backend 's3': state is kept in the world's folder, and the bucket ${backend.bucket}${roleText(backend.roleArn)} is not asked`;
    case "cloud":
      return `backend 'cloud': state is kept in the world's folder, Terraform runs here, and the organization ${backend.organization} is not asked`;
  }
}

function roleText(roleArn: string | undefined): string {
  return roleArn === undefined ? "" : `, as ${roleArn},`;
}

function keyShortcoming({ secretsKeyArn }: Cluster["controlPlane"]): string | undefined {
  return secretsKeyArn === undefined
    ? undefined
    : `controlPlane.secretsKeyArn: a key stands in for ${secretsKeyArn}; whether yours is there, and whom its policy lets use it, is not seen`;
}

function podsShortcoming({ podCidr, network }: Cluster): string | undefined {
  const [setting, addresses] =
    podCidr === undefined ? ["network.podSubnets", "the pods' addresses"] : ["podCidr", podCidr];
  return hasPodSubnets({ podCidr, network })
    ? `${setting}: no packet is sent, so whether networks that are connected to the VPC have a way back to ${addresses}, and what Cilium's proxy does there, is not seen`
    : undefined;
}

function networkShortcoming(network: Cluster["network"]): string | undefined {
  return network === undefined
    ? undefined
    : `network: one of another account, as the settings want it, stands in for ${network.vpcId}; the zones, routes, tags and free addresses of yours are not seen`;
}

function execShortcoming(clusterAuth: Cluster["clusterAuth"], { PATH = "" }: NodeJS.ProcessEnv): string | undefined {
  return clusterAuth === "exec" && !isOnPath("aws", PATH)
    ? "clusterAuth 'exec': 'aws', the AWS CLI, is not on PATH. Without it, Helm's and Kubernetes' providers cannot log in, and the bootstrap stack fails; stand-ins for them never do, so nothing is shown of it"
    : undefined;
}

function repositoryShortcoming({ owner, name, branch, mode }: Cluster["repository"]): string {
  return mode === "create"
    ? `repository: whether the name ${owner}/${name} is free, and your token may make it, is not seen`
    : `repository: an empty one stands in for ${owner}/${name}; files that ${branch} has already, its protection, and what your token may do are not seen`;
}

function principalsShortcoming({ account, admins, access }: Cluster): string | undefined {
  const principals = [...admins, ...access.map(({ principal }) => principal)];
  const foreign = principals.filter((arn) => accountOf(arn) !== account);
  const setting = foreign.some((arn) => admins.includes(arn)) ? "admins" : "access";
  return foreign.length === 0
    ? undefined
    : `${setting}: the world has the account ${account} alone; whether there is ${foreign.join(", ")} is not seen`;
}

function accessShortcoming(access: Cluster["access"]): string | undefined {
  const policies = [...new Set(access.flatMap(({ policy }) => (policy === "verify" ? [] : (policy ?? []))))];
  return policies.length === 0
    ? undefined
    : `access: what EKS's policies let do is not seen: in a world, ${policies.map((policy) => `'${policy}'`).join(" and ")} may do nothing`;
}

function boundaryShortcoming({ permissionsBoundary }: Cluster["iam"]): string | undefined {
  return permissionsBoundary === undefined
    ? undefined
    : `iam.permissionsBoundary: whether ${permissionsBoundary} is there, and lets roles do what they need, is not seen`;
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
