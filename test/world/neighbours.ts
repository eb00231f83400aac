import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  type RequestLaunchTemplateData,
  type ResourceType,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import {
  CreateLoadBalancerCommand as CreateNetworkLoadBalancer,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

type Tags = Readonly<Record<string, string>>;

const list = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const specification = (ResourceType: ResourceType, tags: Tags) => [{ ResourceType, Tags: list(tags) }];

/** Where things are made by hand, and the hands. */
export function workshop(region: string, place: { readonly vpc: string; readonly subnet: string }) {
  const ec2 = new EC2Client({ region });
  const elb = new ElasticLoadBalancingClient({ region });
  const elbv2 = new ElasticLoadBalancingV2Client({ region });
  const logs = new CloudWatchLogsClient({ region });
  const { vpc, subnet } = place;
  return {
    instance: async (tags: Tags): Promise<string> => {
      const { Instances: [made] = [] } = await ec2.send(
        new RunInstancesCommand({
          ImageId: "ami-0a1b2c3d4e5f60718",
          InstanceType: "t4g.small",
          MinCount: 1,
          MaxCount: 1,
          SubnetId: subnet,
          TagSpecifications: specification("instance", tags),
        }),
      );
      return made?.InstanceId ?? "";
    },
    interface: (tags: Tags) =>
      ec2.send(
        new CreateNetworkInterfaceCommand({
          SubnetId: subnet,
          TagSpecifications: specification("network-interface", tags),
        }),
      ),
    /** @param more - what else its instances have: a profile, security groups */
    launchTemplate: (LaunchTemplateName: string, tags: Tags, more: RequestLaunchTemplateData = {}) =>
      ec2.send(
        new CreateLaunchTemplateCommand({
          LaunchTemplateName,
          LaunchTemplateData: { InstanceType: "t4g.small", ...more },
          TagSpecifications: specification("launch-template", tags),
        }),
      ),
    securityGroup: async (GroupName: string, tags: Tags): Promise<string> => {
      const { GroupId = "" } = await ec2.send(
        new CreateSecurityGroupCommand({
          GroupName,
          Description: GroupName,
          VpcId: vpc,
          TagSpecifications: specification("security-group", tags),
        }),
      );
      return GroupId;
    },
    volume: async (tags: Tags): Promise<string> => {
      const place = { AvailabilityZone: `${region}a`, Size: 1 };
      const { VolumeId = "" } = await ec2.send(
        new CreateVolumeCommand({ ...place, TagSpecifications: specification("volume", tags) }),
      );
      return VolumeId;
    },
    classic: (LoadBalancerName: string, group: string, tags: Tags) =>
      elb.send(
        new CreateLoadBalancerCommand({
          LoadBalancerName,
          Subnets: [subnet],
          SecurityGroups: [group],
          Listeners: [{ Protocol: "TCP", LoadBalancerPort: 80, InstancePort: 30080 }],
          Tags: list(tags),
        }),
      ),
    network: (Name: string, tags: Tags) =>
      elbv2.send(new CreateNetworkLoadBalancer({ Name, Type: "network", Subnets: [subnet], Tags: list(tags) })),
    targetGroup: (Name: string, tags: Tags) =>
      elbv2.send(new CreateTargetGroupCommand({ Name, Protocol: "TCP", Port: 80, VpcId: vpc, Tags: list(tags) })),
    logGroup: async (logGroupName: string, tags: Record<string, string>) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      // The stand-in remembers those of one that had this name.
      const { logGroups: [{ logGroupArn: resourceArn } = {}] = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
      );
      await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["Cluster"] }));
      await logs.send(new TagResourceCommand({ resourceArn, tags }));
    },
  };
}

/**
 * Somebody else's things, in a network of theirs: each looks like the cluster's in all but one tag or letter, or has all of its tags, and
 * lies there.
 */
export async function neighbours(region: string, name: string): Promise<void> {
  const ec2 = new EC2Client({ region });
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.99.0.0/16" }));
  const vpc = Vpc?.VpcId ?? "";
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: "10.99.0.0/24" }));
  const make = workshop(region, { vpc, subnet: Subnet?.SubnetId ?? "" });
  const owned = { [`kubernetes.io/cluster/${name}`]: "owned" };
  const shared = { [`kubernetes.io/cluster/${name}`]: "shared" };
  const others = { [`kubernetes.io/cluster/${name}-2`]: "owned", "eks:eks-cluster-name": `${name}-2` };
  const cilium = { "io.cilium/cilium-managed": "true", "io.cilium/cluster-name": name };

  await make.instance({ ...others, "karpenter.sh/nodepool": "default" });
  await make.instance({ ...shared, "eks:eks-cluster-name": name, "karpenter.sh/nodepool": "default" });
  // Owned, and not launched by Karpenter.
  await make.instance({ ...owned, Cluster: name });
  await make.interface(cilium);
  await make.interface({ ...cilium, Cluster: `${name}-2` });
  await make.interface({ Cluster: name });
  await make.launchTemplate("neighbour-1", { "eks:eks-cluster-name": name });
  await make.launchTemplate("neighbour-2", { ...others, "karpenter.k8s.aws/cluster": `${name}-2` });
  const group = await make.securityGroup("k8s-elb-neighbour-1", shared);
  await make.securityGroup("k8s-elb-neighbour-2", { ...others, "elbv2.k8s.aws/cluster": `${name}-2` });
  await make.classic("neighbour", group, shared);
  await make.network("neighbour", { "elbv2.k8s.aws/cluster": `${name}-2` });
  await make.targetGroup("neighbour", others);
  await make.logGroup(`/aws/eks/${name}/cluster-audit`, { Cluster: name });
  await make.logGroup(`/aws/eks/${name}-2/cluster`, { Cluster: name });

  // With all tags.
  const launched = { ...owned, "eks:eks-cluster-name": name };
  await make.instance({ ...launched, "karpenter.sh/nodepool": "default" });
  await make.interface({ ...cilium, Cluster: name });
  const all = await make.securityGroup("k8s-elb-neighbour-3", owned);
  await make.launchTemplate("neighbour-3", launched, { SecurityGroupIds: [all] });
  await make.launchTemplate("neighbour-4", launched);
  await make.classic("neighbour-2", group, owned);
  await make.network("neighbour-2", { "elbv2.k8s.aws/cluster": name });
  await make.targetGroup("neighbour-2", owned);
}
