"""Inventory, journal and faults."""

import time

import pytest
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, HTTPClientError

from conftest import trust


def test_journal_records_changes_in_order(aws):
    begin = len(aws.own("journal"))
    vpc = aws.ec2.create_vpc(
        CidrBlock="10.9.0.0/16",
        TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "named"}]}],
    )["Vpc"]["VpcId"]
    aws.ec2.describe_vpcs()
    aws.iam.create_role(
        RoleName="journalled",
        Tags=[{"Key": "a", "Value": "b"}],
        AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}),
    )
    aws.ec2.delete_vpc(VpcId=vpc)
    aws.logs.create_log_group(logGroupName="/journalled")
    cluster = aws.cluster(name="journalled")
    aws.nodes(cluster, nodegroupName="nodes")
    seen = [(e["service"], e["action"], e["resource"]) for e in aws.own("journal")[begin:]]
    assert seen[:4] == [
        ("ec2", "CreateVpc", f"named {vpc}"),
        ("iam", "CreateRole", "journalled"),
        ("ec2", "DeleteVpc", vpc),
        ("logs", "CreateLogGroup", "/journalled"),
    ]
    assert any(s[:2] == ("eks", "CreateCluster") and "journalled" in s[2] for s in seen)
    assert seen[-1][:2] == ("eks", "CreateNodegroup") and "nodes" in seen[-1][2]
    assert [e["n"] for e in aws.own("journal")] == list(range(1, len(aws.own("journal")) + 1))


def test_refusals_are_in_the_journal(aws, refused):
    refused("InvalidVpcID.NotFound", aws.ec2.delete_vpc, VpcId="vpc-0123456789abcdef0")
    assert aws.own("journal")[-1]["status"] == 400


@pytest.mark.parametrize(
    "service, action, call, arguments",
    [
        ("ec2", "CreateVpc", "create_vpc", {"CidrBlock": "10.9.0.0/16"}),
        ("iam", "ListRoles", "list_roles", {}),
        ("sqs", "CreateQueue", "create_queue", {"QueueName": "faulty"}),
        ("kms", "CreateKey", "create_key", {}),
        ("eks", "ListClusters", "list_clusters", {}),
    ],
)
@pytest.mark.parametrize(
    "status, code", [(500, "InternalFailure"), (400, "ThrottlingException"), (503, "ServiceUnavailable")]
)
def test_faults(aws, refused, service, action, call, arguments, status, code):
    aws.own("fail", {"service": service, "action": action, "times": 2, "status": status, "code": code})
    for _ in range(2):
        refused(code, getattr(getattr(aws, service), call), **arguments)
    getattr(getattr(aws, service), call)(**arguments)


def test_closed_connection(aws):
    aws.own("fail", {"service": "eks", "action": "ListClusters", "status": 0})
    with pytest.raises((ConnectionClosedError, EndpointConnectionError, HTTPClientError)):
        aws.eks.list_clusters()
    aws.eks.list_clusters()


def test_lost_answer(aws, refused):
    """The change happens, its answer does not arrive."""
    aws.own("fail", {"service": "iam", "action": "CreateRole", "resource": "lost", "status": 500, "after": True})
    document = trust({"Service": "ec2.amazonaws.com"})
    aws.iam.create_role(RoleName="other", AssumeRolePolicyDocument=document)  # the fault names another resource
    refused("InternalFailure", aws.iam.create_role, RoleName="lost", AssumeRolePolicyDocument=document)
    refused("EntityAlreadyExists", aws.iam.create_role, RoleName="lost", AssumeRolePolicyDocument=document)


def test_slow_answer_and_clear(aws, refused):
    aws.own("fail", {"service": "eks", "times": 100, "delay": 0.3})
    begin = time.time()
    refused("InternalFailure", aws.eks.list_clusters)
    assert time.time() - begin > 0.3
    assert aws.own("fail")
    assert aws.own("fail", method="DELETE") == []
    aws.eks.list_clusters()


def test_inventory_of_a_network_and_cluster(aws):
    before = aws.own("inventory")
    vpc, subnets = aws.network()
    cluster = aws.cluster(subnets=subnets)
    made = {k: set(v) - set(before.get(k, [])) for k, v in aws.own("inventory").items()}
    assert made["ec2:vpc"] == {vpc} and made["ec2:subnet"] == set(subnets) and made["eks:cluster"] == {cluster["name"]}
    assert len(made["ec2:security_group"]) == 2 and len(made["iam:role"]) == 1
    aws.eks.delete_cluster(name=cluster["name"])
    aws.iam.delete_role(RoleName=made["iam:role"].pop())
    for subnet in subnets:
        aws.ec2.delete_subnet(SubnetId=subnet)
    aws.ec2.delete_vpc(VpcId=vpc)
    assert aws.own("inventory") == before
