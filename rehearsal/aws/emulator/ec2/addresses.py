"""Elastic addresses, and the internet gateways in front of them."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.internet_gateways import InternetGatewayBackend

from ..hooks import Args, before
from .backend import refusal


@before(ElasticAddressBackend, "release_address")
def address_unused(ec2: Any, a: Args) -> None:
    for address in ec2.addresses:
        if a["allocation_id"] in (None, address.allocation_id) and a["address"] in (None, address.public_ip):
            if address.association_id:
                raise refusal("InvalidIPAddress.InUse", f"Address {address.public_ip} is in use.")


@before(InternetGatewayBackend, "detach_internet_gateway")
def no_public_addresses(ec2: Any, a: Args) -> None:
    """NAT gateways and instances have public addresses."""
    vpc = a["vpc_id"]
    if any(eni.public_ip and eni.vpc_id == vpc for eni in ec2.enis.values()):
        raise DependencyViolationError(
            f"Network {vpc} has some mapped public address(es). "
            "Please unmap those public address(es) before detaching the gateway."
        )
