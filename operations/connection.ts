import { DescribeClusterCommand, type Cluster as EksCluster } from "@aws-sdk/client-eks";

import type { Cluster } from "../schema/settings";
import { type Aws, awsClients, ifPresent } from "./aws/clients";
import type { Observer } from "./command/call";
import { Failure } from "./command/failure";
import { branchHead } from "./github/branch-head";
import { type Kubernetes, kubernetesClients } from "./kubernetes/clients";
import { tokenSource } from "./kubernetes/token";

/** The ways to a cluster. Nothing is asked before it is needed. */
export interface Connection {
  readonly settings: Cluster;
  readonly aws: Aws;
  /** The cluster as EKS has it now, or nothing. */
  describe(): Promise<EksCluster | undefined>;
  /** Its API; throws a failure if there is none. */
  kubernetes(): Promise<Kubernetes>;
  /** The commit at the head of the branch that Flux follows; nothing without a token of GitHub's. */
  head(): Promise<string | undefined>;
}

/** @param observe - is told of each call before it is made */
export function connect(settings: Cluster, observe: Observer): Connection {
  const { name, region, apiAccess } = settings;
  const aws = awsClients(region, observe);
  const token = tokenSource(aws.sts, name, region);
  const describe = async () => (await ifPresent(aws.eks.send(new DescribeClusterCommand({ name }))))?.cluster;

  const open = async (): Promise<Kubernetes> => {
    const cluster = await describe();
    if (!cluster) {
      throw await noCluster(settings, aws);
    }
    const { status, endpoint, certificateAuthority } = cluster;
    if (!endpoint || !certificateAuthority?.data) {
      const next = "wait until EKS has made it: ten minutes, mostly";
      throw new Failure("unreachable", `the cluster ${name} is ${status} and has no endpoint yet`, next);
    }
    return kubernetesClients({
      server: endpoint,
      certificateAuthority: Buffer.from(certificateAuthority.data, "base64").toString(),
      token,
      observe,
      apiAccess,
    });
  };
  let clients: Promise<Kubernetes> | undefined;
  const kubernetes = () => {
    if (!clients) {
      clients = open();
      // A cluster that is not there yet may be, next time.
      clients.catch(() => {
        clients = undefined;
      });
    }
    return clients;
  };
  return { settings, aws, describe, kubernetes, head: () => branchHead(settings.repository, observe) };
}

/** Why there is no cluster: mostly, it was looked for in another account than it is in. */
export async function noCluster(settings: Cluster, aws: Aws): Promise<Failure> {
  const { name, region } = settings;
  const { account } = await aws.identity();
  return (
    (await wrongAccount(settings, aws)) ??
    new Failure(
      "no cluster",
      `there is no cluster ${name} in ${region} of account ${account}`,
      "if it should be there: docs/deploying.md",
    )
  );
}

/** Clusters of two accounts may have one name: those of the admins say which is meant. */
export async function wrongAccount({ name, admins }: Cluster, aws: Aws): Promise<Failure | undefined> {
  const { account } = await aws.identity();
  const accounts = new Set(admins.map((arn) => arn.split(":")[4] ?? ""));
  return accounts.has(account)
    ? undefined
    : new Failure(
        "wrong account",
        `your credentials are of account ${account}, and the admins of ${name} are of ${[...accounts].join(", ")}`,
        "use credentials of that account (AWS_PROFILE)",
      );
}
