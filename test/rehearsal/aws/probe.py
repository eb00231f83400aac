"""Wrong requests that AWS refuses, sent to a running emulator (source DIR/env first): which ones pass?"""

import json
import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT, REGION, NONE = "111122223333", os.environ["AWS_REGION"], "0123456789abcdef0"
ec2, iam, kms, logs, sqs, events = (
    boto3.client(s, region_name=REGION, config=Config(retries={"total_max_attempts": 1}))
    for s in "ec2 iam kms logs sqs events".split()
)


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


vpc = ec2.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.77.0.0/24", AvailabilityZone=REGION + "a")["Subnet"]["SubnetId"]
igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc)
eip = ec2.allocate_address(Domain="vpc")["AllocationId"]
nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=eip)["NatGateway"]["NatGatewayId"]
table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
one, two = (ec2.create_security_group(GroupName=n, Description=n, VpcId=vpc)["GroupId"] for n in ("one", "two"))


def rule(group, port=443):
    return [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": [{"GroupId": group}]}]


def endpoint(service):
    return ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f"com.amazonaws.{REGION}.{service}",
        VpcEndpointType="Interface",
        SubnetIds=[subnet],
        SecurityGroupIds=[one],
    )


ec2.authorize_security_group_ingress(GroupId=one, IpPermissions=rule(two))
endpoint("sts")
trust = policy(Action="sts:AssumeRole", Principal={"Service": "ec2.amazonaws.com"})
iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust)
iam.attach_role_policy(RoleName="r", PolicyArn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy")
logs.create_log_group(logGroupName="/a")
queue = sqs.create_queue(QueueName="q")["QueueUrl"]
flow = {
    "ResourceIds": [vpc],
    "ResourceType": "VPC",
    "TrafficType": "ALL",
    "LogDestination": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:none",
}

PROBES = {
    "subnet overlap": lambda: ec2.create_subnet(VpcId=vpc, CidrBlock="10.77.0.0/25"),
    "subnet outside VPC": lambda: ec2.create_subnet(VpcId=vpc, CidrBlock="10.78.0.0/24"),
    "subnet in a zone of another region": lambda: ec2.create_subnet(
        VpcId=vpc, CidrBlock="10.77.9.0/24", AvailabilityZone="eu-west-1a"
    ),
    "NAT gateway with a used address": lambda: ec2.create_nat_gateway(SubnetId=subnet, AllocationId=eip),
    "NAT gateway with a missing address": lambda: ec2.create_nat_gateway(
        SubnetId=subnet, AllocationId="eipalloc-" + NONE
    ),
    "route to a missing NAT gateway": lambda: ec2.create_route(
        RouteTableId=table, DestinationCidrBlock="10.1.0.0/16", NatGatewayId="nat-" + NONE
    ),
    "duplicate route": lambda: ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw),
    "duplicate security group name": lambda: ec2.create_security_group(GroupName="one", Description="a", VpcId=vpc),
    "duplicate security group rule": lambda: ec2.authorize_security_group_ingress(GroupId=one, IpPermissions=rule(two)),
    "rule naming a missing group": lambda: ec2.authorize_security_group_ingress(
        GroupId=one, IpPermissions=rule("sg-" + NONE, 1)
    ),
    "delete a group that a rule names": lambda: ec2.delete_security_group(GroupId=two),
    "endpoint for an unknown service": lambda: endpoint("nosuch"),
    "delete a group that an endpoint uses": lambda: ec2.delete_security_group(GroupId=one),
    "detach an internet gateway in use": lambda: ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=vpc),
    "release an address in use": lambda: ec2.release_address(AllocationId=eip),
    "delete a subnet with a NAT gateway": lambda: ec2.delete_subnet(SubnetId=subnet),
    "delete a VPC that is not empty": lambda: ec2.delete_vpc(VpcId=vpc),
    "flow log with a missing role": lambda: ec2.create_flow_logs(
        **flow, DeliverLogsPermissionArn=f"arn:aws:iam::{ACCOUNT}:role/none"
    ),
    "malformed trust policy": lambda: iam.create_role(RoleName="r2", AssumeRolePolicyDocument="{nope"),
    "trust policy without principal": lambda: iam.create_role(
        RoleName="r3", AssumeRolePolicyDocument=policy(Action="sts:AssumeRole")
    ),
    "role name over 64 characters": lambda: iam.create_role(RoleName="r" * 65, AssumeRolePolicyDocument=trust),
    "policy with an unknown element": lambda: iam.create_policy(
        PolicyName="p", PolicyDocument=policy(Actions="s3:*", Resource="*")
    ),
    "attach a missing managed policy": lambda: iam.attach_role_policy(
        RoleName="r", PolicyArn="arn:aws:iam::aws:policy/NoSuchPolicy"
    ),
    "delete a role with attachments": lambda: iam.delete_role(RoleName="r"),
    "KMS alias to a missing key": lambda: kms.create_alias(
        AliasName="alias/x", TargetKeyId="11111111-1111-1111-1111-111111111111"
    ),
    "log group with a wrong retention": lambda: logs.put_retention_policy(logGroupName="/a", retentionInDays=31),
    "malformed queue policy": lambda: sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": "{x"}),
    "malformed event pattern": lambda: events.put_rule(Name="x", EventPattern='{"source": "notalist"}'),
    "event target on a missing rule": lambda: events.put_targets(
        Rule="nope", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:q"}]
    ),
}

refused = 0
for name, probe in PROBES.items():
    try:
        probe()
        answer = "ACCEPTED"
    except ClientError as error:
        answer = error.response["Error"]["Code"]
        refused += not answer.startswith("5")
    print(f"{name:40}{answer}")
print(f"refused: {refused} of {len(PROBES)}")
