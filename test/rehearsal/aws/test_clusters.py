"""Clusters, and what EKS refuses of them."""

from conftest import ACCOUNT, REGION, update_of


def test_cluster_as_described(aws, cluster):
    assert (
        cluster["status"] == "ACTIVE" and cluster["arn"] == f"arn:aws:eks:{REGION}:{ACCOUNT}:cluster/{cluster['name']}"
    )
    assert cluster["identity"]["oidc"]["issuer"].startswith(f"https://oidc.eks.{REGION}.amazonaws.com/id/")
    assert (
        cluster["createdAt"] and cluster["certificateAuthority"]["data"] and cluster["endpoint"].startswith("https://")
    )
    assert cluster["name"] in aws.eks.list_clusters()["clusters"]
    group = aws.ec2.describe_security_groups(GroupIds=[cluster["resourcesVpcConfig"]["clusterSecurityGroupId"]])[
        "SecurityGroups"
    ][0]
    assert group["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"] == group["GroupId"]


def test_create_cluster_refusals(aws, refused):
    vpc, subnets = aws.network("abc")
    _, elsewhere = aws.network("ab")
    net = lambda **v: {"resourcesVpcConfig": {"subnetIds": subnets, **v}}  # noqa: E731
    wrong = [
        ({"resourcesVpcConfig": {"subnetIds": subnets[:1]}}, "two different AZs"),
        ({"resourcesVpcConfig": {"subnetIds": [subnets[0], "subnet-0123456789abcdef0"]}}, "does not exist"),
        ({"resourcesVpcConfig": {"subnetIds": [subnets[0], elsewhere[1]]}}, "one VPC"),
        (net(securityGroupIds=["sg-0123456789abcdef0"]), "does not exist"),
        (net(endpointPublicAccess=False), "cannot be disabled"),
        (net(publicAccessCidrs=["10.0.0.0/8"]), "publicAccessCidrs"),
        (net(publicAccessCidrs=["nonsense"]), "publicAccessCidrs"),
        ({"roleArn": f"arn:aws:iam::{ACCOUNT}:role/none"}, "could not be assumed"),
        ({"roleArn": aws.role("ec2.amazonaws.com")}, "could not be assumed"),
        ({"version": "1.12"}, "Kubernetes version"),
        ({"kubernetesNetworkConfig": {"serviceIpv4Cidr": "10.0.0.0/20"}}, "overlaps"),
        ({"kubernetesNetworkConfig": {"serviceIpv4Cidr": "100.64.0.0/16"}}, "private"),
        (
            {"encryptionConfig": [{"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:x:y:key/none"}}]},
            "KMS key",
        ),
        ({"logging": {"clusterLogging": [{"types": ["nonsense"], "enabled": True}]}}, "enum"),
        ({"roleArn": None}, "roleArn"),
    ]
    for change, text in wrong:
        assert text in refused("InvalidParameterException", aws.cluster, subnets=subnets, **change), change


def test_cluster_name_is_taken(aws, cluster, refused):
    refused("ResourceInUseException", aws.cluster, name=cluster["name"])


def test_cluster_holds_subnets_and_groups(aws, refused):
    vpc, subnets = aws.network()
    group = aws.group(vpc)
    made = aws.cluster(resourcesVpcConfig={"subnetIds": subnets, "securityGroupIds": [group]})
    own = made["resourcesVpcConfig"]["clusterSecurityGroupId"]
    for g in (group, own):
        refused("DependencyViolation", aws.ec2.delete_security_group, GroupId=g)
    refused("DependencyViolation", aws.ec2.delete_subnet, SubnetId=subnets[0])
    rule = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": own}]}
    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    aws.eks.delete_cluster(name=made["name"])
    aws.ec2.describe_security_groups(GroupIds=[own])  # left behind: another group's rule names it
    aws.ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[rule])
    for g in (group, own):
        aws.ec2.delete_security_group(GroupId=g)


def test_delete_cluster(aws, refused):
    made = aws.cluster(deletionProtection=True)
    nodes = aws.nodes(made)
    refused("InvalidRequestException", aws.eks.delete_cluster, name=made["name"])
    aws.eks.update_cluster_config(name=made["name"], deletionProtection=False)
    refused("ResourceInUseException", aws.eks.delete_cluster, name=made["name"])
    aws.eks.delete_nodegroup(clusterName=made["name"], nodegroupName=nodes["nodegroupName"])
    assert aws.eks.delete_cluster(name=made["name"])["cluster"]["status"] == "DELETING"
    refused("ResourceNotFoundException", aws.eks.describe_cluster, name=made["name"])
    refused(
        "InvalidGroup.NotFound",
        aws.ec2.describe_security_groups,
        GroupIds=[made["resourcesVpcConfig"]["clusterSecurityGroupId"]],
    )


