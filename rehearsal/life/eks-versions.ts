import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListNodegroupsCommand,
} from "@aws-sdk/client-eks";

import { CommandError } from "../../operations/command/failure";
import type { Release } from "../../releases/release";
import type { AwsAccess } from "../world/aws-access";

/** Versions of what EKS runs. */
export interface EksVersions {
  readonly controlPlane: string;
  /** Of Kubernetes, on the nodes of the one node group. */
  readonly nodes: string;
  /** Of Bottlerocket, without the commit that EKS appends. */
  readonly bottlerocket: string;
  readonly coreDns: string;
}

/** Returns what EKS runs once a release is applied. */
export function versionsIn({ kubernetes, bottlerocket, coreDns }: Release): EksVersions {
  return {
    controlPlane: kubernetes.version,
    nodes: kubernetes.version,
    bottlerocket: bottlerocket.version,
    coreDns: coreDns.version,
  };
}

/**
 * Asks EKS what it runs.
 * @throws CommandError if there is more than one node group, or none
 */
export async function eksVersions(clusterName: string, access: AwsAccess): Promise<EksVersions> {
  const eks = new EKSClient(access);
  const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName }));
  const [nodegroupName, ...others] = nodegroups;
  if (nodegroupName === undefined || others.length > 0) {
    throw new CommandError(`${clusterName} should have one node group, and has ${nodegroups.length}: ${nodegroups}`);
  }
  const [{ cluster }, { nodegroup }, { addon }] = await Promise.all([
    eks.send(new DescribeClusterCommand({ name: clusterName })),
    eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName })),
    eks.send(new DescribeAddonCommand({ clusterName, addonName: "coredns" })),
  ]);
  return {
    controlPlane: cluster?.version ?? "",
    nodes: nodegroup?.version ?? "",
    bottlerocket: nodegroup?.releaseVersion?.replace(/-.*/, "") ?? "",
    coreDns: addon?.addonVersion ?? "",
  };
}
