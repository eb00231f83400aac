// Prints a plan that changes as many resources as it is told, in all parts in which Terraform 1.11 writes them: `plan.ts 5000`.

const count = Number(process.argv[2]);

type Attributes = Readonly<Record<string, unknown>>;

interface Resource {
  readonly type: string;
  readonly before: Attributes;
  readonly after: Attributes;
}

function policy(index: number, ...actions: readonly string[]): string {
  const bucket = `arn:aws:s3:::bucket-${index}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "List", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
      { Effect: "Allow", Action: ["s3:GetObject", ...actions], Resource: `${bucket}/*` },
    ],
  });
}

const arn = "arn:aws:ec2:eu-central-1:111122223333";
const none = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));
const off = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));
const empty = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ""]));
const tags = (team: string, name: string) => ({
  tags: { Name: name, Team: team },
  tags_all: { Cluster: "demo", ManagedBy: "Terraform", Name: name, Team: team },
});

/** What people change, in turn: a policy, a rule, a tag, Helm's values, a subnet; each with all attributes that its provider knows. */
const kinds: readonly ((index: number) => Resource)[] = [
  (index) => {
    const role = { id: `role-${index}:policy`, name: "policy", name_prefix: "", role: `role-${index}` };
    return {
      type: "aws_iam_role_policy",
      before: { ...role, policy: policy(index) },
      after: { ...role, policy: policy(index, "s3:PutObject") },
    };
  },
  (index) => {
    const rule = {
      ...{ arn: `${arn}:security-group-rule/sgr-${index}`, id: `sgr-${index}`, security_group_rule_id: `sgr-${index}` },
      ...{ security_group_id: `sg-${index}`, from_port: 443, to_port: 443, ip_protocol: "tcp", region: "eu-central-1" },
      ...none("cidr_ipv6", "prefix_list_id", "referenced_security_group_id"),
      ...tags("platform", `rule-${index}`),
    };
    return {
      type: "aws_vpc_security_group_ingress_rule",
      before: { ...rule, cidr_ipv4: "10.0.0.0/16", description: "HTTPS from nodes" },
      after: { ...rule, cidr_ipv4: "10.0.0.0/8", description: "HTTPS from all of ours" },
    };
  },
  (index) => {
    const url = `https://sqs.eu-central-1.amazonaws.com/111122223333/queue-${index}`;
    const queue = {
      ...{ arn: `arn:aws:sqs:eu-central-1:111122223333:queue-${index}`, id: url, url, name: `queue-${index}` },
      ...{ delay_seconds: 0, kms_data_key_reuse_period_seconds: 300, max_message_size: 262144 },
      ...{ message_retention_seconds: 300, receive_wait_time_seconds: 0, visibility_timeout_seconds: 30 },
      ...{ policy: policy(index), region: "eu-central-1", sqs_managed_sse_enabled: true },
      ...empty("deduplication_scope", "fifo_throughput_limit", "kms_master_key_id", "name_prefix", "redrive_policy"),
      ...empty("redrive_allow_policy"),
      ...off("content_based_deduplication", "fifo_queue"),
      ...none("timeouts"),
    };
    return {
      type: "aws_sqs_queue",
      before: { ...queue, ...tags("one", `queue-${index}`) },
      after: { ...queue, ...tags("other", `queue-${index}`) },
    };
  },
  (index) => {
    const values = (replicas: number) => {
      const resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };
      const probe = { httpGet: { path: "/healthz", port: 8080 }, periodSeconds: 10 };
      const app = { image: { repository: "example/app", tag: "v1" }, replicas, resources, livenessProbe: probe };
      return JSON.stringify({ ...app, service: { type: "ClusterIP", port: 80 }, podAnnotations: {} }, null, 2);
    };
    const release = {
      ...{
        id: `app-${index}`,
        name: `app-${index}`,
        namespace: "apps",
        chart: "app",
        version: "1.2.3",
        status: "deployed",
      },
      ...{
        repository: "https://charts.example.com",
        timeout: 300,
        max_history: 0,
        resources: {},
        upgrade_install: true,
      },
      ...{ metadata: { app_version: "v1", chart: "app", name: `app-${index}`, revision: 3, version: "1.2.3" } },
      ...off("atomic", "cleanup_on_fail", "create_namespace", "dependency_update", "disable_crd_hooks", "force_update"),
      ...off("disable_openapi_validation", "disable_webhooks", "lint", "pass_credentials", "recreate_pods", "replace"),
      ...off("render_subchart_notes", "reset_values", "reuse_values", "skip_crds", "take_ownership"),
      ...none("description", "devel", "keyring", "manifest", "postrender", "repository_ca_file", "repository_key_file"),
      ...none("repository_cert_file", "repository_password", "repository_username", "set", "set_list", "set_sensitive"),
      ...none("set_wo", "set_wo_revision", "timeouts", "verify", "wait", "wait_for_jobs"),
    };
    return {
      type: "helm_release",
      before: { ...release, values: [values(2)] },
      after: { ...release, values: [values(3)] },
    };
  },
  (index) => {
    const subnet = {
      ...{ arn: `${arn}:subnet/subnet-${index}`, vpc_id: "vpc-1", cidr_block: "10.0.0.0/24", owner_id: "111122223333" },
      ...{ region: "eu-central-1", private_dns_hostname_type_on_launch: "ip-name", enable_lni_at_device_index: 0 },
      ...off("assign_ipv6_address_on_creation", "enable_dns64", "enable_resource_name_dns_a_record_on_launch"),
      ...off("enable_resource_name_dns_aaaa_record_on_launch", "ipv6_native", "map_customer_owned_ip_on_launch"),
      ...off("map_public_ip_on_launch"),
      ...empty("customer_owned_ipv4_pool", "ipv6_cidr_block", "ipv6_cidr_block_association_id", "outpost_arn"),
      ...none("ipv4_ipam_pool_id", "ipv4_netmask_length", "ipv6_ipam_pool_id", "ipv6_netmask_length", "timeouts"),
      ...tags("platform", `subnet-${index}`),
    };
    return {
      type: "aws_subnet",
      before: {
        ...subnet,
        id: `subnet-${index}`,
        availability_zone: "eu-central-1a",
        availability_zone_id: "euc1-az1",
      },
      after: { ...subnet, availability_zone: "eu-central-1b" },
    };
  },
];

