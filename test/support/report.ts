import type { Report } from "../../operations/review/report/report";
import { change, finding, group, none, part, verdict } from "./report-parts";

const spot = 'github_repository_file.files["karpenter/nodepools/spot.yaml"]';
const wider = { rule: "access-wider", direction: "wider" } as const;
const narrower = { rule: "access-narrower", severity: "caution", direction: "narrower" } as const;

/** A report that has every section, every action, every reading and every member in use. */
export function sampleReport(): Report {
  return {
    version: 1,
    stacks: [
      verdict("network", {
        counts: { ...none, change: 1, replace: 1, destroy: 1, move: 1 },
        worst: "The subnet is replaced: it gets another id.",
      }),
      verdict("cluster", {
        counts: { ...none, add: 1, change: 4, import: 1, forget: 1 },
        outputs: 1,
        worst: "0.0.0.0/0 may reach the API server.",
        failedChecks: [{ address: "check.api_is_private", messages: ["Only the office may reach the API server."] }],
      }),
      verdict("bootstrap", {
        counts: { ...none, change: 3, replace: 1, destroy: 1 },
        worst: "All nodes of the group are replaced.",
        problem: { kind: "incomplete", what: "The plan covers its targets alone." },
        deferred: ["kubernetes_manifest.node_pool"],
        invocations: ["action.aws_lambda_invoke.warm_up"],
      }),
      verdict("addons", {
        problem: { kind: "blocked", what: "'bootstrap' was never applied.", next: "npx cdktf deploy bootstrap" },
      }),
    ],
    dangers: [
      finding("network", "aws_subnet.private_a", "replace", "The subnet is replaced: it gets another id.", {
        workloads: "Every node and pod in it loses its network.",
        forcedBy: ["availability_zone"],
      }),
      finding("bootstrap", "aws_eks_node_group.system", "replace", "All nodes of the group are replaced.", {
        workloads: "Pods move to the new nodes before the old ones are drained.",
        forcedBy: ["instance_types", "subnet_ids"],
        silence: { reason: "Agreed for the move to Graviton.", until: "2026-10-31", expired: true },
      }),
      finding("bootstrap", spot, "delete", "Flux prunes what the file declares.", {
        workloads: "Nodes of the pool 'spot' are drained.",
      }),
      finding("bootstrap", "helm_release.cilium", "update", "Every Cilium agent restarts.", { severity: "caution" }),
    ],
    access: [
      finding("cluster", "aws_eks_cluster.cluster", "update", "0.0.0.0/0 may reach the API server.", wider),
      finding("cluster", "aws_eks_cluster.cluster", "update", "203.0.113.0/24 may not any more.", narrower),
      finding("cluster", "aws_iam_role_policy.karpenter", "update", "'ec2:*' may be called on '*'.", wider),
      finding("cluster", "aws_iam_role_policy.karpenter", "update", "'sqs:DeleteMessage' may not be called.", narrower),
      finding("network", "aws_security_group.legacy", "delete", "Port 22 is closed for 10.0.0.0/8.", narrower),
    ],
    silenced: [
      finding("cluster", "aws_cloudwatch_log_group.cluster", "update", "Logs are kept for 7 days instead of 30.", {
        severity: "caution",
        silence: { reason: "They are kept in S3 as well.", until: "2027-03-31", expired: false },
      }),
    ],
    drift: [
      {
        stack: "network",
        address: "aws_security_group.legacy",
        action: "update",
        why: "A port was opened by hand, and the plan closes it.",
        parts: [part("ingress", "value", "-[]", "+- cidr_blocks: [10.0.0.0/8]", "+  from_port: 22", "+  to_port: 22")],
      },
    ],
    changes: [
      { stack: "network", constructs: network(), outputs: [] },
      { stack: "cluster", constructs: cluster(), outputs: [part("role_arn", "value", "-null", "+known after apply")] },
      { stack: "bootstrap", constructs: bootstrap(), outputs: [] },
    ],
    noise: [
      { stack: "cluster", address: "aws_sqs_queue.interruption", path: "policy", why: "The same policy, spaced anew." },
      { stack: "network", address: "data.aws_region.current", why: "It is read in every plan." },
    ],
  };
}

function network() {
  const replaced = change("aws_subnet.private_a", "replace", {
    reason: "An attribute cannot be changed in place.",
    forcedBy: ["availability_zone"],
    unknown: ["arn", "id"],
    parts: [part("", "value", "-availability_zone: eu-central-1a", "+availability_zone: eu-central-1c")],
  });
  const tagged = change("aws_route_table.private_a", "update", { summary: 'tags: team "core" → "platform"' });
  const moved = change("aws_route.private_a", "no-op", { previousAddress: "aws_route.private" });
  const left = change("aws_security_group.legacy", "delete", { deposed: "8f3a21c0", reason: "An apply left it." });
  return [group("private", replaced, tagged, moved), group("legacy", left)];
}

function cluster() {
  const open = part("vpc_config[0].public_access_cidrs", "value", "-- 203.0.113.0/24 # [0]", "+- 0.0.0.0/0 # [0]");
  const policy = part("policy", "policy", " Allow", "-  sqs:DeleteMessage # Action", "+  ec2:* # Action", "…12");
  const metadata = part("metadata", "json", ' {"owner":', '-  "core"}', '+  "platform"}');
  const retention = part("", "value", "-retention_in_days: 30", "+retention_in_days: 7");
  return [
    group(
      "cluster",
      change("aws_eks_cluster.cluster", "update", { parts: [open] }),
      change("aws_kms_key.cluster", "update", { importing: "arn:aws:kms:eu-central-1:111122223333:key/0b1c" }),
      change("aws_cloudwatch_log_group.cluster", "update", { parts: [retention] }),
      change("aws_eks_access_entry.legacy", "forget", { reason: "It is no longer in the configuration." }),
    ),
    group(
      "karpenter",
      change("aws_iam_role_policy.karpenter", "update", { parts: [policy, metadata] }),
      change("aws_sqs_queue.spare", "create", { unknown: ["arn", "url"], parts: [part("name", "value", "+spare")] }),
      change("data.aws_iam_policy_document.karpenter", "read", { reason: "It depends on what is not known yet." }),
    ),
  ];
}

function bootstrap() {
  const mode = "ingressController.loadbalancerMode";
  const values = [
    " ingressController:",
    "   enabled: true",
    `-  loadbalancerMode: shared # ${mode}`,
    `+  loadbalancerMode: dedicated # ${mode}`,
    "…48",
    " operator:",
  ];
  const nodes = change("aws_eks_node_group.system", "replace", {
    createBeforeDestroy: true,
    forcedBy: ["instance_types", "subnet_ids"],
    parts: [part("instance_types", "value", "-- m7g.large # [0]", "+- m8g.large # [0]")],
  });
  const userData = part("user_data", "decoded", " [settings.kubernetes]", "-max-pods = 110", "+max-pods = 250");
  const file = { ...part("content", "file", "-kind: NodePool", "-metadata:"), title: "karpenter/nodepools/spot.yaml" };
  return [
    group("cilium", change("helm_release.cilium", "update", { parts: [part("values[0]", "yaml", ...values)] })),
    group("system", nodes, change("aws_launch_template.system", "update", { parts: [userData] })),
    group(
      "files",
      change(spot, "delete", { parts: [file] }),
      change("kubernetes_config_map.motd", "update", { parts: [part("data.motd", "text", "-Hello.", "+Good day.")] }),
    ),
  ];
}
