"""Which way versions go (EKS user guide, "Update existing cluster to new Kubernetes version" and its rollback)."""

from __future__ import annotations

import time

from . import releases
from .clusters import VERSIONS
from .errors import bad_request, invalid
from .region import Doc

# How long after an upgrade EKS takes a control plane back.
ROLLBACK_SECONDS = 7 * 86_400.0


def steps(old: str, new: str) -> int | None:
    """Returns how many minor versions it is up, or None if EKS does not know the new one."""
    return VERSIONS.index(new) - VERSIONS.index(old) if new in VERSIONS else None


def type_of_change(cluster: Doc, new: str, force: bool) -> str:
    """Returns the type of the update that takes a control plane to another version, unless EKS refuses it."""
    step = steps(cluster["version"], new)
    if step == 1:
        check_groups_are_up(cluster)
        return "VersionUpdate"
    if step == -1 and new == version_back(cluster):
        # The one thing of these that is a mere insight, which force overrides.
        if not force:
            check_groups_are_back(cluster, new)
        return "VersionRollback"
    raise invalid(f"Unsupported Kubernetes minor version update from {cluster['version']} to {new}")


def version_back(cluster: Doc) -> str | None:
    """Returns the version to which EKS would take a control plane back now: the one before its last upgrade."""
    kinds = ("VersionUpdate", "VersionRollback")
    last = [u for u in cluster["_updates"].values() if u["_of"] is None and u["type"] in kinds][-1:]
    if not last or last[0]["type"] != "VersionUpdate" or time.time() - last[0]["createdAt"] > ROLLBACK_SECONDS:
        return None
    return VERSIONS[VERSIONS.index(cluster["version"]) - 1]


def check_groups_are_up(cluster: Doc) -> None:
    behind = [n for n, group in cluster["_nodegroups"].items() if group["version"] != cluster["version"]]
    if behind:
        raise bad_request(
            f"Nodegroups {', '.join(behind)} must be updated to match cluster version {cluster['version']} "
            "before updating cluster version"
        )


def check_groups_are_back(cluster: Doc, new: str) -> None:
    ahead = [n for n, group in cluster["_nodegroups"].items() if (steps(new, group["version"]) or 0) > 0]
    if ahead:
        raise bad_request(f"Nodegroups {', '.join(ahead)} are newer than {new}, and kubelets may not be")


def check_group_change(cluster: Doc, group: Doc, changed: Doc) -> None:
    """Checks that a node group goes back (API reference, UpdateNodegroupVersion) only ahead of a rollback."""
    old, new = group["version"], changed["version"]
    if (steps(old, new) or 0) >= 0:
        releases.check_not_older(group["amiType"], group["releaseVersion"], changed["releaseVersion"])
    elif new != version_back(cluster):
        raise invalid(f"Nodegroup Kubernetes version {new} is older than the current version {old}")
