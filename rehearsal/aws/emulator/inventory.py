"""What exists, without what AWS itself puts into an account: empty ({}) means that a destroy left nothing."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .account import ACCOUNT, ADMINS, CALLER, DEPLOYER, KEYS
from .ec2.backend import alive
from .eks.region import REGIONS, TABLES

# Principals that are there at start.
GIVEN = [*ADMINS, DEPLOYER, CALLER]

Kinds = dict[str, Iterable[str]]


def ec2(b: Any) -> Kinds:
    own = {v.id for v in b.vpcs.values() if not v.is_default}
    groups = [(vpc, group) for vpc, groups in b.groups.items() for group in groups.values()]
    instances = [i for r in b.reservations.values() for i in r.instances]
    return {
        "vpc": own,
        "subnet": [s.id for zone in b.subnets.values() for s in zone.values() if s.vpc_id in own],
        "route_table": [t.id for t in b.route_tables.values() if t.vpc_id in own],
        "security_group": [group.id for vpc, group in groups if vpc in own or not group.is_default],
        "internet_gateway": [*b.internet_gateways, *b.egress_only_internet_gateways],
        "nat_gateway": [n.id for n in alive(b.nat_gateways.values())],
        "eip": [a.allocation_id for a in b.addresses],
        "vpc_endpoint": [e.id for e in alive(b.vpc_end_points.values())],
        "network_interface": b.enis,
        "flow_log": b.flow_logs,
        "launch_template": b.launch_templates,
        "instance": [i.id for i in instances if i._state.name != "terminated"],
        "volume": b.volumes,
        "key_pair": b.key_pairs,
    }


def iam(b: Any) -> Kinds:
    roles = [r for r in b.get_roles() if not r.path.startswith("/aws-service-role/")]
    return {
        "role": [r.name for r in roles if r.arn not in GIVEN],
        "policy": [p.name for p in b.managed_policies.values() if f"::{ACCOUNT}:" in p.arn],
        "instance_profile": b.instance_profiles,
        "oidc_provider": b.open_id_providers,
        "user": [name for name, user in b.users.items() if user.arn not in GIVEN],
        "group": b.groups,
    }


def kms(b: Any) -> Kinds:
    """Leaves out keys of the start, and those that wait for their deletion: to Terraform these are gone."""
    return {
        "key": [
            k.id
            for k in b.keys.values()
            if k.arn not in KEYS and k.key_manager != "AWS" and k.key_state != "PendingDeletion"
        ],
        "alias": [a for k in b.keys.values() for a in k.aliases if not a.startswith("alias/aws/")],
    }


def events(b: Any) -> Kinds:
    return {
        "bus": set(b.event_buses) - {"default"},
        "rule": [rule for bus in b.event_buses.values() for rule in bus.rules],
    }


SERVICES: dict[str, Callable[[Any], Kinds]] = {
    "ec2": ec2,
    "iam": iam,
    "kms": kms,
    "logs": lambda b: {"log_group": b.groups},
    "sqs": lambda b: {"queue": b.queues},
    "events": events,
    "ssm": lambda b: {"parameter": [n for n in b._parameters if not n.startswith("/aws/")]},
    "s3": lambda b: {"bucket": b.buckets},
    "dynamodb": lambda b: {"table": b.tables},
}


def found() -> Iterator[tuple[str, list[str]]]:
    for name, service in SERVICES.items():
        if f"moto.{name}.models" not in sys.modules:
            continue  # It was never called, so it is empty; importing it would cost a second.
        backends = getattr(importlib.import_module(f"moto.{name}.models"), f"{name}_backends")
        for region in list(backends[ACCOUNT].values()):
            for kind, ids in service(region).items():
                yield f"{name}:{kind}", [str(i) for i in ids]
    for eks in list(REGIONS.values()):
        for cluster in eks.clusters.values():
            yield "eks:cluster", [cluster["name"]]
            for table in TABLES:
                yield f"eks:{table[1:]}", [f"{cluster['name']}/{key}" for key in cluster[table]]


def inventory() -> dict[str, list[str]]:
    """Returns names or ids by kind, such as `{"ec2:vpc": ["vpc-…"]}`."""
    result: dict[str, list[str]] = {}
    for kind, ids in found():
        if ids:
            result[kind] = sorted([*result.get(kind, []), *ids])
    return result
