"""Releases of the images that nodes run."""

from __future__ import annotations

import re

from .. import bottlerocket
from .errors import invalid


def newest(ami_type: str, version: str) -> str:
    """Returns the newest release for a Kubernetes version."""
    if ami_type.startswith("BOTTLEROCKET"):
        return bottlerocket.release(bottlerocket.NEWEST)
    return f"{version}.0-20260101"


def order(ami_type: str, release: str) -> list[int]:
    """Returns what releases are compared by; the commit at the end of one of Bottlerocket's tells no age."""
    text = release.partition("-")[0] if ami_type.startswith("BOTTLEROCKET") else release
    return [int(number) for number in re.findall(r"\d+", text)]


def check_form(ami_type: str, version: str, release: str) -> None:
    form = r"\d+\.\d+\.\d+-[0-9a-f]{8}" if ami_type.startswith("BOTTLEROCKET") else r"\d+\.\d+(\.\d+)?-[0-9.]+"
    known = not ami_type.startswith("BOTTLEROCKET") or bottlerocket.has(release.partition("-")[0], version)
    if not re.fullmatch(form, release) or not known:
        raise invalid(f"Requested release version {release} is not valid for kubernetes version {version}.")


def check_not_older(ami_type: str, running: str, release: str) -> None:
    """EKS takes no node group back (API reference, UpdateNodegroupVersion)."""
    if order(ami_type, release) < order(ami_type, running):
        raise invalid(f"Requested release version {release} is older than the current release version {running}.")
