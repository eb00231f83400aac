"""What EKS finds out of a cluster by itself: whether it may be upgraded, and, for seven days after that, go back.

Names and members are those of the API; what is found is well, but for kubelets, and for what `say` was told.
"""

from __future__ import annotations

import time
import uuid
from typing import Any

from .clusters import VERSIONS
from .region import Doc, Region, find, operation

SEVEN_DAYS = 7 * 86_400
# What differs from what is found, by parts of an insight that it is about: {"match": {"name": ...}, "change": {...}}.
SAID: list[Doc] = []


def say(sent: Doc) -> None:
    SAID.append({"match": {}, "change": {}, **sent})


def insight(cluster: Doc, category: str, version: str, name: str, reason: str = "") -> Doc:
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{cluster['arn']} {category} {version} {name}")
    found: Doc = {
        "id": str(identity),
        "name": name,
        "category": category,
        "kubernetesVersion": version,
        "lastRefreshTime": time.time() - 3_600,
        "lastTransitionTime": cluster["createdAt"],
        "description": f"Checks {name[0].lower()}{name[1:]}.",
        "insightStatus": {"status": "ERROR" if reason else "PASSING", "reason": reason or "Nothing was found."},
        "recommendation": "Act on what the reason names.",
        "additionalInfo": {},
        "resources": [],
        "categorySpecificSummary": {"deprecationDetails": [], "addonCompatibilityDetails": []},
    }
    for said in SAID:
        if all(found.get(key) == value for key, value in said["match"].items()):
            found.update(said["change"])
    return found


def skew(cluster: Doc, version: str) -> str:
    """Returns what is wrong with kubelets towards another version of the control plane."""
    minor = lambda text: int(text.split(".")[1])  # noqa: E731
    outside = [
        name
        for name, group in cluster["_nodegroups"].items()
        if not 0 <= minor(version) - minor(group["version"]) <= 3
    ]
    return f"Kubelets of {', '.join(outside)} are outside of the version skew policy." if outside else ""


def insights(cluster: Doc) -> list[Doc]:
    place = VERSIONS.index(cluster["version"])
    found = []
    if place + 1 < len(VERSIONS):
        new, category = VERSIONS[place + 1], "UPGRADE_READINESS"
        found += [
            insight(cluster, category, new, f"Deprecated APIs removed in Kubernetes v{new}"),
            insight(cluster, category, new, "Kubelet version skew", skew(cluster, new)),
            insight(cluster, category, new, "Cluster health issues"),
            insight(cluster, category, new, "EKS add-on version compatibility"),
        ]
    since = time.time() - SEVEN_DAYS
    upgrades = [one for one in cluster["_updates"].values() if one["type"] == "VersionUpdate" and not one["_of"]]
    if any(one["createdAt"] > since for one in upgrades):
        old, category = VERSIONS[place - 1], "ROLLBACK_READINESS"
        found += [
            insight(cluster, category, old, "API usage"),
            insight(cluster, category, old, "Kubelet version skew", skew(cluster, old)),
        ]
    return found


SUMMARY = (
    "id",
    "name",
    "category",
    "kubernetesVersion",
    "lastRefreshTime",
    "lastTransitionTime",
    "description",
    "insightStatus",
)


@operation
def list_insights(eks: Region, asked: Doc) -> Doc:
    wanted: dict[str, list[Any]] = asked.get("filter") or {}
    names = {"categories": "category", "kubernetesVersions": "kubernetesVersion"}
    matching = [
        one
        for one in insights(eks.cluster(asked))
        if all(one[member] in wanted[key] for key, member in names.items() if wanted.get(key))
        and (not wanted.get("statuses") or one["insightStatus"]["status"] in wanted["statuses"])
    ]
    start, most = int(asked.get("nextToken") or 0), int(asked.get("maxResults") or 100)
    more = {"nextToken": str(start + most)} if start + most < len(matching) else {}
    return {"insights": [{key: one[key] for key in SUMMARY} for one in matching[start : start + most]], **more}


@operation
def describe_insight(eks: Region, asked: Doc) -> Doc:
    return {"insight": find({one["id"]: one for one in insights(eks.cluster(asked))}, asked["id"], "insight")}
