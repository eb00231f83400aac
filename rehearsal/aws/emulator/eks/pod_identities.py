"""Pod identity associations."""

from __future__ import annotations

import time
import uuid

from ..iam import find_role, trusts
from .errors import in_use, invalid
from .region import Doc, Region, created_now, operation, some


def check_role(arn: str) -> None:
    if not trusts(find_role(arn), "pods.eks.amazonaws.com"):
        raise invalid(f"Role {arn} does not exist or does not trust pods.eks.amazonaws.com")


def add_association(eks: Region, cluster: Doc, asked: Doc) -> Doc:
    check_role(asked["roleArn"])
    for other in cluster["_associations"].values():
        if (other["namespace"], other["serviceAccount"]) == (asked["namespace"], asked["serviceAccount"]):
            raise in_use(f"Association already exists: {other['associationId']}")
    i = "a-" + uuid.uuid4().hex[:17]
    given = ("namespace", "serviceAccount", "roleArn", "disableSessionTags", "targetRoleArn", "tags", "ownerArn")
    association = cluster["_associations"][i] = {
        "clusterName": cluster["name"],
        "associationId": i,
        "associationArn": eks.arn("podidentityassociation", cluster["name"], i),
        "disableSessionTags": False,
        "tags": {},
        **created_now(),
        **some(asked, *given),
    }
    return association


@operation
def create_pod_identity_association(eks: Region, asked: Doc) -> Doc:
    return {"association": add_association(eks, eks.cluster(asked), asked)}


@operation
def describe_pod_identity_association(eks: Region, asked: Doc) -> Doc:
    return {"association": eks.item(asked, "_associations")}


@operation
def list_pod_identity_associations(eks: Region, asked: Doc) -> Doc:
    wanted = some(asked, "namespace", "serviceAccount").items()
    associations = eks.cluster(asked)["_associations"].values()
    return {"associations": [a for a in associations if all(a[key] == value for key, value in wanted)]}


@operation
def update_pod_identity_association(eks: Region, asked: Doc) -> Doc:
    association = eks.item(asked, "_associations")
    check_role(str(asked.get("roleArn", association["roleArn"])))
    association.update(some(asked, "roleArn", "disableSessionTags", "targetRoleArn"), modifiedAt=time.time())
    return {"association": association}


@operation
def delete_pod_identity_association(eks: Region, asked: Doc) -> Doc:
    return {"association": eks.pop(asked, "_associations")}
