import type { Changes } from "../terraform/plan-changes";
import type { ProjectChange } from "../terraform/platform";
import type { PlatformChanges } from "../terraform/stacks";

/** A change that people make to a running platform, and all that it may do. */
export interface Change extends ProjectChange {
  readonly name: string;
  readonly expected: PlatformChanges;
  /**
   * Whether whatever has tags is updated too.
   * @default false
   */
  readonly retags?: boolean;
}

/** A principal that is in the world besides the one who applies. */
export const secondAdmin = "ops";

/** A principal that is in the world, too, and no administrator. */
export const verifier = "verifier";

const account = "111122223333";
const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

/** By another launch template comes another group. */
const newNodes: Changes = {
  "aws_launch_template.system": "replace, successor first",
  "aws_eks_node_group.system": "replace, successor first",
};

/** Made one after the other, each on top of those before it. Upgrades are a life of their own. */
export const changes: readonly Change[] = [
  {
    name: "logs for ever, and fewer of them",
    settings: { logRetentionDays: "never", controlPlane: { logTypes: ["audit", "authenticator"] } },
    expected: {
      cluster: { "aws_cloudwatch_log_group.cluster": "update", "aws_eks_cluster.cluster": "update" },
    },
  },
  {
    name: "an endpoint added",
    settings: { endpoints: ["sts"] },
    expected: {
      network: {
        "aws_security_group.endpoints": "create",
        "aws_vpc_security_group_ingress_rule.endpoints": "create",
        "aws_vpc_endpoint.endpoints_sts": "create",
      },
    },
  },
  {
    name: "Cilium's values: a load balancer for its ingress",
    settings: { ingress: "nlb" },
    expected: { bootstrap: { "helm_release.cilium": "update" } },
  },
  {
    name: "node group size",
    settings: { nodes: { maxSize: 4 } },
    expected: { bootstrap: { "aws_eks_node_group.system": "update" } },
  },
  {
    // EKS cannot change the instance types of a group, so its successor comes first.
    name: "instance type",
    settings: { nodes: { instanceTypes: ["t4g.large"], maxSize: 4 } },
    expected: { bootstrap: { "aws_eks_node_group.system": "replace, successor first" } },
  },
  {
    // The Job that installed Flux changes too, and is not run again.
    name: "a limit of Karpenter's",
    edits: [
      ["gitops/karpenter/nodepools/default.yaml", 'cpu: "10"', 'cpu: "20"'],
      ["constructs/flux-install.sh", "set -eu", "set -eux"],
    ],
    expected: { bootstrap: { "github_repository_file.files_karpenter_nodepools_default": "update" } },
  },
  {
    name: "an admin added",
    settings: {
      admins: [`arn:aws:iam::${account}:role/platform-admin`, `arn:aws:iam::${account}:user/${secondAdmin}`],
    },
    expected: {
      cluster: {
        [`aws_eks_access_entry.admins_user_${secondAdmin}_${account}`]: "create",
        [`aws_eks_access_policy_association.admins_user_${secondAdmin}_${account}`]: "create",
      },
    },
  },
  {
    // The control plane keeps its zones; the node group's are for life, so its successor comes first.
    name: "a zone appended",
    settings: { zones },
    expected: {
      network: {
        "aws_subnet.private_c": "create",
        "aws_subnet.public_c": "create",
        "aws_ec2_subnet_cidr_reservation.private_c": "create",
        "aws_route_table.private_c": "create",
        "aws_route_table_association.private_c": "create",
        "aws_route_table_association.public_c": "create",
        "aws_route.private_c": "create",
        "aws_eip.public_c": "create",
        "aws_nat_gateway.public_c": "create",
        "aws_vpc_endpoint.endpoints_s3": "update",
        "aws_vpc_endpoint.endpoints_sts": "update",
      },
      bootstrap: { "aws_eks_node_group.system": "replace, successor first" },
    },
  },
  {
    name: "an API network added",
    settings: { apiAccess: ["203.0.113.0/24", "198.51.100.0/24"] },
    expected: { cluster: { "aws_eks_cluster.cluster": "update" } },
  },
  // What nodes are made of changes, and their release does not: EKS knows a newer one, which a second plan would find.
  {
    name: "a tag",
    settings: { tags: { Team: "platform" } },
    expected: { bootstrap: newNodes },
    retags: true,
  },
  {
    name: "somebody who verifies",
    settings: { access: [{ principal: `arn:aws:iam::${account}:user/${verifier}`, policy: "verify" }] },
    expected: {
      cluster: { [`aws_eks_access_entry.access_user_${verifier}_${account}`]: "create" },
      bootstrap: {
        "github_repository_file.files_readme": "update",
        "github_repository_file.files_verify": "create",
      },
    },
  },
  {
    // Nodes keep the interfaces that they have, so others come; what was kept for prefixes beside them is theirs now.
    name: "a block for pods",
    settings: { podCidr: "100.64.0.0/16" },
    expected: {
      network: {
        "aws_vpc_ipv4_cidr_block_association.pods": "create",
        "aws_vpc_security_group_ingress_rule.endpoints_pods": "create",
        ...Object.fromEntries(
          ["a", "b", "c"].flatMap((letter) => [
            [`aws_subnet.pods_${letter}`, "create"],
            [`aws_route_table_association.pods_${letter}`, "create"],
            [`aws_ec2_subnet_cidr_reservation.pods_${letter}_quarter`, "create"],
            [`aws_ec2_subnet_cidr_reservation.pods_${letter}_half`, "create"],
            [`aws_ec2_subnet_cidr_reservation.private_${letter}`, "delete"],
          ]),
        ),
      },
      bootstrap: {
        ...newNodes,
        "helm_release.cilium": "update",
        "kubernetes_config_map_v1.flux_variables": "update",
      },
    },
  },
  {
    name: "a permissions boundary",
    settings: { iam: { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" } },
    expected: {
      cluster: Object.fromEntries(
        ["cilium_operator", "cluster", "karpenter", "karpenter_nodes", "nodes"].map((role) => [
          `aws_iam_role.${role}`,
          "update",
        ]),
      ),
    },
  },
];
