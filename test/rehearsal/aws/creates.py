"""Every call by which the stacks create something, ready to be made."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, NamedTuple

from botocore import xform_name

from conftest import ACCOUNT, REGION, Aws, trust

NUMBERS = itertools.count(1)
Arguments = dict[str, Any]
PERMISSIONS = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}'
ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


class Create(NamedTuple):
    service: str
    action: str
    # Makes what the call needs, and returns its arguments.
    prepare: Callable[[Aws], Arguments]
    # What the inventory counts it as, or None if it does not.
    kind: str | None
    # For calls that take a client token: the token's name, and arguments that contradict the first.
    token: str | None = None
    other: Callable[[Aws], Arguments] | None = None

    def call(self, aws: Aws) -> Callable[..., Any]:
        return getattr(getattr(aws, self.service), xform_name(self.action))


def new(prefix: str) -> str:
    return f"{prefix}-{next(NUMBERS)}"


def vpc(aws: Aws) -> str:
    return aws.network("a")[0]


def cidr(aws: Aws) -> Arguments:
    return {"CidrBlock": "10.8.0.0/16"}


def nat_gateway(aws: Aws) -> Arguments:
    network, (subnet,) = aws.network("a")
    attach_gateway(aws, network)
    return {"SubnetId": subnet, "AllocationId": address(aws)}


def attach_gateway(aws: Aws, network: str) -> str:
    gateway = aws.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    aws.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=network)
    return gateway


def address(aws: Aws) -> str:
    return aws.ec2.allocate_address(Domain="vpc")["AllocationId"]


def route(aws: Aws) -> Arguments:
    network = vpc(aws)
    gateway = attach_gateway(aws, network)
    table = aws.ec2.create_route_table(VpcId=network)["RouteTable"]["RouteTableId"]
    return {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway}


def route_table_association(aws: Aws) -> Arguments:
    network, (subnet,) = aws.network("a")
    table = aws.ec2.create_route_table(VpcId=network)["RouteTable"]["RouteTableId"]
    return {"RouteTableId": table, "SubnetId": subnet}


def reservation(aws: Aws) -> Arguments:
    return {"SubnetId": aws.network("a")[1][0], "Cidr": "10.0.0.128/25", "ReservationType": "prefix"}


def endpoint(aws: Aws) -> Arguments:
    return {"VpcId": vpc(aws), "ServiceName": f"com.amazonaws.{REGION}.s3", "VpcEndpointType": "Gateway"}


def ingress(aws: Aws) -> Arguments:
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    return {"GroupId": aws.group(vpc(aws)), "IpPermissions": [rule]}


def flow_log(aws: Aws) -> Arguments:
    return {
        "ResourceIds": [vpc(aws)],
        "ResourceType": "VPC",
        "TrafficType": "ALL",
        "LogDestination": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:flow",
        "DeliverLogsPermissionArn": aws.role("vpc-flow-logs.amazonaws.com"),
    }


def launch_template(aws: Aws) -> Arguments:
    return {"LaunchTemplateName": new("template"), "LaunchTemplateData": {"EbsOptimized": True}}


def role_name(aws: Aws) -> str:
    return aws.role().rpartition("/")[2]


def attachment(aws: Aws) -> Arguments:
    return {"RoleName": role_name(aws), "PolicyArn": "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"}


def profile_role(aws: Aws) -> Arguments:
    name = new("profile")
    aws.iam.create_instance_profile(InstanceProfileName=name)
    return {"InstanceProfileName": name, "RoleName": role_name(aws)}


def alias(aws: Aws) -> Arguments:
    return {"AliasName": "alias/" + new("key"), "TargetKeyId": aws.kms.create_key()["KeyMetadata"]["KeyId"]}


def rule_targets(aws: Aws) -> Arguments:
    name = new("rule")
    aws.events.put_rule(Name=name, EventPattern='{"source": ["aws.ec2"]}')
    return {"Rule": name, "Targets": [{"Id": "queue", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue"}]}


def cluster(aws: Aws) -> Arguments:
    network = {"subnetIds": aws.network()[1]}
    return {"name": new("cluster"), "roleArn": aws.role("eks.amazonaws.com"), "resourcesVpcConfig": network}


def node_group(aws: Aws) -> Arguments:
    made = aws.cluster()
    return {
        "clusterName": made["name"],
        "nodegroupName": new("nodes"),
        "nodeRole": aws.role(),
        "subnets": made["resourcesVpcConfig"]["subnetIds"],
    }


def access_entry(aws: Aws) -> Arguments:
    return {"clusterName": aws.cluster()["name"], "principalArn": aws.role()}


def access_policy(aws: Aws) -> Arguments:
    entry = access_entry(aws)
    aws.eks.create_access_entry(**entry)
    return {**entry, "policyArn": ADMIN_POLICY, "accessScope": {"type": "cluster"}}


NETWORK = [
    Create("ec2", "CreateVpc", cidr, "ec2:vpc"),
    Create("ec2", "CreateSubnet", lambda aws: {"VpcId": vpc(aws), "CidrBlock": "10.0.9.0/24"}, "ec2:subnet"),
    Create("ec2", "CreateSubnetCidrReservation", reservation, None),
    Create("ec2", "CreateInternetGateway", lambda aws: {}, "ec2:internet_gateway"),
    Create("ec2", "AllocateAddress", lambda aws: {"Domain": "vpc"}, "ec2:eip"),
    Create(
        *("ec2", "CreateNatGateway", nat_gateway, "ec2:nat_gateway"),
        *("ClientToken", lambda aws: {"AllocationId": address(aws)}),
    ),
    Create(
        *("ec2", "CreateRouteTable", lambda aws: {"VpcId": vpc(aws)}, "ec2:route_table"),
        *("ClientToken", lambda aws: {"VpcId": vpc(aws)}),
    ),
    Create("ec2", "CreateRoute", route, None),
    Create("ec2", "AssociateRouteTable", route_table_association, None),
    Create(
        *("ec2", "CreateVpcEndpoint", endpoint, "ec2:vpc_endpoint"),
        *("ClientToken", lambda aws: {"VpcId": vpc(aws)}),
    ),
    Create(
        *("ec2", "CreateSecurityGroup"),
        lambda aws: {"GroupName": new("group"), "Description": "d", "VpcId": vpc(aws)},
        "ec2:security_group",
    ),
    Create("ec2", "AuthorizeSecurityGroupIngress", ingress, None),
    Create(
        *("ec2", "CreateFlowLogs", flow_log, "ec2:flow_log"),
        *("ClientToken", lambda aws: {"TrafficType": "REJECT"}),
    ),
    Create("ec2", "CreateTags", lambda aws: {"Resources": [vpc(aws)], "Tags": [{"Key": "a", "Value": "b"}]}, None),
    Create(
        *("ec2", "CreateLaunchTemplate", launch_template, "ec2:launch_template"),
        *("ClientToken", lambda aws: {"LaunchTemplateName": new("template")}),
    ),
]
IDENTITIES = [
    Create(
        *("iam", "CreateRole"),
        lambda aws: {
            "RoleName": new("lost"),
            "AssumeRolePolicyDocument": trust({"Service": "ec2.amazonaws.com"}),
        },
        "iam:role",
    ),
    Create(
        *("iam", "PutRolePolicy"),
        lambda aws: {"RoleName": role_name(aws), "PolicyName": "p", "PolicyDocument": PERMISSIONS},
        None,
    ),
    Create(*("iam", "CreatePolicy"), lambda aws: {"PolicyName": new("p"), "PolicyDocument": PERMISSIONS}, "iam:policy"),
    Create("iam", "AttachRolePolicy", attachment, None),
    Create(
        *("iam", "CreateInstanceProfile"),
        lambda aws: {"InstanceProfileName": new("profile")},
        "iam:instance_profile",
    ),
    Create("iam", "AddRoleToInstanceProfile", profile_role, None),
    Create(
        *("iam", "CreateOpenIDConnectProvider"),
        lambda aws: {"Url": f"https://oidc.example/{new('id')}", "ClientIDList": ["sts.amazonaws.com"]},
        "iam:oidc_provider",
    ),
]
OTHERS = [
    Create("kms", "CreateKey", lambda aws: {}, "kms:key"),
    Create("kms", "CreateAlias", alias, "kms:alias"),
    Create("logs", "CreateLogGroup", lambda aws: {"logGroupName": new("/log")}, "logs:log_group"),
    Create("sqs", "CreateQueue", lambda aws: {"QueueName": new("queue")}, "sqs:queue"),
    Create(
        *("events", "PutRule"),
        lambda aws: {"Name": new("rule"), "EventPattern": '{"source": ["aws.ec2"]}'},
        "events:rule",
    ),
    Create("events", "PutTargets", rule_targets, None),
]
EKS = [
    Create(
        *("eks", "CreateCluster", cluster, "eks:cluster"),
        *("clientRequestToken", lambda aws: {"version": "1.33"}),
    ),
    Create(
        *("eks", "CreateNodegroup", node_group, "eks:nodegroups"),
        *("clientRequestToken", lambda aws: {"amiType": "AL2023_x86_64_NVIDIA"}),
    ),
    Create(
        *("eks", "CreateAddon", lambda aws: {"clusterName": aws.cluster()["name"], "addonName": "coredns"}),
        *("eks:addons", "clientRequestToken", lambda aws: {"addonName": "kube-proxy"}),
    ),
    Create(
        *("eks", "CreateAccessEntry", access_entry, "eks:entries"),
        *("clientRequestToken", lambda aws: {"kubernetesGroups": ["viewers"]}),
    ),
    Create("eks", "AssociateAccessPolicy", access_policy, None),
]
CREATES = [*NETWORK, *IDENTITIES, *OTHERS, *EKS]
WITH_TOKEN = [create for create in CREATES if create.token]
