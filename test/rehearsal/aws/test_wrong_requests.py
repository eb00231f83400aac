"""Requests that are wrong in one way each, in an account that holds a little of everything."""

import json

from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION

NONE = "0123456789abcdef0"


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def answer(request):
    """Returns the code of the refusal."""
    try:
        request()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "ACCEPTED"


def test_wrong_requests_are_refused(aws):
    ec2, iam, kms, logs, sqs, events = aws.ec2, aws.iam, aws.kms, aws.logs, aws.sqs, aws.events
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

    requests = {
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
        "duplicate route": lambda: ec2.create_route(
            RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw
        ),
        "duplicate security group name": lambda: ec2.create_security_group(GroupName="one", Description="a", VpcId=vpc),
        "duplicate security group rule": lambda: ec2.authorize_security_group_ingress(
            GroupId=one, IpPermissions=rule(two)
        ),
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
        "policy of unknown element": lambda: iam.create_policy(
            PolicyName="p", PolicyDocument=policy(Actions="s3:*", Resource="*")
        ),
        "missing managed policy": lambda: iam.attach_role_policy(
            RoleName="r", PolicyArn="arn:aws:iam::aws:policy/NoSuchPolicy"
        ),
        "delete a role with attachments": lambda: iam.delete_role(RoleName="r"),
        "KMS alias to a missing key": lambda: kms.create_alias(
            AliasName="alias/x", TargetKeyId="11111111-1111-1111-1111-111111111111"
        ),
        "log group with a wrong retention": lambda: logs.put_retention_policy(logGroupName="/a", retentionInDays=31),
        "malformed queue policy": lambda: sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": "{x"}),
        "wrong event pattern": lambda: events.put_rule(Name="x", EventPattern='{"source": "notalist"}'),
        "target on a missing rule": lambda: events.put_targets(
            Rule="nope", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:q"}]
        ),
    }
    answers = {name: answer(request) for name, request in requests.items()}
    assert {name: code for name, code in answers.items() if code == "ACCEPTED" or code.startswith("5")} == {}
