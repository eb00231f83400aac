"""Versions of Kubernetes, and until when EKS supports each."""

from datetime import datetime, timezone

from emulator.eks.clusters import VERSIONS


def test_the_version_that_is_asked_for(aws):
    (found,) = aws.eks.describe_cluster_versions(clusterVersions=["1.36"])["clusterVersions"]
    assert found["clusterVersion"] == "1.36" and found["clusterType"] == "eks"
    assert found["endOfStandardSupportDate"] == datetime(2027, 8, 2, tzinfo=timezone.utc)
    assert found["releaseDate"] < found["endOfStandardSupportDate"] < found["endOfExtendedSupportDate"]


def test_what_is_not_supported_is_told_only_of_all(aws):
    versions = lambda **asked: [  # noqa: E731
        one["clusterVersion"] for one in aws.eks.describe_cluster_versions(**asked)["clusterVersions"]
    ]
    assert "1.36" in versions() and "1.30" not in versions()
    assert "1.30" in versions(includeAll=True)
    assert versions(clusterVersions=["1.30"]) == []
    assert versions(defaultOnly=True) == ["1.34"]


def test_every_version_that_clusters_may_have_is_in_the_calendar(aws):
    told = aws.eks.describe_cluster_versions(includeAll=True)["clusterVersions"]
    assert {one["clusterVersion"] for one in told} >= set(VERSIONS)
