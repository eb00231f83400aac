"""Dependencies that AWS guards, and moto's answers as corrected."""

import pytest

from conftest import REGION


def public(aws, zones="a"):
    """A VPC with an internet gateway, a subnet and an address."""
    vpc, subnets = aws.network(zones)
    gateway = aws.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    aws.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    return vpc, subnets[0], gateway, aws.ec2.allocate_address(Domain="vpc")["AllocationId"]


def nat(aws, subnet, address):
    return aws.ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]


def endpoint(aws, vpc, subnets, groups=(), service="sts", kind="Interface", **extra):
    name = f"com.amazonaws.{REGION}.{service}"
    return aws.ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=name, VpcEndpointType=kind, SubnetIds=subnets, SecurityGroupIds=list(groups), **extra
    )["VpcEndpoint"]


def test_nat_gateway_holds_address_subnet_and_internet_gateway(aws, refused):
    vpc, subnet, gateway, address = public(aws)
    made = nat(aws, subnet, address)
    assert made["State"] == "available" and made["NatGatewayAddresses"][0]["PublicIp"]
    refused("InvalidIPAddress.InUse", aws.ec2.release_address, AllocationId=address)
    refused("DependencyViolation", aws.ec2.delete_subnet, SubnetId=subnet)
    refused("DependencyViolation", aws.ec2.detach_internet_gateway, InternetGatewayId=gateway, VpcId=vpc)
    refused("Resource.AlreadyAssociated", aws.ec2.create_nat_gateway, SubnetId=subnet, AllocationId=address)
    aws.ec2.delete_nat_gateway(NatGatewayId=made["NatGatewayId"])
    aws.ec2.release_address(AllocationId=address)
    refused("DependencyViolation", aws.ec2.delete_vpc, VpcId=vpc)  # the subnet
    aws.ec2.delete_subnet(SubnetId=subnet)
    refused("DependencyViolation", aws.ec2.delete_vpc, VpcId=vpc)  # the internet gateway
    aws.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    aws.ec2.delete_vpc(VpcId=vpc)


def test_nat_gateway_without_internet_gateway_fails(aws):
    _, subnets = aws.network("a")
    made = nat(aws, subnets[0], aws.ec2.allocate_address(Domain="vpc")["AllocationId"])
    described = aws.ec2.describe_nat_gateways(NatGatewayIds=[made["NatGatewayId"]])["NatGateways"][0]
    assert (described["State"], described["FailureCode"]) == ("failed", "Gateway.NotAttached")


def test_second_block_of_a_vpc(aws, refused):
    vpc = aws.ec2.create_vpc(CidrBlock="10.0.0.0/22")["Vpc"]["VpcId"]
    associate = aws.ec2.associate_vpc_cidr_block
    refused("InvalidVpc.Range", associate, VpcId=vpc, CidrBlock="172.16.0.0/16")
    refused("InvalidVpc.Range", associate, VpcId=vpc, CidrBlock="10.0.0.0/20")
    made = associate(VpcId=vpc, CidrBlock="100.64.0.0/16")["CidrBlockAssociation"]["AssociationId"]
    refused("InvalidVpc.Range", associate, VpcId=vpc, CidrBlock="100.64.0.0/18")
    subnet = aws.ec2.create_subnet(VpcId=vpc, CidrBlock="100.64.0.0/18")["Subnet"]["SubnetId"]
    refused("DependencyViolation", aws.ec2.disassociate_vpc_cidr_block, AssociationId=made)
    aws.ec2.delete_subnet(SubnetId=subnet)
    aws.ec2.disassociate_vpc_cidr_block(AssociationId=made)
    associate(VpcId=vpc, CidrBlock="100.64.0.0/18")


def test_missing_nat_gateway(aws, refused):
    refused("NatGatewayNotFound", aws.ec2.delete_nat_gateway, NatGatewayId="nat-0123456789abcdef0")


