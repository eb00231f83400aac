import {
  allowed,
  ask,
  type Call,
  type HolderlessCall,
  type Place,
  refused,
  requestTags,
  resourceTags,
  type Tags,
} from "./call";
import type { Question } from "./decision";

/** What Karpenter 1.14 calls. Its sources are those of aws/karpenter-provider-aws at v1.14.3, below `pkg/`. */
export function karpenterCalls(place: Place): Call[] {
  return [...launches(place), ...changes(place), ...reads(place)].map((call) => ({
    ...call,
    holder: "aws_iam_role.karpenter",
  }));
}

/** Tags of all that a launch makes (utils/utils.go, GetTags). */
function launchTags(cluster: string, nodePool = "default"): Tags {
  return {
    [`kubernetes.io/cluster/${cluster}`]: "owned",
    "karpenter.sh/nodepool": nodePool,
    "eks:eks-cluster-name": cluster,
    "karpenter.k8s.aws/ec2nodeclass": "default",
    Name: `${cluster}-karpenter`,
  };
}

function without(tags: Tags, key: string): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => name !== key));
}

/**
 * What EC2 asks about when something is launched: what is used, the launch template, and what is made and tagged (Service Authorization
 * Reference, "Amazon EC2"). A fleet is asked for what its instances are.
 */
function launchQuestions(place: Place, action: string, tags: Tags, template = tags): readonly Question[] {
  const { arn } = place;
  const createAction = { "ec2:CreateAction": action };
  const taken = ["image/ami-1", "snapshot/snap-1"].map((path) => arn("ec2", path, { account: "" }));
  const used = ["security-group/sg-1", "subnet/subnet-1", "capacity-reservation/cr-1", "placement-group/pg-1"];
  const made = ["instance", "volume", "network-interface", ...(action === "CreateFleet" ? fleetKinds : [])];
  const context = requestTags(tags);
  return [
    ...[...taken, ...used.map((path) => arn("ec2", path))].map((resource) => ({ resource, context: {} })),
    { resource: arn("ec2", "launch-template/lt-1"), context: resourceTags(template) },
    ...made.map((kind) => ({ resource: arn("ec2", `${kind}/*`), context })),
  ]
    .map((about): Question => ({ action: `ec2:${action}`, ...about }))
    .concat(
      made.map((kind) => ({
        action: "ec2:CreateTags",
        resource: arn("ec2", `${kind}/*`),
        context: { ...context, ...createAction },
      })),
    );
}

/** Tagged too: the fleet by its request, requests for spot instances by the launch template. */
const fleetKinds = ["fleet", "spot-instances-request"];

function launches(place: Place): HolderlessCall[] {
  const { arn, cluster } = place;
  const own = launchTags(cluster);
  const others = launchTags("other");
  const template = (tags: Tags, action = "ec2:CreateLaunchTemplate"): Question => ({
    action,
    resource: arn("ec2", "launch-template/*"),
    context: { ...requestTags(tags), "ec2:CreateAction": "CreateLaunchTemplate" },
  });
  const unpooled = launchTags(cluster, "");
  const validation = "controllers/nodeclass/validation.go";
  const made: [string, string, readonly Question[]][] = [
    [
      "makes the launch template of a validation, with a NodePool that has no name",
      validation,
      [template(unpooled), template(unpooled, "ec2:CreateTags")],
    ],
    ["runs CreateFleet dry, to validate", validation, launchQuestions(place, "CreateFleet", unpooled)],
    ["runs RunInstances dry, to validate", validation, launchQuestions(place, "RunInstances", unpooled)],
    [
      "makes a launch template",
      "providers/launchtemplate/launchtemplate.go",
      [template(own), template(own, "ec2:CreateTags")],
    ],
    [
      "launches a node",
      "providers/instance/types.go, batcher/createfleet.go",
      launchQuestions(place, "CreateFleet", own),
    ],
  ];
  const lost = [`kubernetes.io/cluster/${cluster}`, "karpenter.sh/nodepool", "eks:eks-cluster-name"];
  const unmade: [string, readonly Question[]][] = [
    ...lost.flatMap((key): [string, readonly Question[]][] => [
      [`makes a launch template without the tag ${key}`, [template(without(own, key))]],
      [`tags a launch template without the tag ${key}`, [template(without(own, key), "ec2:CreateTags")]],
    ]),
    ...["karpenter.sh/nodepool", `kubernetes.io/cluster/${cluster}`].map((key): [string, readonly Question[]] => [
      `launches from a launch template without the tag ${key}`,
      launchQuestions(place, "CreateFleet", own, without(own, key)),
    ]),
    ["launches from another cluster's launch template", launchQuestions(place, "RunInstances", own, others)],
    ["launches a node with another cluster's tags", launchQuestions(place, "CreateFleet", others, own)],
    ["launches a node without tags", launchQuestions(place, "RunInstances", {}, own)],
    [
      "launches a node in another region",
      launchQuestions(
        { ...place, arn: (service, path, of) => arn(service, path, { ...of, region: "eu-west-9" }) },
        "RunInstances",
        own,
      ),
    ],
  ];
  return [
    ...made.map(([what, source, questions]) => allowed(what, source, ...questions)),
    ...unmade.map(([what, questions]) => refused(what, ...questions)),
  ];
}

