"""What becomes of nodes and addons: their state at the moment of asking."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from .region import Doc, view

# Addons whose pods need a node.
DEPLOYMENTS = {"coredns", "aws-ebs-csi-driver", "metrics-server"}
COREDNS_TOLERATES = [{"key": "CriticalAddonsOnly", "operator": "Exists"}]
# Whatever nodes wait for takes these off them: Cilium's operator does so when the agent runs.
STARTUP_TAINTS = {"node.cilium.io/agent-not-ready"}
EFFECTS = {"NO_SCHEDULE": "NoSchedule", "NO_EXECUTE": "NoExecute"}


def cni_ready(cluster: Doc) -> bool:
    """Tells whether nodes become Ready: with AWS's own CNI, or with one that CNI_READY_FILE tells of."""
    marker = os.environ.get("CNI_READY_FILE")
    own = cluster["_self_managed_addons"] or "vpc-cni" in cluster["_addons"]
    return not marker or Path(marker).exists() or own


def never_joins(group: Doc) -> bool:
    """Tells whether a node group fails that no CNI was there for. One that comes while machines start is in time."""
    marker = Path(os.environ.get("CNI_READY_FILE", ""))
    if "_cni_by" in group and marker.is_file() and marker.stat().st_mtime <= group["_cni_by"]:
        # Nodes that have joined stay, whatever becomes of the CNI.
        del group["_cni_by"], group["_fails_at"]
    return "_fails_at" in group


def described_node_group(group: Doc) -> Doc:
    described = view(group)
    if not never_joins(group):
        return described
    if time.time() < group["_fails_at"]:
        return {**described, "status": "CREATING"}
    issue = {
        "code": "NodeCreationFailure",
        "message": "Instances failed to join the kubernetes cluster",
        "resourceIds": ["i-0123456789abcdef0"],
    }
    return {**described, "status": "CREATE_FAILED", "health": {"issues": [issue]}}


def tolerated(taint: Doc, tolerations: list[Doc]) -> bool:
    effect = EFFECTS.get(taint["effect"])
    return effect is None or any(
        t.get("key") in (None, taint.get("key"))
        and (t.get("operator") == "Exists" or t.get("value", "") == taint.get("value", ""))
        and t.get("effect") in (None, "", effect)
        for t in tolerations
    )


def described_addon(cluster: Doc, addon: Doc) -> Doc:
    """Returns an addon, DEGRADED until its pods have a node that is up, with taints that CoreDNS tolerates."""
    groups = [g for g in cluster["_nodegroups"].values() if not never_joins(g) and g["scalingConfig"]["desiredSize"]]
    if addon["addonName"] == "coredns":
        tolerations = json.loads(addon.get("configurationValues") or "{}").get("tolerations", COREDNS_TOLERATES)
        lasting = [(g, [t for t in g["taints"] if t.get("key") not in STARTUP_TAINTS]) for g in groups]
        groups = [g for g, taints in lasting if all(tolerated(t, tolerations) for t in taints)]
    if addon["addonName"] not in DEPLOYMENTS or groups:
        return view(addon)
    issue = {
        "code": "InsufficientNumberOfReplicas",
        "message": "The add-on is unhealthy because it doesn't have the desired number of replicas.",
        "resourceIds": [],
    }
    return {**view(addon), "status": "DEGRADED", "health": {"issues": [issue]}}
