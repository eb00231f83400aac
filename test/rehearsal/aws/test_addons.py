"""Addons: what EKS refuses of them, and when they are healthy."""

import pytest

from conftest import ACCOUNT, update_of


def test_addon(aws, refused):
    made = aws.cluster()
    of = {"clusterName": made["name"], "addonName": "eks-pod-identity-agent"}
    aws.eks.create_addon(
        **of,
        addonVersion="v1.3.9-eksbuild.3",
        configurationValues='{"a": 1}',
        tags={"t": "1"},
        resolveConflicts="OVERWRITE",
    )
    now = aws.eks.describe_addon(**of)["addon"]
    assert now["status"] == "ACTIVE" and now["configurationValues"] == '{"a": 1}' and now["tags"] == {"t": "1"}
    refused("ResourceInUseException", aws.eks.create_addon, **of)
    answer = aws.eks.update_addon(**of, addonVersion="v1.3.10-eksbuild.1")
    assert update_of(aws, answer, made, addonName=of["addonName"])["type"] == "AddonUpdate"
    assert aws.eks.list_addons(clusterName=made["name"])["addons"] == [of["addonName"]]
    refused("InvalidParameterException", aws.eks.update_addon, **of, configurationValues="replicas: 1")
    aws.eks.delete_addon(**of)
    refused("ResourceNotFoundException", aws.eks.describe_addon, **of)
    refused("ResourceNotFoundException", aws.eks.delete_addon, **of)


@pytest.mark.parametrize(
    "change",
    [
        {"addonVersion": "1.12.4"},
        {"addonVersion": "v1.12.4"},
        {"configurationValues": "a: 1"},
        {"addonName": "nosuch"},
        {"resolveConflicts": "PRESERVE"},
        {"resolveConflicts": "MAYBE"},
        {"serviceAccountRoleArn": f"arn:aws:iam::{ACCOUNT}:role/none"},
    ],
)
def test_create_addon_refusals(aws, cluster, refused, change):
    refused(
        "InvalidParameterException",
        aws.eks.create_addon,
        **{"clusterName": cluster["name"], "addonName": "coredns", **change},
    )


def test_coredns_waits_for_nodes(aws):
    made = aws.cluster()
    of = {"clusterName": made["name"], "addonName": "coredns"}
    status = lambda: aws.eks.describe_addon(**of)["addon"]["status"]  # noqa: E731
    aws.eks.create_addon(**of)
    aws.nodes(made, scalingConfig={"minSize": 0, "maxSize": 2, "desiredSize": 0})
    assert status() == "DEGRADED"
    aws.nodes(made, taints=[{"key": "dedicated", "value": "x", "effect": "NO_SCHEDULE"}])
    assert status() == "DEGRADED"  # nobody tolerates the taint
    aws.eks.update_addon(**of, configurationValues='{"tolerations": [{"key": "dedicated", "operator": "Exists"}]}')
    assert status() == "ACTIVE"
    aws.eks.update_addon(**of, configurationValues='{"tolerations": []}')
    assert status() == "DEGRADED"
    aws.nodes(made)
    assert status() == "ACTIVE"


def test_addon_with_pod_identity(aws):
    made, role = aws.cluster(), aws.role("pods.eks.amazonaws.com")
    of = {"clusterName": made["name"], "addonName": "aws-ebs-csi-driver"}
    aws.eks.create_addon(**of, podIdentityAssociations=[{"serviceAccount": "ebs", "roleArn": role}])
    assert len(aws.eks.describe_addon(**of)["addon"]["podIdentityAssociations"]) == 1
    aws.eks.delete_addon(**of)
    assert aws.eks.list_pod_identity_associations(clusterName=made["name"])["associations"] == []


def test_versions(aws):
    found = aws.eks.describe_addon_versions(addonName="coredns", kubernetesVersion="1.35")["addons"][0]
    assert found["addonVersions"][0]["compatibilities"][0] == {
        "clusterVersion": "1.35",
        "platformVersions": ["*"],
        "defaultVersion": True,
    }
    assert len(aws.eks.describe_addon_versions()["addons"]) > 10


def test_coredns_runs_on_nodes_that_cilium_has_freed(aws):
    made = aws.cluster()
    aws.nodes(made, taints=[{"key": "node.cilium.io/agent-not-ready", "value": "true", "effect": "NO_EXECUTE"}])
    aws.eks.create_addon(clusterName=made["name"], addonName="coredns")
    assert aws.eks.describe_addon(clusterName=made["name"], addonName="coredns")["addon"]["status"] == "ACTIVE"