function changes({ arn, cluster, region, suffix }: Place): HolderlessCall[] {
  const own = launchTags(cluster);
  const others = launchTags("other");
  const instance = arn("ec2", "instance/i-1");
  const template = arn("ec2", "launch-template/lt-1");
  const claim = { Name: "ip-10-0-0-1", "karpenter.sh/nodeclaim": "default-abc", "eks:eks-cluster-name": cluster };
  const tag = (resource: string, has: Tags, sets: Tags) =>
    ask("ec2:CreateTags", resource, { ...resourceTags(has), ...requestTags(sets) });
  const pass = (role: string, service: string) =>
    ask("iam:PassRole", arn("iam", `role/${role}`, { region: "" }), { "iam:PassedToService": service });
  const launched = without(own, "Name");
  const nodes = `${cluster}-karpenter-nodes`;
  return [
    allowed(
      "tags a node that has joined",
      "controllers/nodeclaim/tagging/controller.go",
      tag(instance, launched, claim),
    ),
    allowed(
      "gives its own name alone to a node of a release that did not set it",
      "controllers/nodeclaim/tagging/controller.go (tags that are there are left out)",
      tag(instance, without(launched, "eks:eks-cluster-name"), { "eks:eks-cluster-name": cluster }),
    ),
    allowed(
      "names the claim of a node that has its other tags",
      "controllers/nodeclaim/tagging/controller.go (tags that are there are left out)",
      tag(instance, own, { "karpenter.sh/nodeclaim": "default-abc" }),
    ),
    refused("tags a node of another cluster", tag(instance, others, claim)),
    refused("tags a machine that has no NodePool", tag(instance, without(own, "karpenter.sh/nodepool"), claim)),
    refused("gives a node to another cluster", tag(instance, own, { "eks:eks-cluster-name": "other" })),
    refused("sets another tag of a node", tag(instance, own, { ...claim, "karpenter.sh/nodepool": "other" })),
    refused("makes anybody's instance its own", tag(instance, {}, own)),
    refused("tags a volume that is there", tag(arn("ec2", "volume/vol-1"), own, claim)),
    allowed("ends a node", "batcher/terminateinstances.go", ask("ec2:TerminateInstances", instance, resourceTags(own))),
    refused("ends a node of another cluster", ask("ec2:TerminateInstances", instance, resourceTags(others))),
    refused(
      "ends a node of the managed group",
      ask("ec2:TerminateInstances", instance, resourceTags({ [`kubernetes.io/cluster/${cluster}`]: "owned" })),
    ),
    refused("ends a machine without tags", ask("ec2:TerminateInstances", instance, {})),
    allowed(
      "deletes a launch template that it needs no more",
      "providers/launchtemplate/launchtemplate.go",
      ask("ec2:DeleteLaunchTemplate", template, resourceTags(own)),
    ),
    refused(
      "deletes another cluster's launch template",
      ask("ec2:DeleteLaunchTemplate", template, resourceTags(others)),
    ),
    refused("changes a node in place", ask("ec2:ModifyInstanceAttribute", instance, resourceTags(own))),
    allowed(
      "gives nodes their role",
      "providers/launchtemplate/types.go (IamInstanceProfile)",
      pass(nodes, `ec2.${suffix}`),
    ),
    refused("gives nodes the role of the managed group", pass(`${cluster}-system-nodes`, `ec2.${suffix}`)),
    refused("gives nodes an administrator's role", pass("platform-admin", `ec2.${suffix}`)),
    refused("gives the nodes' role to a function", pass(nodes, "lambda.amazonaws.com")),
    refused(
      "makes an instance profile",
      ask("iam:CreateInstanceProfile", arn("iam", "instance-profile/x", { region: "" }), {}),
    ),
    refused(
      "puts another role into its instance profile",
      ask("iam:AddRoleToInstanceProfile", arn("iam", `instance-profile/${nodes}`, { region: "" }), {}),
    ),
    ...queueCalls({ arn, cluster, region }),
  ];
}

