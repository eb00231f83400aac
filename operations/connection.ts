import { DescribeClusterCommand, type Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { stackName } from "../platform/parts";
import { shortMessage } from "../platform/visible-text";
import type { Cluster } from "../schema/settings";
import { type Aws, awsClients } from "./aws/clients";
import { ifResourceExists } from "./aws/failure";
import { type AwsSession, awsSession } from "./aws/session";
import type { Observer } from "./command/call";
import { Failure } from "./command/failure";
import { rememberSuccess } from "./command/remember";
import { branchHead } from "./github/branch-head";
import { type DeployKey, deployKeys } from "./github/deploy-keys";
import { runVariables } from "./hcp/run-variables";
import { type Kubernetes, kubernetesClients } from "./kubernetes/clients";
import { tokenSource } from "./kubernetes/token";

/** The ways to a cluster of the settings. None is used before something is asked. */
export interface Connection {
  readonly settings: Cluster;
  /** Clients that throw a Failure if the credentials are of another account than the cluster's. */
  readonly aws: Aws;
  /** Returns as whom AWS is asked. Throws a Failure if that is of another account. */
  readonly identity: AwsSession["identity"];
  /** Is told of each call before it is made. */
  readonly observe: Observer;
  /** Returns the cluster as EKS describes it at this moment; nothing if EKS has none. */
  describe(): Promise<DescribedCluster | undefined>;
  /** Returns clients of the cluster's API; throws a Failure if there is no cluster, or no endpoint yet. */
  kubernetes(): Promise<Kubernetes>;
  /** Returns the commit at the head of the branch that Flux follows; nothing if GITHUB_TOKEN is not set. */
  head(): Promise<string | undefined>;
  /** Returns the deploy keys of the repository; nothing if GITHUB_TOKEN is not set or may not see them. */
  deployKeys(): Promise<readonly DeployKey[] | undefined>;
  /**
   * Returns the names of the variables that runs of the bootstrap stack in HCP Terraform have in their environment; nothing if its runs are
   * elsewhere, or if nobody is logged in there.
   */
  runVariables(): Promise<readonly string[] | undefined>;
}

/**
 * Returns the ways to a cluster.
 * @param observe - is told of each call before it is made
 */
export function connect(settings: Cluster, observe: Observer): Connection {
  const { name, region, apiAccess } = settings;
  const session = awsSession(settings, observe);
  const aws = awsClients(session, observe);
  const token = tokenSource(session.sts, name, region);
  const describe = async () => (await ifResourceExists(aws.eks.send(new DescribeClusterCommand({ name }))))?.cluster;

  const kubernetes = rememberSuccess(async () => {
    const cluster = await describe();
    if (!cluster) {
      throw noCluster(settings);
    }
    const { status, endpoint, certificateAuthority } = cluster;
    if (!endpoint || !certificateAuthority?.data) {
      const next = "wait until EKS has made it: ten minutes, mostly";
      throw new Failure(
        "unreachable",
        `the cluster ${name} is ${shortMessage(status ?? "")} and has no endpoint yet`,
        next,
      );
    }
    return kubernetesClients({
      server: endpoint,
      certificateAuthority: Buffer.from(certificateAuthority.data, "base64").toString(),
      token,
      observe,
      apiAccess,
    });
  });
  const { repository, backend } = settings;
  return {
    settings,
    aws,
    identity: session.identity,
    observe,
    describe,
    kubernetes,
    head: () => branchHead(repository, observe),
    deployKeys: () => deployKeys(repository, observe),
    runVariables: async () =>
      backend.type === "cloud" ? runVariables(backend, stackName(name, "bootstrap"), process.env) : undefined,
  };
}

/** Returns a failure that says where there is no cluster. */
export function noCluster({ name, account, region }: Cluster): Failure {
  const place = `${region} of account ${account}`;
  return new Failure(
    "no cluster",
    `there is no cluster ${name} in ${place}`,
    "if it should be there: docs/deploying.md",
  );
}
