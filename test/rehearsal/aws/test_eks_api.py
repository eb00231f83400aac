"""What holds for all calls of EKS."""

import boto3


def test_tags(aws, cluster, refused):
    group = aws.nodes(cluster)
    entry = aws.eks.create_access_entry(clusterName=cluster["name"], principalArn=aws.role())["accessEntry"]
    for arn in (cluster["arn"], group["nodegroupArn"], entry["accessEntryArn"]):
        aws.eks.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
        aws.eks.untag_resource(resourceArn=arn, tagKeys=["a"])
        assert aws.eks.list_tags_for_resource(resourceArn=arn)["tags"] == {"b": "2"}
    refused("NotFoundException", aws.eks.list_tags_for_resource, resourceArn=cluster["arn"] + "x")


def test_nothing_is_found_in_nothing(aws, cluster, refused):
    none, name = {"clusterName": "none"}, {"clusterName": cluster["name"]}
    for call, arguments in (
        (aws.eks.describe_cluster, {"name": "none"}),
        (aws.eks.delete_cluster, {"name": "none"}),
        (aws.eks.list_nodegroups, none),
        (aws.eks.describe_nodegroup, {**name, "nodegroupName": "none"}),
        (aws.eks.delete_nodegroup, {**name, "nodegroupName": "none"}),
        (aws.eks.describe_addon, {**name, "addonName": "none"}),
        (aws.eks.describe_access_entry, {**name, "principalArn": "none"}),
        (aws.eks.delete_access_entry, {**name, "principalArn": "none"}),
        (aws.eks.describe_pod_identity_association, {**name, "associationId": "none"}),
    ):
        refused("ResourceNotFoundException", call, **arguments)


def test_not_implemented_says_so(aws, cluster, refused):
    assert "does not implement" in refused(
        "InvalidRequestException", aws.eks.list_fargate_profiles, clusterName=cluster["name"]
    )


def test_regions_are_apart(aws, cluster):
    keys = {k.lower(): v for k, v in aws.environment.items() if "KEY" in k or "TOKEN" in k}
    assert boto3.client("eks", region_name="us-west-2", endpoint_url=aws.url, **keys).list_clusters()["clusters"] == []