function queueCalls({ arn, cluster }: Pick<Place, "arn" | "cluster" | "region">): HolderlessCall[] {
  const queue = arn("sqs", `${cluster}-karpenter`);
  return [
    ...["sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:DeleteMessage"].map((action) =>
      allowed(`hears of interruptions: ${action}`, "providers/sqs/sqs.go", ask(action, queue, {})),
    ),
    refused("reads another queue", ask("sqs:ReceiveMessage", arn("sqs", "orders"), {})),
    refused("makes an interruption up", ask("sqs:SendMessage", queue, {})),
    refused("empties its queue", ask("sqs:PurgeQueue", queue, {})),
  ];
}

/** What it reads of EC2, and where. */
const described: Readonly<Record<string, string>> = {
  CapacityReservations: "providers/capacityreservation/provider.go",
  Images: "providers/amifamily/ami.go",
  InstanceStatus: "providers/instancestatus/instancestatus.go",
  InstanceTypeOfferings: "providers/instancetype/instancetype.go",
  InstanceTypes: "providers/instancetype/instancetype.go, operator/operator.go (a dry run, at its start)",
  Instances: "batcher/describeinstances.go",
  LaunchTemplates: "providers/launchtemplate/launchtemplate.go",
  PlacementGroups: "providers/placementgroup/provider.go",
  SecurityGroups: "providers/securitygroup/securitygroup.go",
  SpotPriceHistory: "providers/pricing/pricing.go",
  Subnets: "providers/subnet/subnet.go",
};

function reads({ arn, cluster, region }: Place): HolderlessCall[] {
  const profile = arn("iam", `instance-profile/${cluster}-karpenter-nodes`, { region: "" });
  const parameter = "parameter/aws/service/bottlerocket/aws-k8s-1.36/arm64/1.66.0/image_id";
  return [
    ...Object.entries(described).flatMap(([kind, source]) => [
      allowed(`reads ${kind}`, source, ask(`ec2:Describe${kind}`, "*", { "aws:RequestedRegion": region })),
      refused(
        `reads ${kind} of another region`,
        ask(`ec2:Describe${kind}`, "*", { "aws:RequestedRegion": "eu-west-9" }),
      ),
    ]),
    allowed("reads prices", "providers/pricing/pricing.go", ask("pricing:GetProducts", "*", {})),
    allowed(
      "finds an image",
      "providers/ssm/provider.go, providers/amifamily/bottlerocket.go",
      ask("ssm:GetParameter", arn("ssm", parameter, { account: "" }), {}),
    ),
    refused("reads somebody's parameter", ask("ssm:GetParameter", arn("ssm", "parameter/database/password"), {})),
    allowed(
      "finds the cluster's endpoint and version",
      "providers/version/version.go, operator/operator.go",
      ask("eks:DescribeCluster", arn("eks", `cluster/${cluster}`), {}),
    ),
    refused("reads another cluster", ask("eks:DescribeCluster", arn("eks", "cluster/other"), {})),
    allowed(
      "reads its instance profile",
      "providers/instanceprofile/instanceprofile.go",
      ask("iam:GetInstanceProfile", profile, {}),
    ),
    allowed(
      "looks for profiles that nobody needs any more",
      "controllers/nodeclass/garbagecollection/controller.go",
      ask("iam:ListInstanceProfiles", "*"),
    ),
    refused("reads a role", ask("iam:GetRole", arn("iam", "role/platform-admin", { region: "" }), {})),
  ];
}
