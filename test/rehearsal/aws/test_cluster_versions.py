"""Versions of Kubernetes, and until when EKS supports each."""

from datetime import datetime, timezone

from emulator.eks.cluster_versions import information
from emulator.eks.clusters import VERSIONS


def test_the_version_that_is_asked_for(aws):
    (found,) = aws.eks.describe_cluster_versions(clusterVersions=["1.36"])["clusterVersions"]
    assert found["clusterVersion"] == "1.36" and found["clusterType"] == "eks"
    assert found["releaseDate"] < found["endOfStandardSupportDate"] < found["endOfExtendedSupportDate"]


def test_what_is_not_supported_is_told_only_of_all(aws):
    versions = lambda **asked: [  # noqa: E731
        one["clusterVersion"] for one in aws.eks.describe_cluster_versions(**asked)["clusterVersions"]
    ]
    assert "1.36" in versions() and "1.30" not in versions()
    assert "1.30" in versions(includeAll=True)
    assert versions(clusterVersions=["1.30"]) == []
    assert versions(defaultOnly=True) in (["1.34"], [])


def test_every_version_that_clusters_may_have_is_in_the_calendar(aws):
    told = aws.eks.describe_cluster_versions(includeAll=True)["clusterVersions"]
    assert {one["clusterVersion"] for one in told} >= set(VERSIONS)


def test_support_ends_as_the_calendar_says_but_never_soon_for_the_newest():
    at = lambda day: datetime.fromisoformat(day).replace(tzinfo=timezone.utc).timestamp()  # noqa: E731
    end = lambda version, now: information(version, at(now))["endOfStandardSupportDate"]  # noqa: E731
    assert end("1.36", "2026-11-27") == at("2027-08-02")
    assert end("1.36", "2027-08-02") == at("2028-02-01")
    assert end("1.32", "2027-08-02") == at("2026-03-23")
