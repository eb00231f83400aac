import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type StackPart, stackName } from "../../platform/parts";
import type { Cluster } from "../../schema/settings";
import { headOf } from "./branch";

/** What Terraform made, as the objects of the controllers name it. */
export interface Facts {
  readonly cluster: Cluster;
  readonly nodeGroup: string;
  readonly vpc: string;
  /** Of EKS's making; the nodes have no other. */
  readonly securityGroup: string;
  /** Private ones, in the order of zones. */
  readonly subnets: readonly string[];
  /** Of the chart, as Terraform gives them to Helm. */
  readonly ciliumValues: object;
  readonly variables: Readonly<Record<string, string>>;
  /** Files in the repository, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Commit at the head of the branch. */
  readonly head: string;
}

/** A state, as Terraform writes it (version 4). */
interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
}

/**
 * Reads what there is of a platform that is applied.
 * @param folder - with the states of its stacks
 * @param variables - of the world
 */
export async function factsOf(
  cluster: Cluster,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Facts> {
  const state = (part: StackPart): State =>
    JSON.parse(readFileSync(join(folder, `${stackName(cluster.name, part)}.tfstate`), "utf8"));
  const [network, eks, bootstrap] = [state("network"), state("cluster"), state("bootstrap")];
  const [{ cluster_security_group_id: securityGroup = "" } = {}] = attribute<Record<string, string>[]>(
    eks,
    "aws_eks_cluster.cluster",
    "vpc_config",
  );
  const committed = bootstrap.resources.filter(({ type }) => type === "github_repository_file");
  return {
    cluster,
    nodeGroup: attribute(bootstrap, "aws_eks_node_group.system", "node_group_name"),
    vpc: network.outputs["vpc_id"]?.value as string,
    securityGroup,
    subnets: network.outputs["private_subnet_ids"]?.value as string[],
    ciliumValues: JSON.parse(attribute<string[]>(bootstrap, "helm_release.cilium", "values")[0] ?? ""),
    variables: attribute(bootstrap, "kubernetes_config_map_v1.flux_variables", "data"),
    files: Object.fromEntries(
      committed.map(({ instances: [instance] }) => [instance?.attributes["file"], instance?.attributes["content"]]),
    ),
    head: await headOf(cluster.repository, variables),
  };
}

function attribute<T>({ resources }: State, address: string, member: string): T {
  const resource = resources.find(({ type, name }) => `${type}.${name}` === address);
  return resource?.instances[0]?.attributes[member] as T;
}
