import { allowed, ask, type Call, type Place, refused, requestTags, resourceTags, type Tags } from "./call";
import type { Question } from "./decision";

/** Tags of what Cilium's operator makes: `ciliumInterfaceTags` of platform/names.ts, and those of the cluster. */
function interfaceTags(cluster: string): Tags {
  return { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": cluster, Cluster: cluster };
}

/**
 * What Cilium 1.20's operator calls. Its sources are those of cilium/cilium at v1.20.2; what EC2 asks about for each is in the Service
 * Authorization Reference, "Amazon EC2".
 */
export function ciliumCalls({ arn, cluster, region }: Place): Call[] {
  const made = arn("ec2", "network-interface/*");
  const known = arn("ec2", "network-interface/eni-1");
  const own = interfaceTags(cluster);
  const others = interfaceTags("other");
  const creation = (tags: Tags): Question[] => [
    ask("ec2:CreateNetworkInterface", made, requestTags(tags)),
    ask("ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-1")),
    ask("ec2:CreateNetworkInterface", arn("ec2", "security-group/sg-1")),
    ask("ec2:CreateTags", made, { ...requestTags(tags), "ec2:CreateAction": "CreateNetworkInterface" }),
  ];
  const attachment = (tags: Tags, action = "ec2:AttachNetworkInterface") => [
    ask(action, known, resourceTags(tags)),
    ask(action, arn("ec2", "instance/i-1")),
  ];
  const modification = "ec2:ModifyNetworkInterfaceAttribute";
  const api = "pkg/aws/api/api.go";
  const node = `pkg/aws/ipam/node.go, ${api}`;
  const elsewhere = (path: string) => arn("ec2", path, { region: "eu-west-9" });
  const reads = ["InstanceTypes", "NetworkInterfaces", "RouteTables", "SecurityGroups", "Subnets", "Vpcs"];
  return [
    ...reads.flatMap((kind) => [
      allowed(`reads ${kind}`, api, ask(`ec2:Describe${kind}`, "*", { "aws:RequestedRegion": region })),
      refused(
        `reads ${kind} of another region`,
        ask(`ec2:Describe${kind}`, "*", { "aws:RequestedRegion": "eu-west-9" }),
      ),
    ]),
    allowed("makes an interface, with the tags of its cluster", node, ...creation(own)),
    refused("makes an interface with another cluster's tags", ...creation(others)),
    refused("makes an interface without tags", ask("ec2:CreateNetworkInterface", made, requestTags({}))),
    allowed("attaches the interface that it made", node, ...attachment(own)),
    refused("attaches another cluster's interface", ...attachment(others)),
    refused("attaches anybody's interface", ...attachment({})),
    allowed("has the interface that it made go with its instance", node, ...attachment(own, modification)),
    refused("changes anybody's interface", ...attachment({}, modification)),
    allowed(
      "gives a prefix to an interface, of which the node's first has none of its tags",
      `${node} (AssignENIPrefixes)`,
      ask("ec2:AssignPrivateIpAddresses", known, resourceTags({ Cluster: cluster })),
    ),
    refused(
      "gives one in another region",
      ask("ec2:AssignPrivateIpAddresses", elsewhere("network-interface/eni-1"), { "aws:RequestedRegion": "eu-west-9" }),
    ),
    allowed(
      "deletes what it could not attach",
      "pkg/aws/ipam/node.go",
      ask("ec2:DeleteNetworkInterface", known, resourceTags(own)),
    ),
    allowed(
      "collects what no node has any more",
      "pkg/aws/ipam/eni_gc.go",
      ask("ec2:DeleteNetworkInterface", known, resourceTags(own)),
    ),
    refused("deletes an interface without its tags", ask("ec2:DeleteNetworkInterface", known)),
    refused("deletes another cluster's interface", ask("ec2:DeleteNetworkInterface", known, resourceTags(others))),
    refused("makes anybody's interface its own", ask("ec2:CreateTags", known, requestTags(own))),
    refused(
      "tags an instance that it launches",
      ask("ec2:CreateTags", arn("ec2", "instance/*"), { "ec2:CreateAction": "CreateNetworkInterface" }),
    ),
    refused("ends an instance", ask("ec2:TerminateInstances", arn("ec2", "instance/i-1"))),
  ].map(({ questions, ...call }) => ({
    // Every call says where it goes.
    questions: questions.map((one) => ({ ...one, context: { "aws:RequestedRegion": region, ...one.context } })),
    ...call,
    holder: "aws_iam_role.cilium_operator",
  }));
}
