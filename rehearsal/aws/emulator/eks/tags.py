"""Tags of everything that EKS holds."""

from __future__ import annotations

from .errors import EksError
from .region import TABLES, Doc, Region, operation


def tags_of(eks: Region, arn: str) -> Doc:
    for cluster in eks.clusters.values():
        items = [(item, key) for table, (_, _, key) in TABLES.items() for item in cluster[table].values()]
        for item, key in [(cluster, "arn"), *items]:
            if item[key] == arn:
                tags: Doc = item["tags"]
                return tags
    raise EksError(404, "NotFoundException", f"No resource found for ARN: {arn}")


@operation
def tag_resource(eks: Region, asked: Doc) -> Doc:
    tags_of(eks, asked["resourceArn"]).update(asked["tags"])
    return {}


@operation
def untag_resource(eks: Region, asked: Doc) -> Doc:
    for key in asked["tagKeys"]:
        tags_of(eks, asked["resourceArn"]).pop(key, None)
    return {}


@operation
def list_tags_for_resource(eks: Region, asked: Doc) -> Doc:
    return {"tags": tags_of(eks, asked["resourceArn"])}
