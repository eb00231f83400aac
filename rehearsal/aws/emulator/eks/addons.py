"""Addons."""

from __future__ import annotations

import json
import re
import time
import uuid

from ..iam import find_role
from .clusters import DEFAULT_VERSION
from .errors import in_use, invalid
from .health import described_addon
from .pod_identities import add_association
from .region import Doc, Region, created_now, operation, some

# With the version that is the default.
ADDONS = {
    "aws-ebs-csi-driver": "v1.51.1-eksbuild.1",
    "aws-efs-csi-driver": "v2.1.13-eksbuild.1",
    "cert-manager": "v1.19.1-eksbuild.1",
    "coredns": "v1.12.4-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
    "eks-pod-identity-agent": "v1.3.9-eksbuild.3",
    "external-dns": "v0.19.0-eksbuild.2",
    "kube-proxy": "v1.34.0-eksbuild.4",
    "kube-state-metrics": "v2.17.0-eksbuild.4",
    "metrics-server": "v0.8.0-eksbuild.3",
    "snapshot-controller": "v8.3.0-eksbuild.1",
    "vpc-cni": "v1.20.4-eksbuild.2",
}


def check_addon(addon: Doc) -> None:
    if not re.fullmatch(r"v\d+\.\d+\.\d+-eksbuild\.\d+", addon["addonVersion"]):
        raise invalid("Addon version specified is not supported")
    try:
        json.loads(addon.get("configurationValues") or "{}")
    except ValueError:
        raise invalid("ConfigurationValue provided in request is not supported: it is not JSON") from None
    if (role := addon.get("serviceAccountRoleArn")) and not find_role(role):
        raise invalid(f"Role {role} does not exist")


@operation
def create_addon(eks: Region, asked: Doc) -> Doc:
    cluster, name = eks.cluster(asked), asked["addonName"]
    if name in cluster["_addons"]:
        raise in_use("Addon already exists.")
    # PRESERVE is for updates.
    if name not in ADDONS or asked.get("resolveConflicts") == "PRESERVE":
        raise invalid(f"Addon {name} specified is not supported")
    addon = {
        "addonName": name,
        "clusterName": cluster["name"],
        "addonArn": eks.arn("addon", cluster["name"], name, str(uuid.uuid4())),
        "addonVersion": ADDONS[name],
        "status": "ACTIVE",
        "tags": {},
        "health": {"issues": []},
        **created_now(),
        **some(asked, "addonVersion", "tags", "configurationValues", "serviceAccountRoleArn"),
    }
    check_addon(addon)
    owned = {"ownerArn": addon["addonArn"], "namespace": "kube-system"}
    associations = [add_association(eks, cluster, {**a, **owned}) for a in asked.get("podIdentityAssociations", [])]
    addon["podIdentityAssociations"] = [association["associationArn"] for association in associations]
    cluster["_addons"][name] = addon
    return {"addon": {**addon, "status": "CREATING"}}


@operation
def describe_addon(eks: Region, asked: Doc) -> Doc:
    return {"addon": described_addon(eks.cluster(asked), eks.item(asked, "_addons"))}


@operation
def list_addons(eks: Region, asked: Doc) -> Doc:
    return {"addons": list(eks.cluster(asked)["_addons"])}


@operation
def update_addon(eks: Region, asked: Doc) -> Doc:
    addon = eks.item(asked, "_addons")
    new = some(asked, "addonVersion", "configurationValues", "serviceAccountRoleArn")
    check_addon({**addon, **new})
    addon.update(new, modifiedAt=time.time())
    return eks.record(asked, "AddonUpdate", new)


@operation
def delete_addon(eks: Region, asked: Doc) -> Doc:
    addon, associations = eks.pop(asked, "_addons"), eks.cluster(asked)["_associations"]
    for i in [i for i, association in associations.items() if association.get("ownerArn") == addon["addonArn"]]:
        del associations[i]
    return {"addon": addon}


@operation
def describe_addon_versions(eks: Region, asked: Doc) -> Doc:
    version = asked.get("kubernetesVersion", DEFAULT_VERSION)
    fits = {"clusterVersion": version, "platformVersions": ["*"], "defaultVersion": True}
    works = {"compatibilities": [fits], "architecture": ["amd64", "arm64"]}
    known = {**ADDONS, "kube-proxy": f"v{version}.0-eksbuild.4"}
    return {
        "addons": [
            {"addonName": n, "publisher": "eks", "owner": "aws", "addonVersions": [{"addonVersion": v, **works}]}
            for n, v in known.items()
            if n == asked.get("addonName", n)
        ]
    }
