import { isList, member, type Value } from "../../../terraform/plan/value";
import { becomesUnset, changing, type DangerRule, destroying, losesItem, switchedOff, switchedOn } from "./rule";

/** Rules on protection, encryption, logging and private access that is switched off. */
export const protectionRules: readonly DangerRule[] = [
  {
    id: "protection-off",
    severity: "danger",
    types: ["*"],
    actions: changing,
    attributes: [
      "deletion_protection",
      "deletion_protection_enabled",
      "enable_deletion_protection",
      "archive_on_destroy",
      "disable_api_termination",
      "point_in_time_recovery.0.enabled",
      "versioning_configuration.0.status",
      "backup_retention_period",
      "snapshot_retention_limit",
    ],
    matters: stopsProtecting,
    subject: "protection against deletion, or a backup,",
    predicate: "is switched off",
    workloads: "nothing yet: the next destroy is not held back any more, or nothing brings the data back",
  },
  {
    id: "encryption-off",
    severity: "danger",
    types: ["*"],
    actions: changing,
    attributes: [
      "aws_ebs_encryption_by_default/enabled",
      "at_rest_encryption_enabled",
      "block_device_mappings.*.ebs.0.encrypted",
      "encrypted",
      "encryption_config",
      "kms_key_id",
      "kms_master_key_id",
      "sqs_managed_sse_enabled",
      "storage_encrypted",
      "transit_encryption_enabled",
      "values.encryption.enabled",
    ],
    matters: (before, after) =>
      switchedOff(before, after) || (before !== false && before !== "false" && becomesUnset(before, after)),
    subject: "encryption, or a key of ours for it,",
    predicate: "is switched off",
    workloads: "nothing: what is written from now on is not encrypted, or with AWS's key",
  },
  {
    id: "key-disabled",
    severity: "danger",
    types: ["aws_kms_key"],
    actions: changing,
    attributes: ["is_enabled", "enable_key_rotation"],
    matters: switchedOff,
    subject: "a KMS key",
    predicate: "is disabled, or no longer rotated",
    workloads: "what a disabled key encrypts cannot be read until it is enabled again",
  },
  {
    id: "logging-reduced",
    severity: "danger",
    types: ["*"],
    actions: changing,
    attributes: [
      "aws_config_configuration_recorder_status/is_enabled",
      "aws_guardduty_detector/enable",
      "enable_log_file_validation",
      "enable_logging",
      "enabled_cluster_log_types",
      "include_global_service_events",
      "is_multi_region_trail",
    ],
    matters: (before, after) => switchedOff(before, after) || losesItem(before, after),
    subject: "what is logged, or watched,",
    predicate: "is less",
    workloads: "nothing: what happens from now on is not written down",
  },
  {
    id: "audit-log-gone",
    severity: "danger",
    types: ["aws_cloudtrail", "aws_flow_log", "aws_guardduty_detector", "aws_config_configuration_recorder"],
    actions: destroying,
    subject: "what writes down calls or traffic",
    workloads: "nothing: what happens meanwhile is not written down",
  },
  {
    id: "public-access-block-off",
    severity: "danger",
    types: ["aws_s3_account_public_access_block", "aws_s3_bucket_public_access_block"],
    actions: [...changing, "delete"],
    attributes: ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"],
    matters: switchedOff,
    subject: "what keeps buckets from being public",
    predicate: "is switched off",
    workloads: "nothing yet: from now on a policy or an ACL can open a bucket to everybody",
  },
  {
    id: "log-retention-reduced",
    severity: "caution",
    types: ["aws_cloudwatch_log_group"],
    actions: changing,
    attributes: ["retention_in_days"],
    // 0 is for ever.
    matters: (before, after) => Number(after) > 0 && (before === 0 || Number(after) < Number(before)),
    subject: "a log group",
    predicate: "keeps its logs for a shorter time",
    workloads: "nothing: older logs are deleted",
  },
  {
    id: "private-endpoint-off",
    severity: "danger",
    types: ["aws_eks_cluster"],
    actions: changing,
    attributes: ["vpc_config.0.endpoint_private_access"],
    matters: switchedOff,
    subject: "the private endpoint of the cluster's API",
    predicate: "is switched off",
    workloads: "nodes reach the API over the internet, and only if their addresses are admitted",
  },
  {
    id: "public-address-on",
    severity: "danger",
    types: ["*"],
    actions: [...changing, "create"],
    // A route that comes with its table opens no subnet that is there already.
    when: ({ action, after }) => action !== "create" || isRouteInTable(after),
    attributes: [
      "associate_public_ip_address",
      "aws_route/gateway_id",
      "aws_route_table/route",
      "aws_default_route_table/route",
      "map_public_ip_on_launch",
      "network_interfaces.*.associate_public_ip_address",
      "publicly_accessible",
    ],
    matters: (before, after) =>
      switchedOn(before, after) || (leadsToInternet(after) && !leadsToInternet(before) && !isEmptyList(before)),
    subject: "instances, a database, or subnets",
    predicate: "are open to the internet",
    workloads: "the internet reaches what has a public address, if its security groups let it through",
  },
  {
    id: "dns-off",
    severity: "danger",
    types: ["aws_vpc"],
    actions: changing,
    attributes: ["enable_dns_support", "enable_dns_hostnames"],
    matters: switchedOff,
    subject: "DNS in the VPC",
    predicate: "is switched off",
    workloads: "nothing in it finds AWS by name, or nodes their own; EKS wants both",
  },
  {
    id: "metadata-open",
    severity: "danger",
    types: ["aws_launch_template", "aws_instance"],
    actions: changing,
    attributes: ["metadata_options.0.http_tokens", "metadata_options.0.http_put_response_hop_limit"],
    matters: (before, after) => (before === "required" && after === "optional") || (before === 1 && Number(after) > 1),
    subject: "the instance metadata service",
    predicate: "answers without a token, or answers pods too",
    workloads: "whoever gets a pod to fetch an address, or every pod, can take the node's credentials",
  },
];

function stopsProtecting(before: Value, after: Value): boolean {
  return (
    switchedOff(before, after) || (before === "Enabled" && after === "Suspended") || (Number(before) > 0 && after === 0)
  );
}

/** A table shows its routes that are resources of their own, too, once they are made. */
function isEmptyList(value: Value): boolean {
  return isList(value) && value.length === 0;
}

function isRouteInTable(route: Value): boolean {
  return (
    typeof member(route, "route_table_id") === "string" &&
    (member(route, "destination_cidr_block") === "0.0.0.0/0" || member(route, "destination_ipv6_cidr_block") === "::/0")
  );
}

/** Returns whether a gateway, or one of a table's routes, is an internet gateway. */
function leadsToInternet(route: Value): boolean {
  return isList(route)
    ? route.some((one) => leadsToInternet(member(one, "gateway_id")))
    : typeof route === "string" && route.startsWith("igw-");
}
