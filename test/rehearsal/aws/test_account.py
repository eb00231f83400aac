"""Whose AWS it is: account, region, partition and admins come from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, Aws, trust
from test_tokens import review, token

ROOT = Path(__file__).parents[3] / "rehearsal" / "aws"
OTHER = "444455556666"


def environment_in(folder):
    """Returns what DIR/env exports."""
    lines = (folder / "env").read_text().splitlines()
    return dict(line.removeprefix("export ").replace("'", "").split("=", 1) for line in lines)


@pytest.fixture
def started(tmp_path):
    """started(OPTIONS...): an emulator in a process of its own."""
    processes = []

    def start(*options):
        command = [sys.executable, "-m", "emulator", *options, "--", str(tmp_path)]
        processes.append(subprocess.Popen(command, cwd=ROOT))
        while not (tmp_path / "env").exists():
            assert processes[0].poll() is None
            time.sleep(0.1)
        return Aws(environment_in(tmp_path))

    yield start
    for process in processes:
        process.terminate()
        process.wait()


WORLDS = [
    ("aws-cn", "cn-north-1", "role/platform-admin", []),
    ("aws", "eu-west-1", "role/teams/platform/deployer", ["user/ops/ann", f"role/{OTHER}"]),
    ("aws-us-gov", "us-gov-west-1", "user/people/ann", ["role/deployer"]),
]


@pytest.mark.parametrize("partition, region, first, others", WORLDS, ids=[world[0] for world in WORLDS])
def test_an_account_of_ones_own(started, partition, region, first, others):
    account = "222233334444"
    arn = f"arn:{partition}:iam::{account}:"
    admins = [f"arn:{partition}:iam::{OTHER}:role/elsewhere", *(arn + name for name in [first, *others])]
    aws = started("--account", account, "--region", region, "--admin", *admins)

    name = first.rpartition("/")[2]
    session = f"arn:{partition}:sts::{account}:assumed-role/{name}/rehearsal"
    assert aws.sts.get_caller_identity()["Arn"] == (arn + first if "user/" in first else session)
    assert aws.own("inventory") == {}
    made = aws.cluster(accessConfig={"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": True})
    assert made["arn"] == f"arn:{partition}:eks:{region}:{account}:cluster/{made['name']}"
    assert aws.eks.list_access_entries(clusterName=made["name"])["accessEntries"] == [arn + first]
    for admin in [admins[0], *(arn + name for name in others)]:
        aws.eks.create_access_entry(clusterName=made["name"], principalArn=admin)
    given = aws.environment
    keys = (given["AWS_ACCESS_KEY_ID"], given["AWS_SECRET_ACCESS_KEY"], given["AWS_SESSION_TOKEN"] or None)
    user = review(aws, token(aws, boto3.Session(*keys), made["name"]))["user"]
    assert user["groups"] == ["system:masters"]
    assert user["username"] == (arn + first if "user/" in first else session)


def test_whoever_deploys_by_a_role_may_assume_it_and_do_nothing_else(started, refused):
    role = f"arn:aws:iam::{ACCOUNT}:role/teams/deployer"
    aws = started("--deployer", role)
    who = f"arn:aws:iam::{ACCOUNT}:user/rehearsal/caller"
    assert aws.sts.get_caller_identity()["Arn"] == who
    assert aws.own("inventory") == {}
    words = f"{who} is not authorized to perform"
    assert words in refused("UnauthorizedOperation", aws.ec2.describe_vpcs)
    assert words in refused("AccessDeniedException", aws.eks.list_clusters)
    assert words in refused("AccessDenied", aws.iam.list_roles)
    given = aws.sts.assume_role(RoleArn=role, RoleSessionName="terraform")["Credentials"]
    keys = ("AccessKeyId", "SecretAccessKey", "SessionToken")
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    assumed = Aws({**aws.environment, **{name: given[key] for name, key in zip(names, keys)}})
    assert assumed.sts.get_caller_identity()["Arn"].endswith(":assumed-role/deployer/terraform")
    made = assumed.cluster()
    assumed.eks.create_access_entry(clusterName=made["name"], principalArn=role)
    session = boto3.Session(*(given[key] for key in keys))
    assert "user" in review(aws, token(aws, session, made["name"]))


def test_a_role_is_assumed_by_those_whom_its_trust_policy_names(aws, refused):
    def assumed(name):
        return aws.sts.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{name}", RoleSessionName="x")

    admin = f"arn:aws:iam::{ACCOUNT}:role/platform-admin"
    session = aws.sts.get_caller_identity()["Arn"]
    for index, principal in enumerate([admin, session, f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, "*"]):
        aws.iam.create_role(RoleName=f"open-{index}", AssumeRolePolicyDocument=trust({"AWS": principal}))
        assert assumed(f"open-{index}")["Credentials"]
    for index, principal in enumerate([{"Service": "ec2.amazonaws.com"}, {"AWS": f"arn:aws:iam::{OTHER}:root"}]):
        name = f"closed-{index}"
        aws.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(principal))
        arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
        words = refused("AccessDenied", aws.sts.assume_role, RoleArn=arn, RoleSessionName="x")
        assert words == f"User: {session} is not authorized to perform: sts:AssumeRole on resource: {arn}"


def test_in_china_names_end_otherwise(started):
    aws = started("--region", "cn-north-1")
    made = aws.cluster()
    assert ".amazonaws.com.cn/id/" in made["identity"]["oidc"]["issuer"]
    assert made["endpoint"].endswith(".amazonaws.com.cn")
    assert aws.nodes(made, nodeRole=aws.role("ec2.amazonaws.com.cn"))["status"] == "ACTIVE"


def test_the_newest_release_can_be_chosen(started):
    aws = started("--bottlerocket", "1.99.0")
    made = aws.cluster()
    assert aws.nodes(made)["releaseVersion"].startswith("1.99.0-")


def test_principals_of_other_accounts_exist(aws, cluster, refused):
    role, user = f"arn:aws:iam::{OTHER}:role/teams/ops", f"arn:aws:iam::{OTHER}:user/ann"
    aws.iam.create_role(RoleName="trusts-others", AssumeRolePolicyDocument=trust({"AWS": [role, user]}))
    for arn in (role, user):
        entry = aws.eks.create_access_entry(clusterName=cluster["name"], principalArn=arn)["accessEntry"]
        assert f"/{OTHER}/" in entry["accessEntryArn"]
    refused("NoSuchEntity", aws.iam.get_role, RoleName="ops")


def test_users_of_the_account_must_exist(aws, cluster, refused):
    made = aws.iam.create_user(UserName="entry-user", Path="/people/")["User"]["Arn"]
    entry = aws.eks.create_access_entry(clusterName=cluster["name"], principalArn=made)["accessEntry"]
    assert entry["username"] == made
    missing = made.replace("entry-user", "nobody")
    refused("InvalidParameterException", aws.eks.create_access_entry, clusterName=cluster["name"], principalArn=missing)
    document = trust({"AWS": missing})
    refused("MalformedPolicyDocument", aws.iam.create_role, RoleName="trusts-nobody", AssumeRolePolicyDocument=document)


@pytest.mark.parametrize(
    "options, words",
    [
        (["--account", "12"], "has 12 digits"),
        (["--admin", "arn:aws-cn:iam::111122223333:role/a"], "another partition"),
        (["--admin", "arn:aws:sts::111122223333:assumed-role/a/b"], "not the ARN of an IAM role or user"),
        (["--admin", f"arn:aws:iam::{OTHER}:role/a"], "none of the admins"),
        (["--deployer", f"arn:aws:iam::{OTHER}:role/a"], "not the ARN of a role of account"),
        (["--deployer", f"arn:aws:iam::{ACCOUNT}:user/a"], "not the ARN of a role of account"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, options, words):
    command = [sys.executable, "-m", "emulator", *options, "--", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and words in done.stderr
    assert not (tmp_path / "env").exists()


def test_start_and_stop(tmp_path):
    """The scripts, by which other programs start an emulator."""
    start, stop = str(ROOT / "start"), str(ROOT / "stop")
    address = subprocess.run([start, "--port", "0", str(tmp_path)], capture_output=True, text=True, check=True).stdout
    try:
        assert environment_in(tmp_path)["AWS_ENDPOINT_URL"] == address.strip()
        again = subprocess.run([start, str(tmp_path)], capture_output=True, text=True)
        assert again.returncode == 1 and "already running" in again.stderr
    finally:
        subprocess.run([stop, str(tmp_path)], check=True)
    assert not (tmp_path / "env").exists() and not (tmp_path / "pid").exists()
    refused = subprocess.run([start, "--account", "12", str(tmp_path)], capture_output=True, text=True)
    assert refused.returncode == 1 and "has 12 digits" in refused.stderr


def test_keys_that_are_there_from_the_start_can_be_used_and_are_nobodys_leftovers(started):
    own = "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80"
    foreign = f"arn:aws:kms:eu-central-1:{OTHER}:key/mrk-0123456789abcdef0123456789abcdef"
    aws = started("--key", own, foreign)

    for arn in [own, foreign]:
        key = aws.kms.describe_key(KeyId=arn)["KeyMetadata"]
        assert (key["Arn"], key["KeyState"]) == (arn, "Enabled")
    assert [key["KeyArn"] for key in aws.kms.list_keys()["Keys"]] == [own]
    assert aws.kms.list_resource_tags(KeyId=own)["Tags"] == []
    assert "kms:key" not in aws.own("inventory")


def test_a_network_that_another_account_shares_is_there_and_is_changed_by_nobody(started):
    subnet = {"id": "subnet-0a1b2c3d4e5f60718", "zone": "eu-central-1a", "cidrBlock": "10.96.0.0/20"}
    network = {"vpcId": "vpc-0a1b2c3d4e5f60718", "owner": OTHER, "cidrBlock": "10.96.0.0/16"}
    aws = started("--network", json.dumps({**network, "subnets": [{**subnet, "wayOut": "NAT gateway"}]}))
    vpc = network["vpcId"]

    assert aws.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["OwnerId"] == OTHER
    assert aws.ec2.describe_subnets(SubnetIds=[subnet["id"]])["Subnets"][0]["OwnerId"] == OTHER
    for change in [
        lambda: aws.ec2.create_tags(Resources=[subnet["id"]], Tags=[{"Key": "a", "Value": "b"}]),
        lambda: aws.ec2.delete_subnet(SubnetId=subnet["id"]),
        lambda: aws.ec2.create_subnet(VpcId=vpc, CidrBlock="10.96.64.0/20"),
        lambda: aws.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": False}),
    ]:
        with pytest.raises(ClientError, match=f"belongs to account {OTHER}"):
            change()
    group = aws.ec2.create_security_group(GroupName="ours", Description="ours", VpcId=vpc)["GroupId"]
    aws.ec2.create_network_interface(SubnetId=subnet["id"], Groups=[group])


def test_of_such_a_network_nobody_sees_what_its_owner_does_not_share(started):
    ids = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712", "subnet-0a1b2c3d4e5f60713"]
    ways = ["NAT gateway", "internet gateway", "main route table"]
    subnets = [
        {"id": one, "zone": "eu-central-1a", "cidrBlock": f"10.96.{16 * place}.0/20", "wayOut": way}
        for place, (one, way) in enumerate(zip(ids, ways))
    ]
    network = {"vpcId": "vpc-0a1b2c3d4e5f60718", "owner": OTHER, "cidrBlock": "10.96.0.0/16"}
    aws = started("--network", json.dumps({**network, "secondBlock": "100.64.0.0/16", "subnets": subnets}))
    of_network = [{"Name": "vpc-id", "Values": [network["vpcId"]]}]

    (vpc,) = aws.ec2.describe_vpcs(VpcIds=[network["vpcId"]])["Vpcs"]
    assert [one["CidrBlock"] for one in vpc["CidrBlockAssociationSet"]] == ["10.96.0.0/16", "100.64.0.0/16"]
    assert vpc.get("Tags", []) == []
    shown = aws.ec2.describe_subnets(Filters=of_network)["Subnets"]
    assert sorted(one["SubnetId"] for one in shown) == ids
    assert [one.get("Tags", []) for one in shown] == [[], [], []]
    tables = aws.ec2.describe_route_tables(Filters=of_network)["RouteTables"]
    assert sorted(one["SubnetId"] for table in tables for one in table["Associations"]) == ids[:2]
    assert aws.ec2.describe_nat_gateways(Filters=of_network)["NatGateways"] == []
    assert aws.ec2.describe_network_interfaces(Filters=of_network)["NetworkInterfaces"] == []
    assert aws.ec2.describe_addresses()["Addresses"] == []
    resources = [{"Name": "resource-id", "Values": [network["vpcId"], *ids]}]
    assert aws.ec2.describe_tags(Filters=resources)["Tags"] == []
    inventory = aws.own("inventory")
    assert len(inventory["ec2:subnet"]) == 4
    assert len(inventory["ec2:nat_gateway"]) == 1
