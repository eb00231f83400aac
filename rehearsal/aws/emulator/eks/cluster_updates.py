"""Changes to clusters."""

from __future__ import annotations

from . import networks
from .clusters import AUTHENTICATION_MODES, check_encryption
from .errors import bad_request, invalid
from .region import Doc, Region, operation, some
from .version_changes import type_of_change


@operation
def update_cluster_config(eks: Region, asked: Doc) -> Doc:
    cluster = eks.cluster(asked)
    changes = {k: v for k, v in asked.items() if k not in ("name", "caller", "clientRequestToken")}
    if len(changes) != 1:
        raise invalid("Only one type of update can be allowed.")
    kind, value = next(iter(changes.items()))
    old = cluster[kind]
    new = {**old, **value} if isinstance(value, dict) and kind != "logging" else value
    if kind == "resourcesVpcConfig":
        networks.check_cluster_network(eks.name, new)
        networks.check_same_zones(eks.name, old, new)
    if kind == "accessConfig":
        check_mode_change(old["authenticationMode"], new["authenticationMode"])
    if new == old and kind != "deletionProtection":
        raise invalid(f"No changes needed for the {kind} provided")
    cluster[kind] = new
    return eks.record(asked, "ConfigUpdate", changes)


def check_mode_change(old: str, new: str) -> None:
    if AUTHENTICATION_MODES.index(new) < AUTHENTICATION_MODES.index(old):
        raise invalid(f"Unsupported authentication mode update from {old} to {new}")


@operation
def update_cluster_version(eks: Region, asked: Doc) -> Doc:
    cluster, new = eks.cluster(asked), asked["version"]
    kind = type_of_change(cluster, new, bool(asked.get("force")))
    cluster["version"] = new
    return eks.record(asked, kind, {"version": new})


@operation
def associate_encryption_config(eks: Region, asked: Doc) -> Doc:
    cluster = eks.cluster(asked)
    if cluster["encryptionConfig"]:
        raise bad_request("Cluster already has an encryption config")
    check_encryption(asked["encryptionConfig"])
    cluster["encryptionConfig"] = asked["encryptionConfig"]
    return eks.record(asked, "AssociateEncryptionConfig", some(asked, "encryptionConfig"))
