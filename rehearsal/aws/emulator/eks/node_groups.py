"""Node groups."""

from __future__ import annotations

import time
import uuid

from . import access_entries, networks, releases
from .errors import in_use, invalid
from .health import cni_ready, described_node_group
from .node_group_rules import check_nodes, check_role, check_scaling, check_version
from .region import Doc, Region, created_now, operation, some, view
from .version_changes import check_group_change

# How long a node group that cannot join stays CREATING; in AWS some 20 minutes.
FAILURE_SECONDS = 5.0
# How long its machines take to start: a CNI that comes meanwhile is in time.
BOOT_SECONDS = 4.0


@operation
def create_nodegroup(eks: Region, asked: Doc) -> Doc:
    cluster, name, role = eks.cluster(asked), asked["nodegroupName"], asked["nodeRole"]
    if name in cluster["_nodegroups"]:
        raise in_use(f"NodeGroup already exists with name {name} and cluster name {cluster['name']}")
    check_role(role)
    if networks.common_vpc(eks.name, asked["subnets"], []) != cluster["resourcesVpcConfig"]["vpcId"]:
        raise invalid("The subnets are not in the VPC of the cluster")
    group = node_group(eks, cluster, asked)
    check_scaling(group["scalingConfig"], group["updateConfig"])
    check_nodes(eks.name, cluster, group)
    group.setdefault("releaseVersion", releases.newest(group["amiType"], group["version"]))
    if "launchTemplate" not in group:
        group.setdefault("diskSize", 20)
    # EKS lets the nodes in by an access entry of its own, unless there is one for the role.
    entry = cluster["_entries"].get(role)
    if not entry and cluster["accessConfig"]["authenticationMode"] != "CONFIG_MAP":
        entry = access_entries.add_entry(eks, cluster, role, "EC2_LINUX", {"_automatic": True})
    admitted, cni = not entry or entry["type"] in ("EC2_LINUX", "EC2_WINDOWS"), cni_ready(cluster)
    # A group of no nodes is ACTIVE in any case.
    if group["scalingConfig"]["desiredSize"] and not (admitted and cni):
        group["_fails_at"] = time.time() + FAILURE_SECONDS
        group.update({"_cni_by": time.time() + BOOT_SECONDS} if admitted else {})
    cluster["_nodegroups"][name] = group
    return {"nodegroup": {**view(group), "status": "CREATING"}}


def node_group(eks: Region, cluster: Doc, asked: Doc) -> Doc:
    """Returns what is asked for, with EKS's defaults."""
    name = asked["nodegroupName"]
    group: Doc = {
        "nodegroupName": name,
        "nodegroupArn": eks.arn("nodegroup", cluster["name"], name, str(uuid.uuid4())),
        "clusterName": cluster["name"],
        "status": "ACTIVE",
        "version": cluster["version"],
        "capacityType": "ON_DEMAND",
        "amiType": "AL2023_x86_64_STANDARD",
        "instanceTypes": [] if "launchTemplate" in asked else ["t3.medium"],
        "scalingConfig": {"minSize": 1, "maxSize": 2, "desiredSize": 2},
        "updateConfig": {"maxUnavailable": 1},
        "labels": {},
        "taints": [],
        "tags": {},
        "resources": {"autoScalingGroups": [{"name": f"eks-{name}-{uuid.uuid4()}"}]},
        "health": {"issues": []},
        **created_now(),
    }
    own = ("clusterName", "nodegroupName", "caller", "clientRequestToken")
    group.update({key: value for key, value in asked.items() if key not in own})
    return group


@operation
def describe_nodegroup(eks: Region, asked: Doc) -> Doc:
    return {"nodegroup": described_node_group(eks.item(asked, "_nodegroups"))}


@operation
def list_nodegroups(eks: Region, asked: Doc) -> Doc:
    return {"nodegroups": list(eks.cluster(asked)["_nodegroups"])}


@operation
def delete_nodegroup(eks: Region, asked: Doc) -> Doc:
    cluster, group = eks.cluster(asked), eks.pop(asked, "_nodegroups")
    role, others = group["nodeRole"], [other["nodeRole"] for other in cluster["_nodegroups"].values()]
    if cluster["_entries"].get(role, {}).get("_automatic") and role not in others:
        del cluster["_entries"][role]
    return {"nodegroup": view(group)}


@operation
def update_nodegroup_config(eks: Region, asked: Doc) -> Doc:
    group, labels, taints = eks.item(asked, "_nodegroups"), asked.get("labels", {}), asked.get("taints", {})
    new = {"updateConfig": group["updateConfig"], **some(asked, "updateConfig", "nodeRepairConfig")}
    new["scalingConfig"] = {**group["scalingConfig"], **asked.get("scalingConfig", {})}
    check_scaling(new["scalingConfig"], new["updateConfig"])
    kept = {**group["labels"], **labels.get("addOrUpdateLabels", {})}
    new["labels"] = {key: value for key, value in kept.items() if key not in labels.get("removeLabels", [])}
    added = taints.get("addOrUpdateTaints", [])
    gone = {(taint.get("key"), taint["effect"]) for taint in taints.get("removeTaints", []) + added}
    new["taints"] = [t for t in group["taints"] if (t.get("key"), t["effect"]) not in gone] + added
    group.update(new, modifiedAt=time.time())
    return eks.record(asked, "ConfigUpdate", new)


@operation
def update_nodegroup_version(eks: Region, asked: Doc) -> Doc:
    group, new = eks.item(asked, "_nodegroups"), some(asked, "version", "releaseVersion", "launchTemplate")
    changed = {**group, **new}
    check_version(eks.cluster(asked), changed)
    ami, running = group["amiType"], group["releaseVersion"]
    if "releaseVersion" not in new:
        # What runs is of another version, if that changes.
        known = [releases.newest(ami, changed["version"])] + [running] * (changed["version"] == group["version"])
        changed["releaseVersion"] = max(known, key=lambda release: releases.order(ami, release))
    check_nodes(eks.name, eks.cluster(asked), changed)
    check_group_change(eks.cluster(asked), group, changed)
    group.update(changed, modifiedAt=time.time())
    return eks.record(asked, "VersionUpdate", {**new, "releaseVersion": changed["releaseVersion"]})
