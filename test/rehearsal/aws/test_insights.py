"""What EKS says of an upgrade, and of the way back."""

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def told(aws):
    """Has EKS find something else, and forget it."""
    yield lambda **said: aws.own("insights", said)
    aws.own("insights", method="DELETE")


def found(aws, cluster, **asked):
    return aws.eks.list_insights(clusterName=cluster["name"], **asked)["insights"]


def statuses(insights):
    return {one["name"]: one["insightStatus"]["status"] for one in insights}


def test_a_cluster_that_was_made_has_those_on_the_next_version_alone(aws):
    cluster = aws.cluster()
    insights = found(aws, cluster)
    assert {(one["category"], one["kubernetesVersion"]) for one in insights} == {("UPGRADE_READINESS", "1.35")}
    assert set(statuses(insights).values()) == {"PASSING"}
    assert "recommendation" not in insights[0]


def test_they_are_filtered_by_category_version_and_status_and_come_in_pages(aws, told):
    cluster = aws.cluster()
    aws.eks.update_cluster_version(name=cluster["name"], version="1.35")
    told(match={"name": "API usage"}, change={"insightStatus": {"status": "WARNING", "reason": "r"}})
    back = found(aws, cluster, filter={"categories": ["ROLLBACK_READINESS"], "kubernetesVersions": ["1.34"]})
    assert statuses(back) == {"API usage": "WARNING", "Kubelet version skew": "PASSING"}
    assert found(aws, cluster, filter={"kubernetesVersions": ["1.35"]}) == []
    assert [one["name"] for one in found(aws, cluster, filter={"statuses": ["WARNING"]})] == ["API usage"]
    page = aws.eks.list_insights(clusterName=cluster["name"], maxResults=4)
    rest = found(aws, cluster, maxResults=4, nextToken=page["nextToken"])
    assert [one["id"] for one in [*page["insights"], *rest]] == [one["id"] for one in found(aws, cluster)]


def test_kubelets_that_are_ahead_keep_a_cluster_from_going_back(aws):
    cluster = aws.cluster()
    aws.eks.update_cluster_version(name=cluster["name"], version="1.35")
    aws.nodes(cluster)
    back = found(aws, cluster, filter={"categories": ["ROLLBACK_READINESS"]})
    assert statuses(back)["Kubelet version skew"] == "ERROR"


def test_one_is_described_with_what_to_do(aws):
    cluster = aws.cluster()
    (first, *_) = found(aws, cluster)
    described = aws.eks.describe_insight(clusterName=cluster["name"], id=first["id"])["insight"]
    assert described["name"] == first["name"] and described["recommendation"]
    with pytest.raises(ClientError, match="No insight found"):
        aws.eks.describe_insight(clusterName=cluster["name"], id="00000000-0000-0000-0000-000000000000")


def test_unknown_categories_are_refused(aws):
    cluster = aws.cluster()
    with pytest.raises(ClientError, match="enum value set"):
        found(aws, cluster, filter={"categories": ["TASTE"]})
