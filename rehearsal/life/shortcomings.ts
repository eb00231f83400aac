import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { accountOf } from "../../schema/account";
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
    adminsShortcoming(cluster),
    cluster.deployRole === undefined
      ? undefined
      : `deployRole: ${cluster.deployRole} is there, lets you in and may do everything; whom yours trusts, and what it may do, is not seen`,
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
      return `backend 's3': state is kept in the world's folder, and the bucket ${backend.bucket} is not asked`;
    case "cloud":
      return `backend 'cloud': state is kept in the world's folder, Terraform runs here, and the organization ${backend.organization} is not asked`;
  }
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

function adminsShortcoming({ account, admins }: Cluster): string | undefined {
  const foreign = admins.filter((arn) => accountOf(arn) !== account);
  return foreign.length === 0
    ? undefined
    : `admins: the world has the account ${account} alone; whether there is ${foreign.join(", ")} is not seen`;
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
