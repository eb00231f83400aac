import { stateOwnerAddress } from "../../../../platform/state-owner";
import { same, type Value } from "../../../terraform/plan/value";
import { type DangerRule, destroying, losesItem } from "./rule";

/** Rules on what holds state, or is known to something else by name, address or id: it must not go unnoticed. */
export const stateRules: readonly DangerRule[] = [
  goneRule("vpc-gone", ["aws_vpc"], "the VPC", "everything in it goes with it: cluster, nodes, load balancers"),
  goneRule(
    "subnet-gone",
    ["aws_subnet"],
    "a subnet",
    "nodes, pods and load balancers in it go; the apply waits for them, or fails",
  ),
  goneRule(
    "elastic-ip-gone",
    ["aws_eip"],
    "an elastic IP",
    "outgoing connections come from another address; whoever admits the old one shuts us out",
  ),
  goneRule(
    "kms-key-gone",
    ["aws_kms_key"],
    "a KMS key",
    "what it encrypts, the cluster's secrets among it, cannot be read until its deletion is cancelled, or ever after",
  ),
  {
    id: "secrets-key-changed",
    severity: "danger",
    types: ["aws_eks_cluster"],
    actions: ["update"],
    attributes: ["encryption_config.0.provider.0.key_arn"],
    subject: "the key of the cluster's Secrets",
    predicate: "is another one in the settings, and EKS keeps the one that it has",
    workloads:
      "nothing, for the apply leaves the cluster alone; once the key that it has is deleted, no Secret can be read",
  },
  {
    id: "state-owner-changed",
    severity: "danger",
    types: ["terraform_data"],
    actions: ["replace"],
    when: ({ address }) => address === stateOwnerAddress,
    subject: "the owner that the state names",
    predicate: "changes",
    workloads:
      "nothing by that; but if the state is another project's, all else in this plan is done to what is theirs",
  },
  goneRule("cluster-gone", ["aws_eks_cluster"], "the EKS cluster", "every workload goes, and all that etcd holds"),
  goneRule(
    "role-gone",
    ["aws_iam_role", "aws_iam_instance_profile", "aws_iam_openid_connect_provider"],
    "a role, or what a role is assumed by,",
    "whatever assumes it loses its rights; trust policies and access entries do not know a successor of the same name",
  ),
  goneRule(
    "access-entry-gone",
    ["aws_eks_access_entry", "aws_eks_access_policy_association"],
    "an access entry of the cluster, or its policy,",
    "its principal is shut out; nodes whose role has no entry leave the cluster",
  ),
  goneRule(
    "repository-gone",
    ["github_repository", "github_repository_deploy_key"],
    "the repository, or a key to it,",
    "Flux has nothing to follow, or nothing new if it is archived instead; what runs goes on, and cannot be changed",
  ),
  goneRule(
    "namespace-gone",
    ["Namespace", "CustomResourceDefinition"],
    "a namespace, or a kind of objects,",
    "all objects in it, or of it, are deleted, and what controllers made of them",
  ),
  goneRule(
    "data-gone",
    [
      "aws_cloudwatch_log_group",
      "aws_db_instance",
      "aws_dynamodb_table",
      "aws_ebs_volume",
      "aws_ecr_repository",
      "aws_efs_file_system",
      "aws_rds_cluster",
      "aws_route53_zone",
      "aws_s3_bucket",
      "aws_secretsmanager_secret",
      "aws_sqs_queue",
    ],
    "what holds data",
    "the data is lost, unless it is kept elsewhere; what reads it fails",
  ),
  {
    ...goneRule(
      "node-group-gone",
      ["aws_eks_node_group"],
      "a node group",
      "its nodes go, and their pods move to what other nodes there are, or wait",
    ),
    successorFirst: false,
  },
  {
    ...goneRule(
      "release-gone",
      ["helm_release", "aws_eks_addon"],
      "a Helm release, or an EKS add-on,",
      "what it runs is deleted; with Cilium no pod gets an address any more, without CoreDNS none finds a name",
    ),
    where: ({ preserve }) => preserve !== true,
  },
  {
    ...goneRule(
      "file-deleted",
      ["github_repository_file"],
      "a file of the repository",
      "Flux prunes what it alone declared, at its next look",
    ),
    attributes: ["declared"],
    matters: losesItem,
  },
  {
    id: "object-dropped",
    severity: "danger",
    types: ["github_repository_file"],
    actions: ["update"],
    attributes: ["declared"],
    matters: losesItem,
    subject: "an object, or a path to objects,",
    predicate: "is no longer in a file of the repository",
    workloads: "Flux prunes what is declared nowhere else, at its next look",
  },
  {
    id: "flux-path-changed",
    severity: "danger",
    types: ["Kustomization", "GitRepository", "HelmRelease", "HelmRepository", "OCIRepository"],
    actions: ["update"],
    attributes: [
      "spec.path",
      "spec.sourceRef",
      "spec.url",
      "GitRepository/spec.ref",
      "spec.chartRef",
      "spec.chart.spec.sourceRef",
    ],
    matters: (before, after) => before !== null && !same(inPlainForm(before), inPlainForm(after)),
    subject: "where Flux looks",
    predicate: "changes",
    workloads: "it prunes what is declared in the old place alone",
  },
  {
    ...goneRule(
      "way-out-gone",
      ["aws_nat_gateway", "aws_internet_gateway", "aws_route", "aws_route_table_association", "aws_vpc_endpoint"],
      "a way out of subnets",
      "connections through it break, new ones fail until there is another",
    ),
    severity: "caution",
  },
  {
    id: "way-out-changed",
    severity: "caution",
    types: ["aws_route"],
    actions: ["update"],
    attributes: [
      "nat_gateway_id",
      "gateway_id",
      "network_interface_id",
      "transit_gateway_id",
      "vpc_peering_connection_id",
    ],
    subject: "a way out of subnets",
    predicate: "leads elsewhere",
    workloads: "connections through it break; new ones may come from another address",
  },
];

/** Returns a rule that finds resources which are replaced or destroyed. */
function goneRule(id: string, types: readonly string[], subject: string, workloads: string): DangerRule {
  return { id, severity: "danger", types, actions: destroying, subject, workloads };
}

/** Writes paths that mean the same in one way: `./apps/` is `apps`. */
function inPlainForm(value: Value): Value {
  return typeof value === "string" ? value.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "") : value;
}
