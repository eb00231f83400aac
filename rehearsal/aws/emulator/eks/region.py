"""What EKS holds in a region, and what its operations share.

A resource is a dict in the shape of the API. Keys that begin with an underscore are the emulator's own, and `view`
leaves them out. State lies beside moto's EC2, IAM and KMS in one process: subnets, roles and keys are checked for real.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from typing import Any

from ..account import ACCOUNT, PARTITION
from .errors import missing

Doc = dict[str, Any]

# Tables of a cluster: the parameter that names an item, what an item is called, and the key of its ARN.
TABLES = {
    "_nodegroups": ("nodegroupName", "node group", "nodegroupArn"),
    "_addons": ("addonName", "addon", "addonArn"),
    "_entries": ("principalArn", "access entry", "accessEntryArn"),
    "_associations": ("associationId", "association", "associationArn"),
}


def find(items: dict[str, Doc], key: str, kind: str) -> Doc:
    """Returns the item, or refuses with the one code on which the provider's deletes end."""
    if key not in items:
        raise missing(f"No {kind} found for name: {key}.")
    return items[key]


def view(item: Doc) -> Doc:
    return {key: value for key, value in item.items() if not key.startswith("_")}


def some(asked: Doc, *keys: str) -> Doc:
    return {key: asked[key] for key in keys if key in asked}


def created_now() -> Doc:
    return {"createdAt": time.time(), "modifiedAt": time.time()}


class Region:
    def __init__(self, name: str) -> None:
        self.name = name
        self.clusters: dict[str, Doc] = {}

    def arn(self, *parts: str) -> str:
        return f"arn:{PARTITION}:eks:{self.name}:{ACCOUNT}:" + "/".join(parts)

    def cluster(self, asked: Doc) -> Doc:
        return find(self.clusters, asked.get("clusterName") or asked["name"], "cluster")

    def item(self, asked: Doc, table: str) -> Doc:
        key, kind, _ = TABLES[table]
        return find(self.cluster(asked)[table], asked[key], kind)

    def pop(self, asked: Doc, table: str) -> Doc:
        item = self.item(asked, table)
        del self.cluster(asked)[table][asked[TABLES[table][0]]]
        return {**item, "status": "DELETING"}

    def record(self, asked: Doc, kind: str, changes: Doc) -> Doc:
        """Returns an update, which the provider follows until it is Successful."""
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in changes.items()}
        update = {
            "id": str(uuid.uuid4()),
            "status": "Successful",
            "type": kind,
            "createdAt": time.time(),
            "params": [{"type": key[0].upper() + key[1:], "value": text} for key, text in texts.items()],
            "errors": [],
        }
        self.cluster(asked)["_updates"][update["id"]] = {**update, "_of": updated_part(asked)}
        return {"update": update}


def updated_part(asked: Doc) -> str | None:
    """Returns the name of the node group or addon that an update is about, or None for the cluster itself."""
    return asked.get("nodegroupName") or asked.get("addonName")


REGIONS: dict[str, Region] = {}

Operation = Callable[[Region, Doc], Doc]
OPERATIONS: dict[str, Operation] = {}


def operation(function: Operation) -> Operation:
    """Makes a function the operation of its name. It gets region and parameters, and returns the answer."""
    OPERATIONS[function.__name__] = function
    return function
