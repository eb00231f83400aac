"""Versions of Kubernetes that EKS offers, and until when it supports each."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from .clusters import DEFAULT_VERSION
from .region import Doc, Region, operation

# Release, end of standard support and end of extended support, at the beginning of these days in UTC (EKS user guide,
# "Amazon EKS Kubernetes release calendar"). From 1.35 on, days that were not seen are reckoned: support is 14 and 26
# months long.
CALENDAR = {
    "1.30": ("2024-05-23", "2025-07-23", "2026-07-23"),
    "1.31": ("2024-09-26", "2025-11-26", "2026-11-26"),
    "1.32": ("2025-01-23", "2026-03-23", "2027-03-23"),
    "1.33": ("2025-05-29", "2026-07-29", "2027-07-29"),
    "1.34": ("2025-10-02", "2026-12-02", "2027-12-02"),
    "1.35": ("2026-01-27", "2027-03-27", "2028-03-27"),
    "1.36": ("2026-06-02", "2027-08-02", "2028-08-02"),
    "1.37": ("2026-10-01", "2027-12-01", "2028-12-01"),
}
# Of these, standard support never ends within half a year: a rehearsal is one of the platform, whatever the day is.
NEWEST = list(CALENDAR)[-3:]
HALF_A_YEAR = 183 * 86_400


def seconds(day: str) -> float:
    return datetime.fromisoformat(day).replace(tzinfo=timezone.utc).timestamp()


def information(version: str, now: float) -> Doc:
    released, standard, extended = map(seconds, CALENDAR[version])
    if version in NEWEST:
        later = max(0, now + HALF_A_YEAR - standard)
        standard, extended = standard + later, extended + later
    status = "STANDARD_SUPPORT" if now < standard else "EXTENDED_SUPPORT" if now < extended else "UNSUPPORTED"
    return {
        "clusterVersion": version,
        "clusterType": "eks",
        "defaultVersion": version == DEFAULT_VERSION,
        "releaseDate": released,
        "endOfStandardSupportDate": standard,
        "endOfExtendedSupportDate": extended,
        "status": status.lower().replace("_", "-"),
        "versionStatus": status,
    }


@operation
def describe_cluster_versions(eks: Region, asked: Doc) -> Doc:
    now = datetime.now(timezone.utc).timestamp()
    found: list[Any] = [information(version, now) for version in reversed(CALENDAR)]
    # What is not supported any more is left out, unless all are asked for.
    everything = asked.get("includeAll") in (True, "true")
    names, status = asked.get("clusterVersions"), asked.get("versionStatus")
    return {
        "clusterVersions": [
            one
            for one in found
            if (everything or one["versionStatus"] != "UNSUPPORTED")
            and (not names or one["clusterVersion"] in names)
            and (not status or one["versionStatus"] == status)
            and (asked.get("defaultOnly") not in (True, "true") or one["defaultVersion"])
        ]
    }
