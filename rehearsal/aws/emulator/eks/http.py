"""From HTTP to an operation, by botocore's own model of the API: routes, parameters, required and enumerated values."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

import botocore.session
from botocore import xform_name

from ..account import ACCOUNT, PARTITION
from ..principals import caller

# Importing them makes them operations.
from . import (  # noqa: F401
    access_entries,
    addons,
    cluster_updates,
    cluster_versions,
    clusters,
    insights,
    node_groups,
    pod_identities,
    tags,
    updates,
)
from .errors import EksError, bad_request, invalid
from .region import OPERATIONS, REGIONS, Doc, Region


class Route(NamedTuple):
    name: str
    method: str
    path: re.Pattern[str]
    shape: Any


def _routes() -> list[Route]:
    model, found = botocore.session.get_session().get_service_model("eks"), []
    for name in model.operation_names:
        operation = model.operation_model(name)
        path = operation.http["requestUri"].partition("?")[0]
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
        found.append(Route(name, operation.http["method"], pattern, operation.input_shape))
    # Fixed paths come before those with names in them.
    return sorted(found, key=lambda r: r.path.pattern.count("(?P"))


ROUTES = _routes()


def route(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Returns the route of a path as sent. Names are decoded after the split, since ARNs arrive percent-encoded."""
    for candidate in ROUTES:
        match = candidate.path.fullmatch(path) if candidate.method == method else None
        if match:
            return candidate, {k: unquote(v) for k, v in match.groupdict().items()}
    return None


def check_shape(shape: Any, value: Any, where: str) -> None:
    """Checks required members and enumerated values, as the service does."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for member in shape.required_members:
            if value.get(member) is None:
                raise invalid(f"Missing required parameter: {where}{member}")
        for name, member in shape.members.items():
            if value.get(name) is not None:
                check_shape(member, value[name], f"{where}{name}.")
    elif shape.type_name == "list":
        for item in value:
            check_shape(shape.member, item, where)
    elif getattr(shape, "enum", None) and value not in shape.enum:
        raise invalid(
            f"Value '{value}' at '{where[:-1]}' failed to satisfy constraint: "
            f"Member must satisfy enum value set: {shape.enum}"
        )


def parameters(found: Route, names: dict[str, str], query: str, body: bytes) -> Doc:
    sent, asked = json.loads(body) if body else {}, parse_qs(query)
    result: Doc = {}
    for member, shape in found.shape.members.items():
        place, key = shape.serialization.get("location"), shape.serialization.get("name", member)
        if place == "uri":
            result[member] = names[key]
        elif place == "querystring" and key in asked:
            result[member] = asked[key] if shape.type_name == "list" else asked[key][0]
        elif place is None and sent.get(key) is not None:
            result[member] = sent[key]
    check_shape(found.shape, result, "")
    return result


def carried_out(region: str, access_key: str, method: str, path: str, query: str, body: bytes) -> Doc:
    found = route(method, path)
    operation = OPERATIONS.get(xform_name(found[0].name)) if found else None
    if not found or not operation:
        raise bad_request(f"The rehearsal does not implement {found[0].name if found else f'{method} {path}'}")
    known = caller(access_key)
    asked = parameters(*found, query, body)
    asked["caller"] = known.arn if known else f"arn:{PARTITION}:iam::{ACCOUNT}:root"
    return operation(REGIONS.setdefault(region, Region(region)), asked)


def answer(
    region: str, access_key: str, method: str, path: str, query: str, body: bytes
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Returns status line, headers and body."""
    headers = [("Content-Type", "application/json")]
    try:
        status, result = 200, carried_out(region, access_key, method, path, query, body)
    except EksError as error:
        status, result = error.status, {"__type": error.code, "message": error.message}
        # SDKs in Go read the header, others the body.
        headers.append(("x-amzn-errortype", error.code))
    sent = json.dumps(result).encode()
    return f"{status} EKS", [*headers, ("Content-Length", str(len(sent)))], sent
