"""Which way versions of control planes and node groups go."""

import re
from pathlib import Path

from emulator import bottlerocket
from emulator.eks import version_changes

from conftest import update_of


def upgraded(aws, **nodes):
    """Returns a cluster that went one minor up with its node group, and calls that change them."""
    made = aws.cluster(version="1.35")
    group = aws.nodes(made, **nodes)
    name = made["name"]
    to = lambda version, **more: aws.eks.update_cluster_version(name=name, version=version, **more)  # noqa: E731
    of = {"clusterName": name, "nodegroupName": group["nodegroupName"]}
    nodes_to = lambda version, **more: aws.eks.update_nodegroup_version(**of, version=version, **more)  # noqa: E731
    to("1.36")
    nodes_to("1.36")
    return made, to, nodes_to


def version(aws, made):
    return aws.eks.describe_cluster(name=made["name"])["cluster"]["version"]


def test_a_control_plane_waits_for_its_node_groups(aws, refused):
    made = aws.cluster(version="1.34")
    group = aws.nodes(made)["nodegroupName"]
    aws.eks.update_cluster_version(name=made["name"], version="1.35")
    said = refused("InvalidRequestException", aws.eks.update_cluster_version, name=made["name"], version="1.36")
    assert said == f"Nodegroups {group} must be updated to match cluster version 1.35 before updating cluster version"
    aws.eks.update_nodegroup_version(clusterName=made["name"], nodegroupName=group, version="1.35")
    aws.eks.update_cluster_version(name=made["name"], version="1.36")
    assert version(aws, made) == "1.36"


def test_the_way_back_begins_with_the_nodes(aws, refused):
    made, to, nodes_to = upgraded(aws, releaseVersion="1.66.0-1a2b3c4d")
    assert "newer than 1.35" in refused("InvalidRequestException", to, version="1.35")
    nodes_to("1.35", releaseVersion="1.64.0-1a2b3c4d")
    assert update_of(aws, to("1.35"), made)["type"] == "VersionRollback"
    assert version(aws, made) == "1.35"


def test_what_is_an_insight_alone_is_overridden_by_force(aws):
    made, to, _ = upgraded(aws)
    to("1.35", force=True)
    assert version(aws, made) == "1.35"


def test_there_is_one_way_back_and_only_of_an_upgrade(aws, refused):
    born = aws.cluster(version="1.36")
    refused("InvalidParameterException", aws.eks.update_cluster_version, name=born["name"], version="1.35")
    of = {"clusterName": born["name"], "nodegroupName": aws.nodes(born)["nodegroupName"]}
    refused("InvalidParameterException", aws.eks.update_nodegroup_version, **of, version="1.35")
    made, to, nodes_to = upgraded(aws)
    nodes_to("1.35")
    to("1.35")
    refused("InvalidParameterException", to, version="1.34")
    to("1.36")  # from there it goes up again
    assert version(aws, made) == "1.36"


def test_the_way_back_is_open_for_a_time(aws, refused, monkeypatch):
    made, to, nodes_to = upgraded(aws)
    monkeypatch.setattr(version_changes, "ROLLBACK_SECONDS", 0.0)
    refused("InvalidParameterException", nodes_to, version="1.35")
    refused("InvalidParameterException", to, version="1.35", force=True)
    assert version(aws, made) == "1.36"


def test_a_node_group_that_goes_back_gets_a_release_of_that_version(aws):
    made, _, nodes_to = upgraded(aws, amiType="AL2023_ARM_64_STANDARD")
    answer = nodes_to("1.35")
    params = {p["type"]: p["value"] for p in answer["update"]["params"]}
    assert params["ReleaseVersion"].startswith("1.35.")


def test_bottlerocket_has_no_kubernetes_that_came_after_it(aws, refused):
    name = "/aws/service/bottlerocket/aws-k8s-{}/arm64/1.60.0/image_version"
    release = aws.ssm.get_parameter(Name=name.format("1.35"))["Parameter"]["Value"]
    refused("ParameterNotFound", aws.ssm.get_parameter, Name=name.format("1.36"))
    made = aws.cluster(version="1.36")
    assert "not valid" in refused("InvalidParameterException", aws.nodes, cluster=made, releaseVersion=release)


def test_it_knows_of_bottlerocket_what_releases_are_held_to():
    text = (Path(__file__).parents[3] / "releases" / "compatibility.ts").read_text()
    table = re.search(r"firstBottlerocket[^{]*\{([^}]*)\}", text)[1]
    assert dict(re.findall(r'"([\d.]+)": "([\d.]+)"', table)) == bottlerocket.FIRST