const resources = Array.from({ length: count }, (_, index) => {
  const kind = kinds[index % kinds.length];
  if (kind === undefined) {
    throw new Error(`'${process.argv[2]}' is no number of resources; write 'plan.ts 5000'`);
  }
  const resource = kind(index);
  const name = `part_${index}`;
  return {
    ...resource,
    name,
    address: `${resource.type}.${name}`,
    provider: `hashicorp/${resource.type.split("_")[0]}`,
  };
});

function state(side: "before" | "after") {
  return {
    root_module: {
      resources: resources.map(({ address, type, name, provider, [side]: values }) => ({
        ...{
          address,
          mode: "managed",
          type,
          name,
          provider_name: provider,
          schema_version: 0,
          values,
          sensitive_values: {},
        },
      })),
    },
  };
}

process.stdout.write(
  JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: state("after"),
    resource_changes: resources.map(({ address, type, name, provider, before, after }) => {
      const replaced = type === "aws_subnet";
      return {
        ...{ address, mode: "managed", type, name, provider_name: provider },
        change: {
          actions: replaced ? ["delete", "create"] : ["update"],
          ...{ before, after },
          after_unknown: replaced ? { id: true, availability_zone_id: true } : {},
          before_sensitive: { tags: {}, tags_all: {} },
          after_sensitive: { tags: {}, tags_all: {} },
          ...(replaced ? { replace_paths: [["availability_zone"]] } : {}),
        },
        ...(replaced ? { action_reason: "replace_because_cannot_update" } : {}),
      };
    }),
    prior_state: { format_version: "1.0", terraform_version: "1.11.4", values: state("before") },
    configuration: {
      root_module: {
        resources: resources.map(({ address, type, name, after }) => ({
          ...{ address, mode: "managed", type, name, provider_config_key: "aws", schema_version: 0 },
          expressions: Object.fromEntries(
            Object.entries(after).map(([key, value]) => [key, { constant_value: value }]),
          ),
        })),
      },
    },
    timestamp: "2026-01-01T00:00:00Z",
    applyable: true,
    complete: true,
    errored: false,
  }),
);
