"""What the rules of EC2 share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends

from ..account import ACCOUNT

# Services that hold on to subnets or security groups add a function here: holder(region, id) is who holds it, or None.
HOLDERS: list[Callable[[str, str], str | None]] = []


def backend(region: str) -> Any:
    return ec2_backends[ACCOUNT][region]


def refusal(code: str, message: str) -> EC2ClientError:
    return EC2ClientError(code, message)


def held_by_others(ec2: Any, resource: str) -> bool:
    """Tells whether another service holds on to a subnet or security group."""
    return any(holder(ec2.region_name, resource) for holder in HOLDERS)


def alive(resources: Iterable[Any]) -> list[Any]:
    """Leaves out deleted NAT gateways and endpoints, which moto keeps in its tables; AWS does so too, for an hour."""
    return [r for r in resources if r.state not in ("deleted", "failed")]
