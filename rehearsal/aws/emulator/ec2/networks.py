"""VPCs, subnets and routes."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.route_tables import RouteBackend
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend

from ..hooks import Args, before
from .backend import alive, held_by_others, refusal


@before(SubnetBackend, "create_subnet")
def zone_of_region(ec2: Any, a: Args) -> None:
    zone = a["availability_zone"]
    if zone and not zone.startswith(ec2.region_name):
        raise refusal("InvalidParameterValue", f"Value ({zone}) for parameter availabilityZone is invalid.")


@before(SubnetBackend, "delete_subnet")
def subnet_unused(ec2: Any, a: Args) -> None:
    """Interfaces stand for NAT gateways, interface endpoints and instances too: moto makes one for each."""
    subnet = a["subnet_id"]
    if any(eni.subnet.id == subnet for eni in ec2.enis.values()) or held_by_others(ec2, subnet):
        raise DependencyViolationError(f"The subnet '{subnet}' has dependencies and cannot be deleted.")


@before(VPCBackend, "delete_vpc")
def vpc_empty(ec2: Any, a: Args) -> None:
    """moto refuses for subnets and route tables only."""
    vpc = a["vpc_id"]
    groups = [g for g in ec2.groups.get(vpc, {}).values() if not g.is_default]
    gateways = [g for g in ec2.internet_gateways.values() if g.vpc and g.vpc.id == vpc]
    endpoints = [e for e in alive(ec2.vpc_end_points.values()) if e.vpc_id == vpc]
    if groups or gateways or endpoints:
        raise DependencyViolationError(f"The vpc '{vpc}' has dependencies and cannot be deleted.")


@before(RouteBackend, "create_route")
def route_target_exists(ec2: Any, a: Args) -> None:
    nat = a["nat_gateway_id"]
    if nat and nat not in {n.id for n in alive(ec2.nat_gateways.values())}:
        raise refusal("InvalidNatGatewayID.NotFound", f"The natGateway ID '{nat}' does not exist")
    gateway = ec2.internet_gateways.get(a["gateway_id"])
    vpc = ec2.get_route_table(a["route_table_id"]).vpc_id
    if gateway and not (gateway.vpc and gateway.vpc.id == vpc):
        raise refusal(
            "InvalidParameterValue",
            f"route table {a['route_table_id']} and network gateway {gateway.id} belong to different networks",
        )