def test_route_targets(aws, refused):
    vpc, _, gateway, _ = public(aws)
    other, _ = aws.network("a")
    table = aws.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    foreign = aws.ec2.create_route_table(VpcId=other)["RouteTable"]["RouteTableId"]
    route = dict(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    refused("InvalidNatGatewayID.NotFound", aws.ec2.create_route, **route, NatGatewayId="nat-0123456789abcdef0")
    refused("InvalidParameterValue", aws.ec2.create_route, **{**route, "RouteTableId": foreign}, GatewayId=gateway)
    aws.ec2.create_route(**route, GatewayId=gateway)
    refused("RouteAlreadyExists", aws.ec2.create_route, **route, GatewayId=gateway)


def test_subnet_needs_a_zone_of_the_region(aws, refused):
    vpc, _ = aws.network("a")
    refused(
        "InvalidParameterValue",
        aws.ec2.create_subnet,
        VpcId=vpc,
        CidrBlock="10.0.9.0/24",
        AvailabilityZone="eu-west-1a",
    )


def test_security_group_named_by_a_rule(aws, refused):
    vpc, _ = aws.network("a")
    one, two = aws.group(vpc), aws.group(vpc)
    rule = {
        "IpProtocol": "tcp",
        "FromPort": 443,
        "ToPort": 443,
        "UserIdGroupPairs": [{"GroupId": two, "Description": "from two"}],
    }
    made = aws.ec2.authorize_security_group_ingress(GroupId=one, IpPermissions=[rule])["SecurityGroupRules"][0]
    found = aws.ec2.describe_security_group_rules(SecurityGroupRuleIds=[made["SecurityGroupRuleId"]])[
        "SecurityGroupRules"
    ][0]
    assert found["Description"] == "from two"
    refused("DependencyViolation", aws.ec2.delete_security_group, GroupId=two)
    refused("DependencyViolation", aws.ec2.delete_vpc, VpcId=vpc)
    aws.ec2.revoke_security_group_ingress(GroupId=one, SecurityGroupRuleIds=[made["SecurityGroupRuleId"]])
    aws.ec2.delete_security_group(GroupId=two)


def test_security_group_may_name_itself(aws):
    vpc, _ = aws.network("a")
    group = aws.group(vpc)
    rule = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}
    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    aws.ec2.delete_security_group(GroupId=group)


def test_default_security_group_stays(aws, refused):
    vpc, subnets = aws.network("a")
    groups = aws.ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]
    refused("CannotDelete", aws.ec2.delete_security_group, GroupId=groups[0]["GroupId"])
    aws.ec2.delete_subnet(SubnetId=subnets[0])
    aws.ec2.delete_vpc(VpcId=vpc)  # takes its default group along


def test_modify_rule_for_all_protocols(aws):
    vpc, _ = aws.network("a")
    group = aws.group(vpc)
    rule = aws.ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]
    )["SecurityGroupRules"][0]
    change = {
        "SecurityGroupRuleId": rule["SecurityGroupRuleId"],
        "SecurityGroupRule": {"IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8", "Description": "new"},
    }
    aws.ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[change])
    found = aws.ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])[
        "SecurityGroupRules"
    ][0]
    assert found["Description"] == "new" and found["FromPort"] == -1


def test_endpoint_holds_group_and_subnet(aws, refused):
    vpc, subnets = aws.network()
    group = aws.group(vpc)
    made = endpoint(aws, vpc, subnets, [group])
    refused("DependencyViolation", aws.ec2.delete_security_group, GroupId=group)
    refused("DependencyViolation", aws.ec2.delete_subnet, SubnetId=subnets[0])
    aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])
    aws.ec2.delete_security_group(GroupId=group)
    aws.ec2.delete_subnet(SubnetId=subnets[0])


SERVICES = """ecr.api ecr.dkr ec2 sts logs eks eks-auth sqs ssm
ssmmessages ec2messages elasticloadbalancing autoscaling s3 dynamodb kms cloudformation email-smtp monitoring""".split()


@pytest.mark.parametrize("service", SERVICES)
def test_endpoint_services(aws, service):
    vpc, subnets = aws.network("a")
    assert endpoint(aws, vpc, subnets, service=service, PrivateDnsEnabled=False)["State"] == "available"


