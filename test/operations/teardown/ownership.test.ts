import type { AwsCall } from "../../../operations/command/call";
import {
  isOfStack,
  isOurs,
  type Named,
  ownershipOf,
  type Taggable,
  type Tags,
} from "../../../operations/teardown/ownership";

const terraforms = { Cluster: "demo", ManagedBy: "Terraform" };
const disks = { "kubernetes.io/cluster/demo": "owned", "kubernetes.io/created-for/pvc/name": "data" };
const owned = { "kubernetes.io/cluster/demo": "owned" };
const karpenters = { ...owned, "eks:eks-cluster-name": "demo", "karpenter.sh/nodepool": "default" };
const ciliums = { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": "demo", Cluster: "demo" };

test.each<[Taggable, Tags]>([
  ["cluster", terraforms],
  ["disk", disks],
  ["instance", karpenters],
  ["launch template", karpenters],
  ["interface", { ...ciliums, team: "platform" }],
  ["load balancer", owned],
  ["load balancer", { "elbv2.k8s.aws/cluster": "demo" }],
  ["security group", owned],
  ["log group", { Cluster: "demo" }],
])("%s with %j is the cluster's", (kind, tags) => {
  expect(isOurs("demo", kind, tags)).toBe(true);
});

test.each<[string, Taggable, Tags]>([
  ["that Terraform did not make", "cluster", { Cluster: "demo" }],
  ["made by Terraform for another cluster", "cluster", { ...terraforms, Cluster: "demo-2" }],
  ["of an instance", "disk", owned],
  ["that another cluster's claim made", "disk", { "kubernetes.io/created-for/pvc/name": "data" }],
  ["without tags", "instance", {}],
  ["of a cluster whose name begins alike", "instance", { ...karpenters, "eks:eks-cluster-name": "demo-2" }],
  ["of the cluster, not launched by Karpenter", "instance", { ...owned, "eks:eks-cluster-name": "demo" }],
  ["that the cluster shares", "instance", { ...karpenters, "kubernetes.io/cluster/demo": "shared" }],
  ["whose name alone is the cluster's", "interface", { Name: "demo", Cluster: "demo" }],
  ["of another cluster that has this name for Cilium", "interface", { ...ciliums, Cluster: "other" }],
  ["that the cluster shares", "security group", { "kubernetes.io/cluster/demo": "shared" }],
  ["of another cluster", "launch template", { ...karpenters, "eks:eks-cluster-name": "other" }],
  ["in other letters", "load balancer", { "elbv2.k8s.aws/cluster": "Demo" }],
  ["without tags", "log group", {}],
])("somebody else's: something %s (%s)", (_, kind, tags) => {
  expect(isOurs("demo", kind, tags)).toBe(false);
});

test.each<[Named["kind"], string]>([
  ["role", "demo-cluster"],
  ["launch template", "demo-system"],
  ["launch template", "demo-system-20261127"],
  ["subnet", "demo-private-a"],
  ["OIDC provider", "oidc.eks.eu-central-1.amazonaws.com/id/0A1B"],
])("a %s called %s is a stack's, with Terraform's tags alone", (kind, name) => {
  expect(isOfStack("demo", { kind, name, tags: terraforms })).toBe(true);
  expect(isOfStack("demo", { kind, name, tags: { Cluster: "demo" } })).toBe(false);
  expect(isOfStack("demo", { kind, name, tags: { ...terraforms, Cluster: "demo-2" } })).toBe(false);
});

test.each<[Named["kind"], string]>([
  ["role", "demo-backup"],
  ["elastic IP", "demo-ingress"],
  ["launch template", "demo-gpu"],
  ["OIDC provider", "token.actions.githubusercontent.com"],
])("a %s called %s is somebody else's, whatever its tags", (kind, name) => {
  expect(isOfStack("demo", { kind, name, tags: terraforms })).toBe(false);
});

describe("the guard", () => {
  const call = (action: string, input?: object): AwsCall => ({ system: "aws", action, ...(input ? { input } : {}) });

  test("lets pass what was seen to be the cluster's", () => {
    const { claim, guard } = ownershipOf("demo");
    claim("instance", "i-1", karpenters);
    claim("cluster", "demo", terraforms);

    expect(() => guard(call("ec2:TerminateInstances", { InstanceIds: ["i-1"] }))).not.toThrow();
    expect(() => guard(call("eks:UpdateClusterConfig", { name: "demo", deletionProtection: false }))).not.toThrow();
  });

  test("lets pass what has to be detached from what a stack made", () => {
    const { claimOfStack, guard } = ownershipOf("demo");
    const detach = (RoleName: string) =>
      call("iam:DetachRolePolicy", { RoleName, PolicyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" });
    const ids = (role: string) => [role, "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"];
    claimOfStack({ kind: "role", name: "demo-cluster", tags: terraforms }, ids("demo-cluster"));
    claimOfStack({ kind: "role", name: "demo-backup", tags: terraforms }, ids("demo-backup"));

    expect(() => guard(detach("demo-cluster"))).not.toThrow();
    expect(() => guard(detach("demo-backup"))).toThrow("it lacks the cluster's tags");
  });

  test("lets pass every read", () => {
    expect(() => ownershipOf("demo").guard(call("ec2:DescribeInstances", { InstanceIds: ["i-2"] }))).not.toThrow();
  });

  test.each([
    ["something that nobody has looked at", { InstanceIds: ["i-2"] }],
    ["something beside what is the cluster's", { InstanceIds: ["i-1", "i-2"] }],
    ["something that was seen to be somebody else's", { InstanceIds: ["i-3"] }],
    ["everything", {}],
  ])("refuses to change %s", (_, input) => {
    const { claim, guard } = ownershipOf("demo");
    claim("instance", "i-1", karpenters);
    claim("instance", "i-3", { ...karpenters, "eks:eks-cluster-name": "other" });

    expect(() => guard(call("ec2:TerminateInstances", input))).toThrow("it lacks the cluster's tags");
  });
});
