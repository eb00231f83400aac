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
  const kinds = [launches, tagging, endings, passing, interruptions, reads];
  return kinds.flatMap((calls) => calls(place)).map((call) => ({ ...call, holder: "aws_iam_role.karpenter" }));
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
    // A subnet that another account shares has that account in its ARN.
    ...[
      ...taken,
      ...used.map((path) => arn("ec2", path)),
      arn("ec2", "subnet/subnet-2", { account: "444455556666" }),
    ].map((resource) => ({ resource, context: {} })),
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

/** What EC2 asks about a launch template that is made, or tagged as it is made. */
function templateQuestion({ arn }: Place, tags: Tags, action = "ec2:CreateLaunchTemplate"): Question {
  const context = { ...requestTags(tags), "ec2:CreateAction": "CreateLaunchTemplate" };
  return { action, resource: arn("ec2", "launch-template/*"), context };
}

function launches(place: Place): HolderlessCall[] {
  const own = launchTags(place.cluster);
  const unpooled = launchTags(place.cluster, "");
  const validation = "controllers/nodeclass/validation.go";
  const template = (tags: Tags) => [templateQuestion(place, tags), templateQuestion(place, tags, "ec2:CreateTags")];
  return [
    allowed(
      "makes the launch template of a validation, for a NodePool without a name",
      validation,
      ...template(unpooled),
    ),
    allowed("runs CreateFleet dry, to validate", validation, ...launchQuestions(place, "CreateFleet", unpooled)),
    allowed("runs RunInstances dry, to validate", validation, ...launchQuestions(place, "RunInstances", unpooled)),
    allowed("makes a launch template", "providers/launchtemplate/launchtemplate.go", ...template(own)),
    allowed(
      "launches a node",
      "providers/instance/types.go, batcher/createfleet.go",
      ...launchQuestions(place, "CreateFleet", own),
    ),
    ...refusedLaunches(place),
  ];
}

function refusedLaunches(place: Place): HolderlessCall[] {
  const own = launchTags(place.cluster);
  const others = launchTags("other");
  const clusterTag = `kubernetes.io/cluster/${place.cluster}`;
  const elsewhere: Place = {
    ...place,
    arn: (service, path, of) => place.arn(service, path, { ...of, region: "eu-west-9" }),
  };
  return [
    ...[clusterTag, "karpenter.sh/nodepool", "eks:eks-cluster-name"].flatMap((key) => [
      refused(`makes a launch template without the tag ${key}`, templateQuestion(place, without(own, key))),
      refused(
        `tags a launch template without the tag ${key}`,
        templateQuestion(place, without(own, key), "ec2:CreateTags"),
      ),
    ]),
    ...[clusterTag, "karpenter.sh/nodepool"].map((key) =>
      refused(
        `launches from a launch template without the tag ${key}`,
        ...launchQuestions(place, "CreateFleet", own, without(own, key)),
      ),
    ),
    refused("launches from another cluster's launch template", ...launchQuestions(place, "RunInstances", own, others)),
    refused("launches a node with another cluster's tags", ...launchQuestions(place, "CreateFleet", others, own)),
    refused("launches a node without tags", ...launchQuestions(place, "RunInstances", {}, own)),
    refused("launches a node in another region", ...launchQuestions(elsewhere, "RunInstances", own)),
  ];
}

function tagging({ arn, cluster }: Place): HolderlessCall[] {
  const own = launchTags(cluster);
  const instance = arn("ec2", "instance/i-1");
  const launched = without(own, "Name");
  const claim = { Name: "ip-10-0-0-1", "karpenter.sh/nodeclaim": "default-abc", "eks:eks-cluster-name": cluster };
  const controller = "controllers/nodeclaim/tagging/controller.go";
  const tag = (resource: string, has: Tags, sets: Tags) =>
    ask("ec2:CreateTags", resource, { ...resourceTags(has), ...requestTags(sets) });
  return [
    allowed("tags a node that has joined", controller, tag(instance, launched, claim)),
    // It leaves out what is there.
    allowed(
      "names the cluster of a node that was launched without",
      controller,
      tag(instance, without(launched, "eks:eks-cluster-name"), { "eks:eks-cluster-name": cluster }),
    ),
    allowed(
      "names the claim of a node that has its other tags",
      controller,
      tag(instance, own, { "karpenter.sh/nodeclaim": "default-abc" }),
    ),
    refused("tags a node of another cluster", tag(instance, launchTags("other"), claim)),
    refused("tags a machine that has no NodePool", tag(instance, without(own, "karpenter.sh/nodepool"), claim)),
    refused("gives a node to another cluster", tag(instance, own, { "eks:eks-cluster-name": "other" })),
    refused("sets another tag of a node", tag(instance, own, { ...claim, "karpenter.sh/nodepool": "other" })),
    refused("makes anybody's instance its own", tag(instance, {}, own)),
    refused("tags a volume that is there", tag(arn("ec2", "volume/vol-1"), own, claim)),
  ];
}

