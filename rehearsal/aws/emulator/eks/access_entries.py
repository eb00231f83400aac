"""Access entries, and the access policies that they have."""

from __future__ import annotations

import time
import uuid

from ..account import PARTITION
from ..iam import is_principal
from .errors import bad_request, in_use, invalid
from .region import Doc, Region, created_now, find, operation, some, view

TYPES = ["STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX"]
RESERVED_PREFIXES = ("system:", "eks:", "aws:", "amazon:", "iam:")
CLUSTER_ADMIN, *OTHERS = (
    f"arn:{PARTITION}:eks::aws:cluster-access-policy/AmazonEKS{name}Policy"
    for name in ("ClusterAdmin", "Admin", "AdminView", "AutoNode", "Edit", "SecretReader", "View")
)
POLICIES = [CLUSTER_ADMIN, *OTHERS]


def cluster_with_entries(eks: Region, asked: Doc) -> Doc:
    cluster = eks.cluster(asked)
    if cluster["accessConfig"]["authenticationMode"] == "CONFIG_MAP":
        modes = "[API, API_AND_CONFIG_MAP]"
        raise bad_request(f"The cluster's authentication mode must be set to one of {modes} to perform this operation.")
    return cluster


def default_username(principal: str) -> str:
    """Returns the user's ARN, or that of the role's session, in which the role's path does not appear."""
    head, kind, path = principal.partition(":role/")
    if not kind:
        return principal
    return f"{head.replace(':iam:', ':sts:')}:assumed-role/{path.rpartition('/')[2]}/{{{{SessionName}}}}"


def add_entry(eks: Region, cluster: Doc, principal: str, kind: str, more: Doc) -> Doc:
    standard = kind == "STANDARD"
    account, resource = principal.split(":", 5)[4:]
    name = f"{account}/{resource.rpartition('/')[2]}/{uuid.uuid4()}"
    entry = cluster["_entries"][principal] = {
        "clusterName": cluster["name"],
        "principalArn": principal,
        "accessEntryArn": eks.arn("access-entry", cluster["name"], resource.partition("/")[0], name),
        "type": kind,
        "username": default_username(principal) if standard else "system:node:{{EC2PrivateDNSName}}",
        "kubernetesGroups": [] if standard else ["system:nodes"],
        "tags": {},
        "_policies": {},
        **created_now(),
        **more,
    }
    return entry


def check_names(given: Doc) -> None:
    for name in [*given.get("kubernetesGroups", []), given.get("username") or ""]:
        if name.startswith(RESERVED_PREFIXES):
            raise invalid(f"The name {name} is invalid, it cannot start with a reserved prefix such as system:")


@operation
def create_access_entry(eks: Region, asked: Doc) -> Doc:
    cluster, principal = cluster_with_entries(eks, asked), asked["principalArn"]
    kind = asked.get("type") or "STANDARD"
    given = {key: value for key, value in some(asked, "kubernetesGroups", "username").items() if value}
    if not is_principal(principal):
        # The provider retries on this message, for two minutes.
        raise invalid("The specified principalArn is invalid: invalid principal.")
    if kind not in TYPES:
        raise invalid(f"The type {kind} is not one of {TYPES}")
    if kind != "STANDARD" and given:
        raise invalid(f"kubernetesGroups and username can be set for type STANDARD only, not for {kind}")
    check_names(given)
    if principal in cluster["_entries"]:
        raise in_use("The specified access entry resource is already in use on this cluster.")
    return {"accessEntry": view(add_entry(eks, cluster, principal, kind, {**given, **some(asked, "tags")}))}


@operation
def describe_access_entry(eks: Region, asked: Doc) -> Doc:
    return {"accessEntry": view(eks.item(asked, "_entries"))}


@operation
def list_access_entries(eks: Region, asked: Doc) -> Doc:
    return {"accessEntries": list(cluster_with_entries(eks, asked)["_entries"])}


@operation
def update_access_entry(eks: Region, asked: Doc) -> Doc:
    entry, new = eks.item(asked, "_entries"), some(asked, "kubernetesGroups", "username")
    check_names(new)
    entry.update(new, modifiedAt=time.time())
    return {"accessEntry": view(entry)}


@operation
def delete_access_entry(eks: Region, asked: Doc) -> Doc:
    eks.pop(asked, "_entries")
    return {}


def associate(entry: Doc, policy: str, scope: Doc) -> Doc:
    times = {"associatedAt": time.time(), "modifiedAt": time.time()}
    entry["_policies"][policy] = {"policyArn": policy, "accessScope": {"namespaces": [], **scope}, **times}
    return dict(entry["_policies"][policy])


@operation
def associate_access_policy(eks: Region, asked: Doc) -> Doc:
    entry, scope, policy = eks.item(asked, "_entries"), asked["accessScope"], asked["policyArn"]
    if entry["type"] != "STANDARD":
        raise bad_request(f"The access entry type {entry['type']} does not support access policies")
    if policy not in POLICIES:
        raise invalid(f"The policyArn {policy} is not valid")
    if (scope.get("type") == "namespace") != bool(scope.get("namespaces")):
        raise invalid("namespaces go with an access scope of type namespace, and only with it")
    names = some(asked, "clusterName", "principalArn")
    return {**names, "associatedAccessPolicy": associate(entry, policy, scope)}


@operation
def list_associated_access_policies(eks: Region, asked: Doc) -> Doc:
    policies = eks.item(asked, "_entries")["_policies"]
    return {**some(asked, "clusterName", "principalArn"), "associatedAccessPolicies": list(policies.values())}


@operation
def disassociate_access_policy(eks: Region, asked: Doc) -> Doc:
    policies = eks.item(asked, "_entries")["_policies"]
    find(policies, asked["policyArn"], "associated access policy")
    del policies[asked["policyArn"]]
    return {}
