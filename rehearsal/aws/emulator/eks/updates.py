"""Updates, as they are read back."""

from __future__ import annotations

from .errors import missing
from .region import Doc, Region, find, operation, updated_part, view


@operation
def describe_update(eks: Region, asked: Doc) -> Doc:
    update = find(eks.cluster(asked)["_updates"], asked["updateId"], "update")
    if update["_of"] != updated_part(asked):
        raise missing(f"No update found for ID: {asked['updateId']}")
    return {"update": view(update)}


@operation
def list_updates(eks: Region, asked: Doc) -> Doc:
    updates = eks.cluster(asked)["_updates"]
    return {"updateIds": [i for i, update in updates.items() if update["_of"] == updated_part(asked)]}