function endings({ arn, cluster }: Place): HolderlessCall[] {
  const own = launchTags(cluster);
  const others = launchTags("other");
  const onInstance = (action: string, tags: Tags) => ask(action, arn("ec2", "instance/i-1"), resourceTags(tags));
  const deletion = (tags: Tags) =>
    ask("ec2:DeleteLaunchTemplate", arn("ec2", "launch-template/lt-1"), resourceTags(tags));
  return [
    allowed("ends a node", "batcher/terminateinstances.go", onInstance("ec2:TerminateInstances", own)),
    refused("ends a node of another cluster", onInstance("ec2:TerminateInstances", others)),
    refused(
      "ends a node of the managed group",
      onInstance("ec2:TerminateInstances", { [`kubernetes.io/cluster/${cluster}`]: "owned" }),
    ),
    refused("ends a machine without tags", onInstance("ec2:TerminateInstances", {})),
    refused("changes a node in place", onInstance("ec2:ModifyInstanceAttribute", own)),
    allowed(
      "deletes a launch template that it needs no more",
      "providers/launchtemplate/launchtemplate.go",
      deletion(own),
    ),
    refused("deletes another cluster's launch template", deletion(others)),
  ];
}

function passing({ arn, cluster, suffix }: Place): HolderlessCall[] {
  const iam = (path: string) => arn("iam", path, { region: "" });
  const nodes = `${cluster}-karpenter-nodes`;
  const pass = (role: string, service: string) =>
    ask("iam:PassRole", iam(`role/${role}`), { "iam:PassedToService": service });
  return [
    allowed(
      "gives nodes their role",
      "providers/launchtemplate/types.go (IamInstanceProfile)",
      pass(nodes, `ec2.${suffix}`),
    ),
    refused("gives nodes the role of the managed group", pass(`${cluster}-system-nodes`, `ec2.${suffix}`)),
    refused("gives nodes an administrator's role", pass("platform-admin", `ec2.${suffix}`)),
    refused("gives the nodes' role to a function", pass(nodes, "lambda.amazonaws.com")),
    refused("makes an instance profile", ask("iam:CreateInstanceProfile", iam("instance-profile/x"))),
    refused(
      "puts another role into its instance profile",
      ask("iam:AddRoleToInstanceProfile", iam(`instance-profile/${nodes}`)),
    ),
  ];
}

function interruptions({ arn, cluster }: Place): HolderlessCall[] {
  const queue = arn("sqs", `${cluster}-karpenter`);
  return [
    ...["sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:DeleteMessage"].map((action) =>
      allowed(`hears of interruptions: ${action}`, "providers/sqs/sqs.go", ask(action, queue)),
    ),
    refused("reads another queue", ask("sqs:ReceiveMessage", arn("sqs", "orders"))),
    refused("makes an interruption up", ask("sqs:SendMessage", queue)),
    refused("empties its queue", ask("sqs:PurgeQueue", queue)),
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
    allowed("reads prices", "providers/pricing/pricing.go", ask("pricing:GetProducts", "*")),
    allowed(
      "finds an image",
      "providers/ssm/provider.go, providers/amifamily/bottlerocket.go",
      ask("ssm:GetParameter", arn("ssm", parameter, { account: "" })),
    ),
    refused("reads somebody's parameter", ask("ssm:GetParameter", arn("ssm", "parameter/database/password"))),
    allowed(
      "finds the cluster's endpoint and version",
      "providers/version/version.go, operator/operator.go",
      ask("eks:DescribeCluster", arn("eks", `cluster/${cluster}`)),
    ),
    refused("reads another cluster", ask("eks:DescribeCluster", arn("eks", "cluster/other"))),
    allowed(
      "reads its instance profile",
      "providers/instanceprofile/instanceprofile.go",
      ask("iam:GetInstanceProfile", profile),
    ),
    allowed(
      "looks for profiles that nobody needs any more",
      "controllers/nodeclass/garbagecollection/controller.go",
      ask("iam:ListInstanceProfiles", "*"),
    ),
    refused("reads a role", ask("iam:GetRole", arn("iam", "role/platform-admin", { region: "" }))),
  ];
}
