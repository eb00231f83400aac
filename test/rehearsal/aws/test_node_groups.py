"""Node groups: what EKS refuses of them, and whether their nodes join."""

import base64
import re
import time
from pathlib import Path

import pytest
from emulator import bottlerocket
from emulator.eks import node_groups, releases
from emulator.eks.clusters import VERSIONS
from emulator.eks.node_group_rules import is_arm

from conftest import ACCOUNT, update_of


def test_nodegroup_as_described(aws, cluster):
    group = aws.nodes(
        cluster,
        releaseVersion="1.66.0-1a2b3c4d",
        labels={"a": "b"},
        tags={"t": "1"},
        nodeRepairConfig={"enabled": True},
        taints=[{"key": "k", "value": "v", "effect": "NO_SCHEDULE"}],
    )
    assert group["status"] == "ACTIVE" and group["releaseVersion"] == "1.66.0-1a2b3c4d" and group["diskSize"] == 20
    assert (
        group["resources"]["autoScalingGroups"]
        and group["nodeRepairConfig"] == {"enabled": True}
        and group["tags"] == {"t": "1"}
    )
    assert group["nodegroupName"] in aws.eks.list_nodegroups(clusterName=cluster["name"])["nodegroups"]


def test_create_nodegroup_refusals(aws, cluster, refused):
    _, elsewhere = aws.network()
    wrong = [
        ({"nodeRole": f"arn:aws:iam::{ACCOUNT}:role/none"}, "cannot be found"),
        ({"nodeRole": aws.role("eks.amazonaws.com")}, "service principals"),
        ({"subnets": ["subnet-0123456789abcdef0"]}, "does not exist"),
        ({"subnets": elsewhere}, "VPC of the cluster"),
        ({"taints": [{"key": "k", "effect": "NoSchedule"}]}, "enum"),
        ({"amiType": "BOTTLEROCKET"}, "enum"),
        ({"releaseVersion": "1.66.0"}, "release version"),
        ({"releaseVersion": "1.66.0-20260101"}, None),  # eight hex digits, so it passes
        ({"amiType": "AL2023_ARM_64_STANDARD", "releaseVersion": "latest"}, "release version"),
        ({"amiType": "BOTTLEROCKET_x86_64"}, "not a valid instance type"),
        ({"instanceTypes": ["m7i.large"]}, "not a valid instance type"),
        ({"instanceTypes": ["m7g.large", "c7i.large"]}, "not a valid instance type"),
        ({"scalingConfig": {"minSize": 3, "maxSize": 4, "desiredSize": 2}}, "Minimum capacity"),
        ({"scalingConfig": {"minSize": 1, "maxSize": 2, "desiredSize": 3}}, "desired capacity"),
        ({"updateConfig": {"maxUnavailable": 1, "maxUnavailablePercentage": 50}}, "takes one of"),
        ({"version": "1.35"}, "newer"),
        ({"version": "1.1"}, "version"),
    ]
    for change, text in wrong:
        if text:
            assert text in refused("InvalidParameterException", aws.nodes, cluster=cluster, **change), change
        else:
            aws.nodes(cluster, **change)
    taken = aws.nodes(cluster)["nodegroupName"]
    refused("ResourceInUseException", aws.nodes, cluster=cluster, nodegroupName=taken)


@pytest.mark.parametrize(
    "arm", ["t4g.small", "m6g.large", "m7g.large", "c7gn.large", "r6gd.large", "a1.large", "is4gen.large", "x2gd.large"]
)
@pytest.mark.parametrize("intel", ["t3.small", "m7i.large", "g4dn.xlarge", "c5n.large", "m6a.large"])
def test_architectures(arm, intel):
    assert is_arm(arm) and not is_arm(intel)


def template(aws, cluster, **data):
    made = aws.ec2.create_launch_template(LaunchTemplateName=f"lt-{time.time_ns()}", LaunchTemplateData=data)[
        "LaunchTemplate"
    ]
    return {"id": made["LaunchTemplateId"], "version": "1"}


