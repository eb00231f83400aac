"""SSM: the public parameters that Bottlerocket publishes, which moto does not carry."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from moto.ssm.models import Parameter, SimpleSystemManagerBackend

from . import bottlerocket
from .account import ACCOUNT
from .hooks import around

NAME = re.compile(
    r"/aws/service/bottlerocket/aws-k8s-(1\.\d+)(?:-nvidia|-fips)?/(?:x86_64|arm64)/"
    r"(\d+\.\d+\.\d+)/(image_version|image_id)"
)


def published(name: str) -> Parameter | None:
    """Returns a parameter of whatever release that has the minor version of Kubernetes, existing or not."""
    match = NAME.fullmatch(name)
    if not match or not bottlerocket.has(match[2], match[1]):
        return None
    _, version, kind = match.groups()
    image = "ami-" + hashlib.sha1(name.rpartition("/")[0].encode()).hexdigest()[:17]
    value = bottlerocket.release(version) if kind == "image_version" else image
    now = datetime.now(timezone.utc)
    return Parameter(ACCOUNT, name, value, "String", None, None, None, now, 1, "text")  # type: ignore[abstract]


@around(SimpleSystemManagerBackend, "get_parameter")
def get_parameter(original: Callable[..., Any], ssm: Any, name: str) -> Any:
    return published(name) or original(name)


@around(SimpleSystemManagerBackend, "get_parameters")
def get_parameters(original: Callable[..., Any], ssm: Any, names: list[str]) -> Any:
    return {**original(names), **{name: found for name in names if (found := published(name))}}
