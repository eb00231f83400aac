"""Clusters."""

from __future__ import annotations

import base64
import os
import time
import uuid

from ..account import DNS_SUFFIX
from ..ec2 import security_groups
from ..ec2.backend import HOLDERS, backend
from ..iam import find_role, trusts
from ..kms import find_key
from . import access_entries, networks
from .errors import bad_request, in_use, invalid
from .region import REGIONS, TABLES, Doc, Region, operation, some, view

# The last is the one after the platform's, so that its next upgrade can be rehearsed.
VERSIONS = [f"1.{minor}" for minor in range(30, 38)]
DEFAULT_VERSION = "1.34"
# A cluster moves to the right only.
AUTHENTICATION_MODES = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"]
LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
NO_CA = base64.b64encode(b"-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n").decode()
# A real API server, if whoever started this runs one.
CA = os.environ.get("REHEARSAL_CLUSTER_CA") or NO_CA
ENDPOINT = os.environ.get("REHEARSAL_CLUSTER_ENDPOINT")


@operation
def create_cluster(eks: Region, asked: Doc) -> Doc:
    name, version = asked["name"], asked.get("version", DEFAULT_VERSION)
    if name in eks.clusters:
        raise in_use(f"Cluster already exists with name: {name}")
    if version not in VERSIONS:
        raise invalid(f"unsupported Kubernetes version {version}")
    vpc = {
        "securityGroupIds": [],
        "endpointPublicAccess": True,
        "endpointPrivateAccess": False,
        **asked["resourcesVpcConfig"],
    }
    vpc["publicAccessCidrs"] = vpc.get("publicAccessCidrs") or ["0.0.0.0/0"]
    vpc["vpcId"] = networks.check_cluster_network(eks.name, vpc)
    check_role(asked["roleArn"])
    check_encryption(asked.get("encryptionConfig", []))
    network = {"ipFamily": "ipv4", "elasticLoadBalancing": {"enabled": False}}
    network.update(asked.get("kubernetesNetworkConfig", {}))
    network["serviceIpv4Cidr"] = networks.service_cidr(eks.name, vpc["vpcId"], network.get("serviceIpv4Cidr"))
    vpc["clusterSecurityGroupId"] = create_cluster_group(eks, name, vpc["vpcId"])
    access = {"authenticationMode": "CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": True}
    access.update(asked.get("accessConfig", {}))
    cluster = eks.clusters[name] = {
        **defaults(eks, name),
        **some(asked, "roleArn", "logging", "encryptionConfig", "upgradePolicy", "deletionProtection", "tags"),
        "version": version,
        "resourcesVpcConfig": vpc,
        "accessConfig": access,
        "kubernetesNetworkConfig": network,
        "_self_managed_addons": asked.get("bootstrapSelfManagedAddons", True),
        "_updates": {},
        **{table: {} for table in TABLES},
    }
    if access["bootstrapClusterCreatorAdminPermissions"] and access["authenticationMode"] != "CONFIG_MAP":
        # The creator's entry is there from the start: one made by hand for the same role collides.
        entry = access_entries.add_entry(eks, cluster, asked["caller"], "STANDARD", {})
        access_entries.associate(entry, access_entries.CLUSTER_ADMIN, {"type": "cluster"})
    return {"cluster": view({**cluster, "status": "CREATING"})}


def defaults(eks: Region, name: str) -> Doc:
    identity = uuid.uuid4().hex.upper()
    return {
        "name": name,
        "arn": eks.arn("cluster", name),
        "createdAt": time.time(),
        "status": "ACTIVE",
        "platformVersion": "eks.9",
        "certificateAuthority": {"data": CA},
        "health": {"issues": []},
        "endpoint": ENDPOINT or f"https://{identity}.gr7.{eks.name}.eks.{DNS_SUFFIX}",
        "identity": {"oidc": {"issuer": f"https://oidc.eks.{eks.name}.{DNS_SUFFIX}/id/{identity}"}},
        "logging": {"clusterLogging": [{"types": LOG_TYPES, "enabled": False}]},
        "encryptionConfig": [],
        "upgradePolicy": {"supportType": "EXTENDED"},
        "deletionProtection": False,
        "tags": {},
    }


def create_cluster_group(eks: Region, name: str, vpc: str) -> str:
    """Makes the group that EKS makes itself. Stacks tag it and put rules into it, so it is a real one."""
    ec2 = backend(eks.name)
    group = ec2.create_security_group(
        f"eks-cluster-sg-{name}-{uuid.uuid4().hex[:10]}",
        "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, "
        "as well as any managed workloads.",
        vpc_id=vpc,
        tags={
            "Name": f"eks-cluster-sg-{name}",
            f"kubernetes.io/cluster/{name}": "owned",
            "aws:eks:cluster-name": name,
        },
    )
    ec2.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}])
    return str(group.id)


def check_role(arn: str) -> None:
    if not trusts(find_role(arn), "eks.amazonaws.com"):
        raise invalid(
            f"Role with arn: {arn}, could not be assumed because it does not exist or the trusted entity is not correct"
        )


def check_encryption(configs: list[Doc]) -> None:
    for config in configs:
        if config.get("resources") != ["secrets"] or not find_key(config["provider"]["keyArn"]):
            raise invalid("encryptionConfig must name resource 'secrets' and an enabled KMS key")


@operation
def describe_cluster(eks: Region, asked: Doc) -> Doc:
    return {"cluster": view(eks.cluster(asked))}


@operation
def list_clusters(eks: Region, asked: Doc) -> Doc:
    return {"clusters": list(eks.clusters)}


@operation
def delete_cluster(eks: Region, asked: Doc) -> Doc:
    cluster = eks.cluster(asked)
    if cluster["deletionProtection"]:
        raise bad_request(f"Cluster {cluster['name']} has deletion protection enabled")
    if cluster["_nodegroups"]:
        raise in_use("Cluster has nodegroups attached")
    group, ec2 = cluster["resourcesVpcConfig"]["clusterSecurityGroupId"], backend(eks.name)
    # EKS leaves the group behind when another group's rule names it.
    if not security_groups.named_by_others(ec2, group):
        ec2.delete_security_group(group_id=group)
    del eks.clusters[cluster["name"]]
    return {"cluster": view({**cluster, "status": "DELETING"})}


def holder(region: str, resource: str) -> str | None:
    """Returns the cluster or node group that keeps interfaces in this subnet or security group."""
    for cluster in REGIONS.get(region, Region(region)).clusters.values():
        vpc = cluster["resourcesVpcConfig"]
        if resource in [*vpc["subnetIds"], *vpc["securityGroupIds"], vpc["clusterSecurityGroupId"]]:
            return str(cluster["arn"])
        for group in cluster["_nodegroups"].values():
            if resource in [*group["subnets"], *group["_security_groups"]]:
                return str(group["nodegroupArn"])
    return None


HOLDERS.append(holder)