def test_launch_templates(aws, cluster, refused):
    text = lambda t: base64.b64encode(t.encode()).decode()  # noqa: E731
    wrong = [
        ({"id": "lt-0123456789abcdef0"}, {}, "could not be found"),
        ({**template(aws, cluster), "version": "7"}, {}, "could not be found"),
        (template(aws, cluster, IamInstanceProfile={"Name": "p"}), {}, "instance profile"),
        (template(aws, cluster, InstanceType="m7g.large"), {}, "not in both"),
        (template(aws, cluster, InstanceType="m7i.large"), {"instanceTypes": None}, "not a valid instance type"),
        (template(aws, cluster, ImageId="ami-12345678"), {}, "CUSTOM"),
        (template(aws, cluster), {"diskSize": 30}, "Disk size"),
    ]
    for launch, change, words in wrong:
        assert words in refused(
            "InvalidParameterException", aws.nodes, cluster=cluster, launchTemplate=launch, **change
        ), words
    refused(
        "InvalidRequestException",
        aws.nodes,
        cluster=cluster,
        launchTemplate=template(aws, cluster, UserData=text("[settings\n")),
    )
    group = aws.group(cluster["resourcesVpcConfig"]["vpcId"])
    fine = template(aws, cluster, UserData=text('[settings.kubernetes]\n"max-pods" = 110\n'), SecurityGroupIds=[group])
    made = aws.nodes(cluster, launchTemplate=fine)
    assert made["launchTemplate"]["name"] and "diskSize" not in made
    refused("DependencyViolation", aws.ec2.delete_security_group, GroupId=group)


def test_nodegroup_brings_its_own_access_entry(aws, cluster, refused):
    role = aws.role()
    group = aws.nodes(cluster, nodeRole=role)
    entry = aws.eks.describe_access_entry(clusterName=cluster["name"], principalArn=role)["accessEntry"]
    assert entry["type"] == "EC2_LINUX" and entry["kubernetesGroups"] == ["system:nodes"]
    refused(
        "ResourceInUseException",
        aws.eks.create_access_entry,
        clusterName=cluster["name"],
        principalArn=role,
        type="EC2_LINUX",
    )
    aws.eks.delete_nodegroup(clusterName=cluster["name"], nodegroupName=group["nodegroupName"])
    refused("ResourceNotFoundException", aws.eks.describe_access_entry, clusterName=cluster["name"], principalArn=role)


def test_nodes_without_cni_fail(aws, monkeypatch, tmp_path):
    monkeypatch.setenv("CNI_READY_FILE", str(tmp_path / "cilium"))
    monkeypatch.setattr(node_groups, "FAILURE_SECONDS", 0.3)
    monkeypatch.setattr(node_groups, "BOOT_SECONDS", 0)
    made = aws.cluster()
    group = aws.nodes(made)
    assert group["status"] == "CREATING"
    time.sleep(0.4)
    group = aws.nodegroup(made, group["nodegroupName"])
    assert group["status"] == "CREATE_FAILED" and group["health"]["issues"][0]["code"] == "NodeCreationFailure"
    assert aws.nodes(aws.cluster(bootstrapSelfManagedAddons=True))["status"] == "ACTIVE"  # brings aws-node
    assert (
        aws.nodes(made, scalingConfig={"minSize": 0, "maxSize": 2, "desiredSize": 0})["status"] == "ACTIVE"
    )  # nothing to join
    (tmp_path / "cilium").touch()
    assert aws.nodes(made)["status"] == "ACTIVE"
    assert aws.nodegroup(made, group["nodegroupName"])["status"] == "CREATE_FAILED"


def test_a_cni_that_comes_while_machines_start_is_in_time(aws, monkeypatch, tmp_path):
    marker = tmp_path / "cilium"
    monkeypatch.setenv("CNI_READY_FILE", str(marker))
    made = aws.cluster()
    group = aws.nodes(made)
    assert group["status"] == "CREATING"
    marker.touch()
    assert aws.nodegroup(made, group["nodegroupName"])["status"] == "ACTIVE"
    marker.unlink()
    assert aws.nodegroup(made, group["nodegroupName"])["status"] == "ACTIVE"


def test_nodes_whose_role_is_a_person_fail(aws, monkeypatch):
    monkeypatch.setattr(node_groups, "FAILURE_SECONDS", 0)
    made, role = aws.cluster(), aws.role()
    aws.eks.create_access_entry(clusterName=made["name"], principalArn=role)
    assert aws.nodes(made, nodeRole=role)["status"] == "CREATE_FAILED"