def test_endpoint_refusals(aws, refused):
    vpc, subnets = aws.network("aab")
    refused("InvalidServiceName", endpoint, aws=aws, vpc=vpc, subnets=subnets[:1], service="nosuch")
    refused("InvalidParameter", endpoint, aws=aws, vpc=vpc, subnets=[], service="sts", kind="Gateway")
    refused("InvalidGroup.NotFound", endpoint, aws=aws, vpc=vpc, subnets=subnets[:1], groups=["sg-0123456789abcdef0"])
    refused("DuplicateSubnetsInSameZone", endpoint, aws=aws, vpc=vpc, subnets=subnets[:2])
    endpoint(aws, vpc, subnets[1:], PrivateDnsEnabled=True)
    assert "conflicting DNS" in refused(
        "InvalidParameter", endpoint, aws=aws, vpc=vpc, subnets=subnets[1:], PrivateDnsEnabled=True
    )
    aws.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": False})
    assert "enableDnsHostnames" in refused(
        "InvalidParameter", endpoint, aws=aws, vpc=vpc, subnets=subnets[1:], service="ec2", PrivateDnsEnabled=True
    )


def test_flow_log_role(aws, refused):
    vpc, _ = aws.network("a")
    log = dict(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestination=f"arn:aws:logs:{REGION}:111122223333:log-group:flow",
    )
    refused(
        "InvalidParameter",
        aws.ec2.create_flow_logs,
        **log,
        DeliverLogsPermissionArn="arn:aws:iam::111122223333:role/none",
    )
    refused("InvalidParameter", aws.ec2.create_flow_logs, **log, DeliverLogsPermissionArn=aws.role("ec2.amazonaws.com"))
    aws.ec2.create_flow_logs(**log, DeliverLogsPermissionArn=aws.role("vpc-flow-logs.amazonaws.com"))


def test_interface_holds_group_subnet_and_its_address(aws, refused):
    vpc, subnet, gateway, address = public(aws)
    group = aws.group(vpc)
    eni = aws.ec2.create_network_interface(SubnetId=subnet, Groups=[group])["NetworkInterface"]["NetworkInterfaceId"]
    refused("DependencyViolation", aws.ec2.delete_security_group, GroupId=group)
    refused("DependencyViolation", aws.ec2.delete_subnet, SubnetId=subnet)
    association = aws.ec2.associate_address(AllocationId=address, NetworkInterfaceId=eni)["AssociationId"]
    refused("DependencyViolation", aws.ec2.detach_internet_gateway, InternetGatewayId=gateway, VpcId=vpc)
    refused("InvalidIPAddress.InUse", aws.ec2.release_address, AllocationId=address)
    aws.ec2.disassociate_address(AssociationId=association)
    aws.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    aws.ec2.release_address(AllocationId=address)
    aws.ec2.delete_network_interface(NetworkInterfaceId=eni)
    aws.ec2.delete_security_group(GroupId=group)
    aws.ec2.delete_subnet(SubnetId=subnet)


def routes_to(aws, table, target):
    routes = aws.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return [route for route in routes if route.get("GatewayId") == target]


def test_a_gateway_endpoint_brings_routes_to_all_its_tables(aws):
    vpc, _ = aws.network("a")
    first, later = (aws.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2))
    made = endpoint(aws, vpc, [], service="s3", kind="Gateway", RouteTableIds=[first])["VpcEndpointId"]
    assert routes_to(aws, first, made) and not routes_to(aws, later, made)
    aws.ec2.modify_vpc_endpoint(VpcEndpointId=made, AddRouteTableIds=[later])
    assert routes_to(aws, later, made)[0]["DestinationPrefixListId"].startswith("pl-")
    aws.ec2.modify_vpc_endpoint(VpcEndpointId=made, RemoveRouteTableIds=[first])
    assert routes_to(aws, later, made) and not routes_to(aws, first, made)
    aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[made])
    assert not routes_to(aws, later, made)
