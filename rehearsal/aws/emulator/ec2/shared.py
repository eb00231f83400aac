"""A network of another account, which shares its subnets: it is there at start, and nobody here changes it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from moto.ec2.models import subnets, vpcs
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.route_tables import RouteBackend, RouteTable
from moto.ec2.models.subnets import Subnet, SubnetBackend
from moto.ec2.models.tags import TagBackend
from moto.ec2.models.vpcs import VPC, VPCBackend

from ..account import ACCOUNT, NETWORK, REGION
from ..hooks import Args, around, before
from .backend import backend, refusal

# Ids of what is the owner's.
FOREIGN: set[str] = set()

# Methods that change a network, each with the argument that says of what.
CHANGES: list[tuple[type, str, str]] = [
    (RouteBackend, "associate_route_table", "route_table_id"),
    (RouteBackend, "create_route", "route_table_id"),
    (RouteBackend, "delete_route", "route_table_id"),
    (RouteBackend, "delete_route_table", "route_table_id"),
    (RouteBackend, "replace_route", "route_table_id"),
    (SubnetBackend, "create_subnet", "vpc_id"),
    (SubnetBackend, "create_subnet_cidr_reservation", "subnet_id"),
    (SubnetBackend, "delete_subnet", "subnet_id"),
    (SubnetBackend, "modify_subnet_attribute", "subnet_id"),
    (TagBackend, "create_tags", "resource_ids"),
    (TagBackend, "delete_tags", "resource_ids"),
    (VPCBackend, "create_vpc_endpoint", "vpc_id"),
    (VPCBackend, "delete_vpc", "vpc_id"),
    (VPCBackend, "modify_vpc_attribute", "vpc_id"),
]


def owner_of(resource: Any) -> str:
    return str(NETWORK["owner"]) if resource.id in FOREIGN else ACCOUNT


VPC.owner_id = property(owner_of)  # type: ignore[method-assign, assignment]
Subnet.owner_id = property(owner_of)  # type: ignore[method-assign, assignment]


def owners_alone(cls: type, method: str, argument: str) -> None:
    @before(cls, method)
    def check(_: Any, a: Args) -> None:
        named = a[argument] if isinstance(a[argument], list) else [a[argument]]
        for one in FOREIGN.intersection(named):
            raise refusal("UnauthorizedOperation", f"{one} belongs to account {NETWORK['owner']}, which shares it.")


for change in CHANGES:
    owners_alone(*change)


# Ids of what is the owner's, and which it does not share.
HIDDEN: set[str] = set()

# Methods by which EC2 says what there is.
ANSWERS: list[tuple[type, str]] = [
    (ElasticAddressBackend, "describe_addresses"),
    (NatGatewayBackend, "describe_nat_gateways"),
    (NetworkInterfaceBackend, "get_all_network_interfaces"),
    (RouteBackend, "describe_route_tables"),
    (SubnetBackend, "describe_subnets"),
]


def hide(cls: type, method: str) -> None:
    """Of the owner's, AWS shows what is shared, and the tables of that (VPC user guide, "Share your VPC subnets")."""

    @around(cls, method)
    def shown(original: Callable[..., Any], _: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return [one for one in original(*args, **kwargs) if one.id not in HIDDEN]


for answer in ANSWERS:
    hide(*answer)

associations: Any = RouteTable.associations
RouteTable.associations = property(  # type: ignore[method-assign, assignment]
    lambda table: [one for one in associations.fget(table) if one.get("SubnetId") not in HIDDEN]
)


@around(TagBackend, "describe_tags")
def own_tags(original: Callable[..., Any], _: Any, *args: Any, **kwargs: Any) -> list[dict[str, str]]:
    """AWS shares no tags. moto asks here for those of whatever it describes, too."""
    return [tag for tag in original(*args, **kwargs) if tag["resource_id"] not in FOREIGN]


@contextmanager
def next_id(module: ModuleType, generator: str, resource: str) -> Iterator[None]:
    """Has moto give an id to what it makes next."""
    original = getattr(module, generator)
    setattr(module, generator, lambda: resource)
    try:
        yield
    finally:
        setattr(module, generator, original)


def create_network() -> None:
    """Makes the network that is there at start. Its NAT gateway is in a subnet that is not shared."""
    if not NETWORK:
        return
    ec2, block = backend(REGION), str(NETWORK["cidrBlock"])
    with next_id(vpcs, "random_vpc_id", str(NETWORK["vpcId"])):
        vpc = ec2.create_vpc(block)
    vpc.enable_dns_hostnames = "true"
    if "secondBlock" in NETWORK:
        ec2.associate_vpc_cidr_block(vpc.id, NETWORK["secondBlock"], amazon_provided_ipv6_cidr_block=False)
    gateway = ec2.create_internet_gateway()
    ec2.attach_internet_gateway(gateway.id, vpc.id)
    *_, last = ipaddress.ip_network(block).subnets(new_prefix=20)
    outer = ec2.create_subnet(vpc.id, str(last), availability_zone=NETWORK["subnets"][0]["zone"])
    address = ec2.allocate_address(domain="vpc")
    nat = ec2.create_nat_gateway(outer.id, address.allocation_id)
    tables = {way: ec2.create_route_table(vpc.id).id for way in ("none", "internet gateway", "NAT gateway")}
    ec2.create_route(tables["internet gateway"], "0.0.0.0/0", gateway_id=gateway.id)
    ec2.create_route(tables["NAT gateway"], "0.0.0.0/0", nat_gateway_id=nat.id)
    ec2.associate_route_table(tables["internet gateway"], subnet_id=outer.id)
    shared = [wanted["id"] for wanted in NETWORK["subnets"]]
    for wanted in NETWORK["subnets"]:
        with next_id(subnets, "random_subnet_id", wanted["id"]):
            ec2.create_subnet(vpc.id, wanted["cidrBlock"], availability_zone=wanted["zone"])
        # Without a table of its own a subnet has the main one.
        if wanted["wayOut"] in tables:
            ec2.associate_route_table(tables[wanted["wayOut"]], subnet_id=wanted["id"])
    all_tables = ec2.describe_route_tables(filters={"vpc-id": [vpc.id]})
    unshared = [one.id for one in all_tables if not set(shared).intersection(one._associations.values())]
    owned = [vpc.id, outer.id, nat.id, nat._eni.id, *(one.id for one in all_tables), *shared]
    ec2.create_tags(owned, {"Name": "shared"})
    FOREIGN.update(owned)
    HIDDEN.update([outer.id, nat.id, nat._eni.id, address.allocation_id, *unshared])
