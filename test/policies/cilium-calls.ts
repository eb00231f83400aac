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

/** Tags of what Cilium's operator makes: `ciliumInterfaceTags` of platform/names.ts, and those of the cluster. */
function interfaceTags(cluster: string): Tags {
  return { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": cluster, Cluster: cluster };
}

/**
 * What Cilium 1.20's operator calls. Its sources are those of cilium/cilium at v1.20.2; what EC2 asks about for each is in the Service
 * Authorization Reference, "Amazon EC2".
 */
export function ciliumCalls(place: Place): Call[] {
  return [...reads(place), ...creations(place), ...uses(place), ...deletions(place)].map(({ questions, ...call }) => ({
    // Every call says where it goes.
    questions: questions.map((one) => ({ ...one, context: { "aws:RequestedRegion": place.region, ...one.context } })),
    ...call,
    holder: "aws_iam_role.cilium_operator",
  }));
}

const api = "pkg/aws/api/api.go";
const node = `pkg/aws/ipam/node.go, ${api}`;
const elsewhere = "eu-west-9";

function reads({ region }: Place): HolderlessCall[] {
  const kinds = ["InstanceTypes", "NetworkInterfaces", "RouteTables", "SecurityGroups", "Subnets", "Vpcs"];
  const read = (kind: string, where: string) => ask(`ec2:Describe${kind}`, "*", { "aws:RequestedRegion": where });
  return kinds.flatMap((kind) => [
    allowed(`reads ${kind}`, api, read(kind, region)),
    refused(`reads ${kind} of another region`, read(kind, elsewhere)),
  ]);
}

function creations({ arn, cluster }: Place): HolderlessCall[] {
  const made = arn("ec2", "network-interface/*");
  const own = interfaceTags(cluster);
  const creation = (tags: Tags): Question[] => [
    ask("ec2:CreateNetworkInterface", made, requestTags(tags)),
    ask("ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-1")),
    ask("ec2:CreateNetworkInterface", arn("ec2", "security-group/sg-1")),
    ask("ec2:CreateTags", made, { ...requestTags(tags), "ec2:CreateAction": "CreateNetworkInterface" }),
  ];
  return [
    allowed("makes an interface, with the tags of its cluster", node, ...creation(own)),
    allowed(
      "makes an interface in a subnet that another account shares",
      node,
      ask("ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-1", { account: "444455556666" })),
    ),
    refused("makes an interface with another cluster's tags", ...creation(interfaceTags("other"))),
    refused("makes an interface without tags", ask("ec2:CreateNetworkInterface", made, requestTags({}))),
    refused(
      "makes anybody's interface its own",
      ask("ec2:CreateTags", arn("ec2", "network-interface/eni-1"), requestTags(own)),
    ),
    refused(
      "tags an instance",
      ask("ec2:CreateTags", arn("ec2", "instance/*"), { "ec2:CreateAction": "CreateNetworkInterface" }),
    ),
  ];
}

function uses({ arn, cluster }: Place): HolderlessCall[] {
  const eni = "network-interface/eni-1";
  const use = (action: string, tags: Tags) => [
    ask(`ec2:${action}`, arn("ec2", eni), resourceTags(tags)),
    ask(`ec2:${action}`, arn("ec2", "instance/i-1")),
  ];
  const assign = "ec2:AssignPrivateIpAddresses";
  return [
    allowed("attaches the interface that it made", node, ...use("AttachNetworkInterface", interfaceTags(cluster))),
    refused("attaches another cluster's interface", ...use("AttachNetworkInterface", interfaceTags("other"))),
    refused("attaches anybody's interface", ...use("AttachNetworkInterface", {})),
    allowed(
      "has the interface that it made go with its instance",
      node,
      ...use("ModifyNetworkInterfaceAttribute", interfaceTags(cluster)),
    ),
    refused("changes anybody's interface", ...use("ModifyNetworkInterfaceAttribute", {})),
    allowed(
      "gives a prefix to an interface, of which the node's first has none of its tags",
      `${node} (AssignENIPrefixes)`,
      ask(assign, arn("ec2", eni), resourceTags({ Cluster: cluster })),
    ),
    refused(
      "gives one in another region",
      ask(assign, arn("ec2", eni, { region: elsewhere }), { "aws:RequestedRegion": elsewhere }),
    ),
  ];
}

function deletions({ arn, cluster }: Place): HolderlessCall[] {
  const deletion = (tags: Tags) =>
    ask("ec2:DeleteNetworkInterface", arn("ec2", "network-interface/eni-1"), resourceTags(tags));
  const own = interfaceTags(cluster);
  return [
    allowed("deletes what it could not attach", "pkg/aws/ipam/node.go", deletion(own)),
    allowed("collects what no node has any more", "pkg/aws/ipam/eni_gc.go", deletion(own)),
    refused("deletes an interface without its tags", deletion({})),
    refused("deletes another cluster's interface", deletion(interfaceTags("other"))),
    refused("ends an instance", ask("ec2:TerminateInstances", arn("ec2", "instance/i-1"))),
  ];
}
