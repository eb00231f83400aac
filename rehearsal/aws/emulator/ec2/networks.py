"""VPCs, subnets and routes."""

from __future__ import annotations

from ipaddress import IPv4Network
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


PRIVATE = [IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]


@before(VPCBackend, "associate_vpc_cidr_block")
def second_block(ec2: Any, a: Args) -> None:
    """No private one beside another range (VPC user guide, "IPv4 CIDR block association restrictions")."""
    if not a["cidr_block"]:
        return
    vpc = ec2.get_vpc(a["vpc_id"])
    block, first = IPv4Network(a["cidr_block"]), IPv4Network(vpc.cidr_block)
    theirs = [one["cidr_block"] for one in associated(vpc)]
    if any(block.overlaps(IPv4Network(cidr)) for cidr in theirs):
        raise refusal("InvalidVpc.Range", f"The CIDR '{block}' conflicts with one of the VPC's: {', '.join(theirs)}")
    if any(block.subnet_of(private) and not first.subnet_of(private) for private in PRIVATE):
        raise refusal("InvalidVpc.Range", f"The CIDR '{block}' is restricted beside '{first}'.")


@before(VPCBackend, "disassociate_vpc_cidr_block")
def no_subnets_in_block(ec2: Any, a: Args) -> None:
    for vpc in ec2.vpcs.values():
        for one in associated(vpc):
            block = IPv4Network(one["cidr_block"])
            if one["association_id"] == a["association_id"] and any(
                subnet.vpc_id == vpc.id and subnet.cidr.subnet_of(block)
                for zone in ec2.subnets.values()
                for subnet in zone.values()
            ):
                raise DependencyViolationError(f"The CIDR block '{block}' has dependencies.")


def associated(vpc: Any) -> list[dict[str, Any]]:
    """moto keeps those that are gone."""
    return [one for one in vpc.get_cidr_block_association_set() if one["cidr_block_state"]["state"] == "associated"]


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
