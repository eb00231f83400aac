import type { AwsCall } from "../../../operations/command/call";
import { isOfStack, isOurs, type Named, type Taggable, type Tags } from "../../../operations/teardown/cluster-tags";
import { type Located, ownershipOf } from "../../../operations/teardown/ownership";
import { plainIam } from "../../support/iam";

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
  expect(isOfStack({ name: "demo", iam: plainIam }, { kind, name, tags: terraforms })).toBe(true);
  expect(isOfStack({ name: "demo", iam: plainIam }, { kind, name, tags: { Cluster: "demo" } })).toBe(false);
  expect(isOfStack({ name: "demo", iam: plainIam }, { kind, name, tags: { ...terraforms, Cluster: "demo-2" } })).toBe(
    false,
  );
});

test.each<[Named["kind"], string]>([
  ["role", "demo-backup"],
  ["elastic IP", "demo-ingress"],
  ["launch template", "demo-gpu"],
  ["OIDC provider", "token.actions.githubusercontent.com"],
])("a %s called %s is somebody else's, whatever its tags", (kind, name) => {
  expect(isOfStack({ name: "demo", iam: plainIam }, { kind, name, tags: terraforms })).toBe(false);
});

/** @param vpc - in which it lies; the cluster's, by default */
const instance = (id: string, tags: Tags, vpc: string | undefined = "vpc-1"): Located => ({
  kind: "instance",
  id,
  name: `instance ${id}`,
  tags,
  vpc,
  removal: `aws ec2 terminate-instances --instance-ids ${id}`,
});

describe("what has the cluster's tags", () => {
  test("and lies in another VPC, or in none that is known, is left alone, and told with what deletes it", () => {
    const { claimLocated, leftAlone, setVpcs } = ownershipOf({ name: "demo", iam: plainIam });
    setVpcs(["vpc-1"]);

    expect(claimLocated(instance("i-1", karpenters))).toBe(true);
    expect(claimLocated(instance("i-2", karpenters, "vpc-2"))).toBe(false);
    expect(claimLocated({ ...instance("i-3", karpenters), vpc: undefined })).toBe(false);
    expect(claimLocated(instance("i-4", {}, "vpc-2"))).toBe(false);
    expect(leftAlone()).toEqual([
      "Left alone, with tags of demo: instance i-2, in vpc-2; the cluster's is vpc-1. If it is the cluster's: aws ec2 terminate-instances --instance-ids i-2",
      "Left alone, with tags of demo: instance i-3, in no VPC that is known; the cluster's is vpc-1. If it is the cluster's: aws ec2 terminate-instances --instance-ids i-3",
    ]);
  });

  test("is left alone wherever it lies, once the cluster has no VPC", () => {
    const { claimLocated, leftAlone } = ownershipOf({ name: "demo", iam: plainIam });

    expect(claimLocated(instance("i-1", karpenters))).toBe(false);
    expect(leftAlone()).toEqual([expect.stringContaining("in vpc-1; the cluster has no VPC any more.")]);
  });

  test("is the cluster's wherever it lies, if something else that is the cluster's says so", () => {
    const { claimLocated, leftAlone } = ownershipOf({ name: "demo", iam: plainIam });

    expect(claimLocated({ ...instance("i-1", karpenters), vpc: undefined, hasProof: true })).toBe(true);
    expect(leftAlone()).toEqual([]);
  });

  test("and a stack's name is left alone in another VPC, too", () => {
    const { claimOfStack, guard, leftAlone, setVpcs } = ownershipOf({ name: "demo", iam: plainIam });
    setVpcs(["vpc-1"]);
    const subnet = (vpc: string): Named => ({ kind: "subnet", name: "demo-private-a", tags: terraforms, vpc });

    expect(claimOfStack(subnet("vpc-1"), ["subnet-1"])).toBe(true);
    expect(claimOfStack({ ...subnet("vpc-2"), removal: "aws ec2 delete-subnet" }, ["subnet-2"])).toBe(false);
    expect(leftAlone()).toEqual([
      "Left alone, with tags of demo: subnet subnet-2 (demo-private-a), in vpc-2; the cluster's is vpc-1. If it is the cluster's: aws ec2 delete-subnet",
    ]);
    const call = { system: "aws", action: "ec2:DeleteSubnet", input: { SubnetId: "subnet-2" } } as const;
    expect(() => guard(call)).toThrow("it lacks the cluster's tags");
  });
});

describe("the guard", () => {
  const call = (action: string, input?: object): AwsCall => ({ system: "aws", action, ...(input ? { input } : {}) });

  test("lets pass what was seen to be the cluster's", () => {
    const { claim, claimLocated, setVpcs, guard } = ownershipOf({ name: "demo", iam: plainIam });
    setVpcs(["vpc-1"]);
    claimLocated(instance("i-1", karpenters));
    claim("cluster", "demo", terraforms);

    expect(() => guard(call("ec2:TerminateInstances", { InstanceIds: ["i-1"] }))).not.toThrow();
    expect(() => guard(call("eks:UpdateClusterConfig", { name: "demo", deletionProtection: false }))).not.toThrow();
  });

  test("lets pass what has to be detached from what a stack made", () => {
    const { claimOfStack, guard } = ownershipOf({ name: "demo", iam: plainIam });
    const detach = (RoleName: string) =>
      call("iam:DetachRolePolicy", { RoleName, PolicyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" });
    const ids = (role: string) => [role, "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"];
    claimOfStack({ kind: "role", name: "demo-cluster", tags: terraforms }, ids("demo-cluster"));
    claimOfStack({ kind: "role", name: "demo-backup", tags: terraforms }, ids("demo-backup"));

    expect(() => guard(detach("demo-cluster"))).not.toThrow();
    expect(() => guard(detach("demo-backup"))).toThrow("it lacks the cluster's tags");
  });

  test("lets pass every read", () => {
    expect(() =>
      ownershipOf({ name: "demo", iam: plainIam }).guard(call("ec2:DescribeInstances", { InstanceIds: ["i-2"] })),
    ).not.toThrow();
  });

  test.each([
    ["something that nobody has looked at", { InstanceIds: ["i-2"] }],
    ["something beside what is the cluster's", { InstanceIds: ["i-1", "i-2"] }],
    ["something that was seen to be somebody else's", { InstanceIds: ["i-3"] }],
    ["something with the cluster's tags in another VPC", { InstanceIds: ["i-4"] }],
    ["everything", {}],
  ])("refuses to change %s", (_, input) => {
    const { claimLocated, setVpcs, guard } = ownershipOf({ name: "demo", iam: plainIam });
    setVpcs(["vpc-1"]);
    claimLocated(instance("i-1", karpenters));
    claimLocated(instance("i-3", { ...karpenters, "eks:eks-cluster-name": "other" }));
    claimLocated(instance("i-4", karpenters, "vpc-2"));

    expect(() => guard(call("ec2:TerminateInstances", input))).toThrow("it lacks the cluster's tags");
  });
});

test("a prefix belongs to the names of roles and policies, and to no others", () => {
  const cluster = { name: "demo", iam: { ...plainIam, namePrefix: "acme-" } };
  const isMade = (kind: Named["kind"], name: string) => isOfStack(cluster, { kind, name, tags: terraforms });

  expect([isMade("role", "acme-demo-cluster"), isMade("role", "demo-cluster")]).toEqual([true, false]);
  expect([isMade("policy", "acme-demo-karpenter-a"), isMade("policy", "demo-karpenter-a")]).toEqual([true, false]);
  expect([isMade("queue", "demo-karpenter"), isMade("queue", "acme-demo-karpenter")]).toEqual([true, false]);
});
