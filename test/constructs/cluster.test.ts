import { Cluster, type ClusterProps } from "../../constructs/cluster";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

function resources(props: Partial<ClusterProps> = {}) {
  return define((stack) => {
    new Cluster(stack, "cluster", {
      name: "demo",
      kubernetesVersion: "1.36",
      iam: plainIam,
      partition: "aws",
      accountId: "111122223333",
      subnetIds: ["subnet-a", "subnet-b"],
      vpcCidrBlocks: "10.200.0.0/16",
      apiAccess: ["203.0.113.0/24"],
      logRetentionDays: 14,
      controlPlane: { logTypes: ["audit"] },
      deletionProtection: true,
      ...props,
    });
  }).resource;
}

function cluster(props: Partial<ClusterProps> = {}) {
  return resources(props).aws_eks_cluster?.cluster;
}

test("logs go to a group that is there before the cluster, or EKS would make it and keep them for ever", () => {
  const group = resources().aws_cloudwatch_log_group?.cluster;

  expect(group).toMatchObject({ name: "/aws/eks/demo/cluster", retention_in_days: 14 });
  expect(cluster().depends_on).toContain("aws_cloudwatch_log_group.cluster");
});

test("machines in the VPC reach the private endpoint, which admits nodes alone otherwise", () => {
  expect(resources({ apiAccess: [] }).aws_vpc_security_group_ingress_rule?.cluster).toMatchObject({
    security_group_id: "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}",
    cidr_ipv4: "10.200.0.0/16",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
  });
});

test("the role has its policy before the cluster takes it, and until the cluster is gone", () => {
  expect(cluster().depends_on).toContain("aws_iam_role_policy_attachment.cluster_eks");
});

test("EKS installs no CNI, proxy or DNS of its own, and a cluster that was imported is not replaced for that", () => {
  expect(cluster().bootstrap_self_managed_addons).toBe(false);
  expect(cluster().lifecycle.ignore_changes).toContain("bootstrap_self_managed_addons");
});

test("nobody is an administrator for having made the cluster: access entries decide", () => {
  expect(cluster().access_config).toEqual({
    authentication_mode: "API",
    bootstrap_cluster_creator_admin_permissions: false,
  });
});

test("the public endpoint is there for the networks that are named, and with none of them is not", () => {
  expect(cluster().vpc_config.public_access_cidrs).toEqual(["203.0.113.0/24"]);
  expect(cluster({ apiAccess: [] }).vpc_config).toMatchObject({
    endpoint_private_access: true,
    endpoint_public_access: false,
  });
});

test("secrets are encrypted with a key of the cluster's own that rotates", () => {
  expect(cluster().encryption_config).toMatchObject({
    provider: { key_arn: "${aws_kms_key.cluster.arn}" },
    resources: ["secrets"],
  });
  expect(resources().aws_kms_key?.cluster.enable_key_rotation).toBe(true);
});

test("the key is the account's to manage and the control plane's to use, and nobody else's, in each partition", () => {
  const statements = (partition: "aws" | "aws-cn" | "aws-us-gov") =>
    JSON.parse(resources({ partition }).aws_kms_key?.cluster.policy).Statement.map(
      ({ Effect, Principal, Action }: Record<string, unknown>) => [Effect, Principal, Action],
    );

  expect(statements("aws")).toEqual([
    ["Allow", { AWS: "arn:aws:iam::111122223333:root" }, ["kms:*"]],
    ["Allow", { AWS: "${aws_iam_role.cluster.arn}" }, ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]],
  ]);
  expect(statements("aws-cn")[0][1]).toEqual({ AWS: "arn:aws-cn:iam::111122223333:root" });
  expect(statements("aws-us-gov")[0][1]).toEqual({ AWS: "arn:aws-us-gov:iam::111122223333:root" });
});

test("a key policy that would lock its owners out is refused by KMS", () => {
  expect(resources().aws_kms_key?.cluster).not.toHaveProperty("bypass_policy_lockout_safety_check");
});

test("Karpenter finds the security group that EKS makes", () => {
  expect(resources().aws_ec2_tag?.cluster).toMatchObject({
    resource_id: "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}",
    key: "karpenter.sh/discovery",
    value: "demo",
  });
});

describe("switches of the control plane", () => {
  const secretsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
  const all = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

  test("EKS chooses the addresses of Services unless they are given", () => {
    expect(cluster()).not.toHaveProperty("kubernetes_network_config");
    expect(
      cluster({ controlPlane: { logTypes: all, serviceCidr: "10.96.0.0/16" } }).kubernetes_network_config,
    ).toMatchObject({ service_ipv4_cidr: "10.96.0.0/16" });
  });

  test("the logs are written that are named; without any, the log group keeps what was logged before", () => {
    const none = resources({ controlPlane: { logTypes: [] } });

    expect(cluster({ controlPlane: { logTypes: all } }).enabled_cluster_log_types).toEqual(all);
    expect(none.aws_eks_cluster?.cluster.enabled_cluster_log_types).toEqual([]);
    expect(none.aws_cloudwatch_log_group?.cluster.name).toBe("/aws/eks/demo/cluster");
  });

  test("logs can be kept for ever", () => {
    expect(resources({ logRetentionDays: "never" }).aws_cloudwatch_log_group?.cluster.retention_in_days).toBe(0);
  });

  test("a key that is there takes the place of one of the cluster's own, and a plan that would change it ends", () => {
    const defined = resources({ controlPlane: { logTypes: all, secretsKeyArn } });
    const { encryption_config, lifecycle } = defined.aws_eks_cluster?.cluster ?? {};

    expect(encryption_config.provider.key_arn).toBe(secretsKeyArn);
    expect(defined).not.toHaveProperty("aws_kms_key");
    expect(defined).not.toHaveProperty("aws_kms_alias");
    expect(lifecycle.ignore_changes).toContain("encryption_config[0].provider[0].key_arn");
    expect(lifecycle.postcondition).toEqual([
      {
        condition: `\${self.encryption_config[0].provider[0].key_arn == "${secretsKeyArn}"}`,
        error_message: expect.stringContaining("EKS keeps the key that a cluster was made with"),
      },
    ]);
    expect(cluster().lifecycle).not.toHaveProperty("postcondition");
    expect(cluster().lifecycle.ignore_changes).not.toContain("encryption_config[0].provider[0].key_arn");
  });
});
