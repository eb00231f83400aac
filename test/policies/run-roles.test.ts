import type { RunPhase } from "../../platform/hcp";
import { inCloud, workspacesStack } from "../support/workspaces";
import { isAllowed, readPolicies } from "./decision";

const providerArn = "arn:aws:iam::111122223333:oidc-provider/app.terraform.io";
const second = { name: "second", cidrBlock: "10.1.0.0/16" };
const { resource } = workspacesStack(inCloud(), inCloud({}, second));
const phases: readonly RunPhase[] = ["plan", "apply"];

function trustOf(phase: RunPhase) {
  const text: string = resource["aws_iam_role"]?.[`account_111122223333_runs_${phase}`].assume_role_policy;
  const reference = "${aws_iam_openid_connect_provider.account_111122223333_host.arn}";
  expect(text).toContain(reference);
  return readPolicies([text.replaceAll(reference, providerArn)]);
}

function rightsOf(phase: RunPhase) {
  return readPolicies([resource["aws_iam_policy"]?.[`account_111122223333_runs_${phase}`].policy]);
}

/** A run of the demo's network stack, changed. */
const run = (
  changes: Partial<Record<"organization" | "project" | "workspace" | "phase" | "audience" | "provider", string>> = {},
) => {
  const { organization = "acme", project = "platform", workspace = "demo-k8s-cilium-network" } = changes;
  const { phase = "plan", audience = "aws.workload.identity", provider = providerArn } = changes;
  return {
    action: "sts:AssumeRoleWithWebIdentity",
    resource: "",
    principal: `Federated:${provider}`,
    context: {
      "app.terraform.io:aud": audience,
      "app.terraform.io:sub": `organization:${organization}:project:${project}:workspace:${workspace}:run_phase:${phase}`,
    },
  };
};

const workspaces = ["demo-k8s-cilium", "second"].flatMap((cluster) =>
  ["network", "cluster", "bootstrap"].map((part) => `${cluster}-${part}`),
);

test.each(workspaces.flatMap((workspace) => phases.map((phase) => [workspace, phase] as const)))(
  "a run of %s in phase %s assumes the role of that phase, and not the other",
  (workspace, phase) => {
    const assumes = phases.filter((role) => isAllowed(trustOf(role), run({ workspace, phase })));

    expect(assumes).toEqual([phase]);
  },
);

test.each<[string, Parameters<typeof run>[0]]>([
  ["another organization", { organization: "acme2" }],
  ["an organization whose name holds the whole beginning", { organization: "acme:project:platform" }],
  ["another project", { project: "platform2" }],
  ["the organization's first project", { project: "Default Project" }],
  ["the workspace of this stack's own state", { workspace: "acme-workspaces" }],
  ["a workspace that is named like ours, and more", { workspace: "demo-k8s-cilium-network-2" }],
  ["a workspace of which ours is the end", { workspace: "my-demo-k8s-cilium-network" }],
  ["a workspace with a wildcard for its name", { workspace: "*" }],
  ["a phase that there is not", { phase: "*" }],
  ["an identity for somebody else", { audience: "sts.amazonaws.com" }],
  ["another host's identity", { provider: "arn:aws:iam::111122223333:oidc-provider/app.eu.terraform.io" }],
  ["another account's provider", { provider: "arn:aws:iam::444455556666:oidc-provider/app.terraform.io" }],
])("a stranger assumes neither role: %s", (_, stranger) => {
  for (const phase of phases) {
    expect(isAllowed(trustOf(phase), run({ phase, ...stranger }))).toBe(false);
  }
});

test("nobody assumes them but by an identity of the host's", () => {
  const principal = "AWS:arn:aws:iam::111122223333:role/platform-admin";

  for (const phase of phases) {
    expect(isAllowed(trustOf(phase), { ...run({ phase }), principal })).toBe(false);
    expect(isAllowed(trustOf(phase), { ...run({ phase }), action: "sts:AssumeRole" })).toBe(false);
  }
});

const arn = (kind: string) => `arn:aws:iam::111122223333:${kind}`;
const may = (phase: RunPhase, action: string, on: string) =>
  isAllowed(rightsOf(phase), { action, resource: on, context: {} });