def test_update_nodegroup(aws, cluster, refused):
    group = aws.nodes(
        cluster, labels={"a": "1", "b": "2"}, taints=[{"key": "k", "value": "v", "effect": "NO_SCHEDULE"}]
    )
    of = {"clusterName": cluster["name"], "nodegroupName": group["nodegroupName"]}
    answer = aws.eks.update_nodegroup_config(
        **of,
        scalingConfig={"maxSize": 5},
        updateConfig={"maxUnavailablePercentage": 50},
        nodeRepairConfig={"enabled": False},
        labels={"addOrUpdateLabels": {"a": "3"}, "removeLabels": ["b"]},
        taints={
            "addOrUpdateTaints": [{"key": "n", "value": "v", "effect": "NO_EXECUTE"}],
            "removeTaints": [{"key": "k", "value": "v", "effect": "NO_SCHEDULE"}],
        },
    )
    assert update_of(aws, answer, cluster, nodegroupName=group["nodegroupName"])["status"] == "Successful"
    refused("ResourceNotFoundException", update_of, aws=aws, answer=answer, cluster=cluster)
    now = aws.nodegroup(cluster, group["nodegroupName"])
    assert (
        now["labels"] == {"a": "3"}
        and [t["key"] for t in now["taints"]] == ["n"]
        and now["updateConfig"] == {"maxUnavailablePercentage": 50}
    )
    assert now["scalingConfig"] == {"minSize": 1, "maxSize": 5, "desiredSize": 2}
    refused("InvalidParameterException", aws.eks.update_nodegroup_config, **of, scalingConfig={"maxSize": 1})
    aws.eks.update_nodegroup_version(**of, releaseVersion="99.0.0-00112233")
    assert aws.nodegroup(cluster, group["nodegroupName"])["releaseVersion"] == "99.0.0-00112233"
    refused("InvalidParameterException", aws.eks.update_nodegroup_version, **of, releaseVersion="99.0.0")
    refused("InvalidParameterException", aws.eks.update_nodegroup_version, **of, version="1.35")


def test_nodegroup_holds_its_subnets(aws, refused):
    vpc, subnets = aws.network("abc")
    made = aws.cluster(subnets=subnets[:2])
    aws.nodes(made, subnets=subnets[2:])
    refused("DependencyViolation", aws.ec2.delete_subnet, SubnetId=subnets[2])


def running(aws, cluster, of):
    return aws.nodegroup(cluster, of["nodegroupName"])["releaseVersion"]


def test_an_update_without_a_release_takes_the_newest(aws, cluster):
    group = aws.nodes(cluster, releaseVersion="1.66.0-1a2b3c4d")
    of = {"clusterName": cluster["name"], "nodegroupName": group["nodegroupName"]}
    aws.eks.update_nodegroup_version(**of)
    name = f"/aws/service/bottlerocket/aws-k8s-1.34/arm64/{bottlerocket.NEWEST}/image_version"
    assert running(aws, cluster, of) == aws.ssm.get_parameter(Name=name)["Parameter"]["Value"]
    assert running(aws, cluster, of) == aws.nodes(cluster)["releaseVersion"]  # that of a new group
    aws.eks.update_nodegroup_version(**of, releaseVersion="99.0.0-1a2b3c4d")
    aws.eks.update_nodegroup_version(**of)
    assert running(aws, cluster, of) == "99.0.0-1a2b3c4d"


@pytest.mark.parametrize("what", ["launchTemplate", "version"])
def test_an_update_of_something_else_takes_the_newest_release_too(aws, what):
    made = aws.cluster(version="1.35")
    launch = template(aws, made)
    group = aws.nodes(made, launchTemplate=launch, releaseVersion="1.66.0-1a2b3c4d")
    of = {"clusterName": made["name"], "nodegroupName": group["nodegroupName"]}
    aws.ec2.create_launch_template_version(LaunchTemplateId=launch["id"], LaunchTemplateData={})
    aws.eks.update_cluster_version(name=made["name"], version="1.36")
    aws.eks.update_nodegroup_version(**of, **{what: {**launch, "version": "2"} if what == "launchTemplate" else "1.36"})
    assert running(aws, made, of) == bottlerocket.release(bottlerocket.NEWEST)


def test_no_update_goes_back(aws, cluster, refused):
    group = aws.nodes(cluster, releaseVersion="1.66.0-1a2b3c4d")
    of = {"clusterName": cluster["name"], "nodegroupName": group["nodegroupName"]}
    update = aws.eks.update_nodegroup_version
    assert "older" in refused("InvalidParameterException", update, **of, releaseVersion="1.65.9-1a2b3c4d")
    assert running(aws, cluster, of) == "1.66.0-1a2b3c4d"
    update(**of, releaseVersion="1.66.0-00000000")  # the same version, in another build


RELEASES = Path(__file__).parents[3] / "releases"


def pinned(component):
    """Returns the version of a component in the newest release."""
    newest = max(RELEASES.glob("20*.ts")).read_text()
    return re.search(rf'{component}: \{{\s*version: "([\d.]+)"', newest)[1]


def test_kubernetes_goes_one_minor_beyond_the_platforms():
    assert VERSIONS[-2] == pinned("kubernetes")


def test_the_newest_release_is_newer_than_the_platforms():
    order = lambda release: releases.order("BOTTLEROCKET_ARM_64", release)  # noqa: E731
    assert order(bottlerocket.NEWEST) > order(pinned("bottlerocket"))
