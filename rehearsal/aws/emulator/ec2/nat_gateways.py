"""NAT gateways: what they need, and what goes with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.exceptions import ResourceAlreadyAssociatedError
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend

from ..hooks import Args, around, before
from .backend import refusal

# Since 6.24 the provider reads a NAT gateway's addresses only when AvailabilityMode is there.
NatGateway.availability_mode = "zonal"  # type: ignore[attr-defined]
NatGateway.nat_gateway_addresses = property(  # type: ignore[method-assign, assignment]
    lambda nat: [{**a, "IsPrimary": i == 0, "Status": "succeeded"} for i, a in enumerate(nat.address_set)]
)


@before(NatGatewayBackend, "create_nat_gateway")
def address_free(ec2: Any, a: Args) -> None:
    """moto finds this out too late: it leaves an interface behind, and the subnet can never go."""
    for address in ec2.address_by_allocation([a["allocation_id"]]) if a["allocation_id"] else []:
        if address.association_id:
            raise ResourceAlreadyAssociatedError(address.public_ip)


@around(NatGatewayBackend, "create_nat_gateway")
def create_nat(original: Callable[..., Any], ec2: Any, *args: Any, **kwargs: Any) -> Any:
    """Accepts a public NAT gateway without an internet gateway and lets it fail, as AWS does: depends_on is needed."""
    nat = original(*args, **kwargs)
    attached = any(g.vpc and g.vpc.id == nat.vpc_id for g in ec2.internet_gateways.values())
    if nat.connectivity_type != "private" and not attached:
        release_nat(ec2, nat)
        nat.state, nat.failure_code = "failed", "Gateway.NotAttached"
        nat.failure_message = f"Network {nat.vpc_id} has no Internet gateway attached"
    return nat


@around(NatGatewayBackend, "delete_nat_gateway")
def delete_nat(original: Callable[..., Any], ec2: Any, nat_gateway_id: str) -> Any:
    if nat_gateway_id not in ec2.nat_gateways:
        raise refusal("NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
    release_nat(ec2, ec2.nat_gateways[nat_gateway_id])
    return original(nat_gateway_id)


def release_nat(ec2: Any, nat: Any) -> None:
    """Removes the interface and the address association of a NAT gateway, which moto leaves behind."""
    for address in ec2.addresses:
        if address.eni is nat._eni:
            ec2.disassociate_address(association_id=address.association_id)
    ec2.enis.pop(nat._eni.id, None)