test.each([
  ["ec2:DescribeVpcs", "*"],
  ["ec2:DescribeVpcAttribute", "*"],
  ["ec2:GetSubnetCidrReservations", "*"],
  ["eks:DescribeCluster", "arn:aws:eks:eu-central-1:111122223333:cluster/demo-k8s-cilium"],
  ["eks:ListAssociatedAccessPolicies", "*"],
  ["events:ListTargetsByRule", "*"],
  ["iam:GetRolePolicy", arn("role/demo-k8s-cilium-karpenter")],
  ["kms:GetKeyRotationStatus", "arn:aws:kms:eu-central-1:111122223333:key/0123"],
  ["logs:DescribeLogGroups", "*"],
  ["sqs:GetQueueAttributes", "arn:aws:sqs:eu-central-1:111122223333:demo-k8s-cilium-karpenter"],
  [
    "ssm:GetParameter",
    "arn:aws:ssm:eu-central-1::parameter/aws/service/bottlerocket/aws-k8s-1.36/arm64/1.68.1/image_id",
  ],
])("both phases look: %s", (action, on) => {
  expect(phases.map((phase) => may(phase, action, on))).toEqual([true, true]);
});

test.each([
  ["ec2:CreateVpc", "arn:aws:ec2:eu-central-1:111122223333:vpc/*"],
  ["eks:CreateCluster", "arn:aws:eks:eu-central-1:111122223333:cluster/demo-k8s-cilium"],
  ["iam:CreateRole", arn("role/demo-k8s-cilium-cluster")],
  ["iam:PassRole", arn("role/platform/demo-k8s-cilium-cluster")],
  ["iam:CreateServiceLinkedRole", arn("role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS")],
  ["iam:CreateOpenIDConnectProvider", arn("oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123")],
  ["iam:AddRoleToInstanceProfile", arn("instance-profile/demo-k8s-cilium-karpenter-nodes")],
  ["kms:CreateKey", "*"],
])("an apply changes, and a plan does not: %s", (action, on) => {
  expect(phases.map((phase) => may(phase, action, on))).toEqual([false, true]);
});

test("with a boundary, no run makes a role without it, gives rights to one that lacks it, or changes it", () => {
  const permissionsBoundary = arn("policy/boundary");
  const bounded = workspacesStack(inCloud({}, { iam: { permissionsBoundary } }));
  const rights = readPolicies([bounded.resource["aws_iam_policy"]?.["account_111122223333_runs_apply"].policy]);
  const allowed = (action: string, on: string, boundary?: string) =>
    isAllowed(rights, {
      action,
      resource: on,
      context: boundary === undefined ? {} : { "iam:PermissionsBoundary": boundary },
    });

  for (const action of [
    "iam:CreateRole",
    "iam:PutRolePermissionsBoundary",
    "iam:AttachRolePolicy",
    "iam:PutRolePolicy",
  ]) {
    expect(allowed(action, arn("role/demo-k8s-cilium-cluster"), permissionsBoundary)).toBe(true);
    expect(allowed(action, arn("role/demo-k8s-cilium-cluster"))).toBe(false);
    expect(allowed(action, arn("role/demo-k8s-cilium-cluster"), arn("policy/wider"))).toBe(false);
  }
  expect(allowed("iam:DeleteRolePermissionsBoundary", arn("role/demo-k8s-cilium-cluster"), permissionsBoundary)).toBe(
    false,
  );
  expect(allowed("iam:CreatePolicyVersion", permissionsBoundary)).toBe(false);
  expect(allowed("iam:CreatePolicyVersion", arn("policy/demo-k8s-cilium-karpenter-nodes"))).toBe(true);
});

test.each([
  ["iam:UpdateAssumeRolePolicy", arn("role/acme-runs-plan")],
  ["iam:PutRolePolicy", arn("role/acme-runs-apply")],
  ["iam:DeleteRolePermissionsBoundary", arn("role/acme-runs-apply")],
  ["iam:CreatePolicyVersion", arn("policy/acme-runs-plan")],
  ["iam:SetDefaultPolicyVersion", arn("policy/acme-runs-apply")],
  ["iam:AddClientIDToOpenIDConnectProvider", providerArn],
  ["iam:CreateUser", arn("user/somebody")],
  ["iam:CreateAccessKey", arn("user/somebody")],
  ["s3:GetObject", "arn:aws:s3:::acme-terraform-state/x"],
  ["secretsmanager:GetSecretValue", "*"],
  ["logs:GetLogEvents", "log-group-of-others"],
  ["sts:AssumeRole", arn("role/platform-deployer")],
])("a plan never does, and what lets runs in is changed by no run: %s", (action, on) => {
  expect(may("plan", action, on)).toBe(false);
  // Logs are the platform's to read once it may do everything with them.
  expect(may("apply", action, on)).toBe(action === "logs:GetLogEvents");
});