def test_update_cluster(aws, refused):
    made = aws.cluster(accessConfig={"authenticationMode": "CONFIG_MAP"})
    name, seen = made["name"], []
    for change in (
        {"logging": {"clusterLogging": [{"types": ["api"], "enabled": True}]}},
        {"resourcesVpcConfig": {"endpointPrivateAccess": True, "publicAccessCidrs": ["203.0.113.0/24"]}},
        {"upgradePolicy": {"supportType": "STANDARD"}},
        {"accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP"}},
        {"deletionProtection": True},
    ):
        answer = aws.eks.update_cluster_config(name=name, **change)
        assert update_of(aws, answer, made)["status"] == "Successful"
        seen.append(answer["update"]["id"])
        refused(
            "InvalidParameterException", aws.eks.update_cluster_config, name=name, **change
        ) if "deletionProtection" not in change else None
    now = aws.eks.describe_cluster(name=name)["cluster"]
    assert now["resourcesVpcConfig"]["publicAccessCidrs"] == ["203.0.113.0/24"] and now["deletionProtection"]
    refused(
        "InvalidParameterException",
        aws.eks.update_cluster_config,
        name=name,
        accessConfig={"authenticationMode": "CONFIG_MAP"},
    )
    refused(
        "InvalidParameterException",
        aws.eks.update_cluster_config,
        name=name,
        deletionProtection=False,
        upgradePolicy={"supportType": "EXTENDED"},
    )
    refused(
        "InvalidParameterException",
        aws.eks.update_cluster_config,
        name=name,
        resourcesVpcConfig={"endpointPublicAccess": False, "endpointPrivateAccess": False},
    )
    assert aws.eks.list_updates(name=name)["updateIds"] == seen
    refused("ResourceNotFoundException", aws.eks.describe_update, name=name, updateId="none")


def test_update_version_one_step_up(aws, refused):
    made = aws.cluster()
    for version in ("1.33", "1.36", "1.34"):
        refused("InvalidParameterException", aws.eks.update_cluster_version, name=made["name"], version=version)
    answer = aws.eks.update_cluster_version(name=made["name"], version="1.35")
    assert update_of(aws, answer, made)["type"] == "VersionUpdate"
    assert aws.eks.list_updates(name=made["name"])["updateIds"] == [answer["update"]["id"]]
    assert aws.eks.describe_cluster(name=made["name"])["cluster"]["version"] == "1.35"


def test_encryption(aws, refused):
    made, key = aws.cluster(), aws.kms.create_key()["KeyMetadata"]["Arn"]
    config = [{"resources": ["secrets"], "provider": {"keyArn": key}}]
    answer = aws.eks.associate_encryption_config(clusterName=made["name"], encryptionConfig=config)
    assert update_of(aws, answer, made)["type"] == "AssociateEncryptionConfig"
    assert aws.eks.describe_cluster(name=made["name"])["cluster"]["encryptionConfig"] == config
    refused(
        "InvalidRequestException",
        aws.eks.associate_encryption_config,
        clusterName=made["name"],
        encryptionConfig=config,
    )
    assert aws.cluster(encryptionConfig=config)["encryptionConfig"] == config


def test_creator_becomes_admin_when_asked(aws):
    made = aws.cluster(accessConfig={"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": True})
    assert aws.eks.list_access_entries(clusterName=made["name"])["accessEntries"] == [
        f"arn:aws:iam::{ACCOUNT}:role/platform-admin"
    ]


def test_service_addresses_keep_clear_of_the_vpc(aws):
    vpc = aws.ec2.create_vpc(CidrBlock="172.20.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        aws.ec2.create_subnet(VpcId=vpc, CidrBlock=f"172.20.{i}.0/24", AvailabilityZone=REGION + z)["Subnet"][
            "SubnetId"
        ]
        for i, z in enumerate("ab")
    ]
    assert aws.cluster(subnets=subnets)["kubernetesNetworkConfig"]["serviceIpv4Cidr"] == "10.100.0.0/16"


def test_a_cluster_stays_in_its_zones(aws, refused):
    subnets = aws.network("abc")[1]
    made = aws.cluster(subnets=subnets[:2])
    refused(
        "InvalidParameterException",
        aws.eks.update_cluster_config,
        name=made["name"],
        resourcesVpcConfig={"subnetIds": subnets},
    )
