"""One emulator for all tests, in this process; every test makes its own network, roles and cluster."""

from __future__ import annotations

import itertools
import json
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

sys.path.insert(0, str(Path(__file__).parents[3] / "rehearsal" / "aws"))
from emulator.serving import serve  # noqa: E402

REGION = "eu-central-1"
ACCOUNT = "111122223333"
NUMBERS = itertools.count(1)


class Aws:
    """boto3 clients by attribute: aws.ec2, aws.eks..."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.url, self.environment = environment["AWS_ENDPOINT_URL"], environment
        self.region = environment["AWS_REGION"]

    def __getattr__(self, service: str) -> Any:
        client = boto3.client(
            service,
            region_name=self.region,
            endpoint_url=self.url,
            aws_access_key_id=self.environment["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.environment["AWS_SECRET_ACCESS_KEY"],
            aws_session_token=self.environment["AWS_SESSION_TOKEN"] or None,
            config=Config(retries={"total_max_attempts": 1}, parameter_validation=False, read_timeout=10),
        )
        setattr(self, service, client)
        return client

    def own(self, path: str, body: Any = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_rehearsal/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def role(self, service: str = "ec2.amazonaws.com", **extra: Any) -> str:
        name = extra.pop("name", f"role-{next(NUMBERS)}")
        return self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"Service": service}))["Role"]["Arn"]

    def network(self, zones: str = "ab") -> tuple[str, list[str]]:
        vpc = self.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        subnets = [
            self.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=self.region + z)["Subnet"][
                "SubnetId"
            ]
            for i, z in enumerate(zones)
        ]
        return vpc, subnets

    def group(self, vpc: str) -> str:
        return self.ec2.create_security_group(GroupName=f"g{next(NUMBERS)}", Description="d", VpcId=vpc)["GroupId"]

    def cluster(self, **changes: Any) -> dict[str, Any]:
        """A cluster as the platform makes it: API access mode, no self-managed addons."""
        subnets = changes.pop("subnets", None) or self.network()[1]
        request = {
            "name": f"c{next(NUMBERS)}",
            "version": "1.34",
            "roleArn": self.role("eks.amazonaws.com"),
            "resourcesVpcConfig": {"subnetIds": subnets},
            "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "bootstrapSelfManagedAddons": False,
            **changes,
        }
        self.eks.create_cluster(**request)
        return self.eks.describe_cluster(name=request["name"])["cluster"]

    def nodes(self, cluster: dict[str, Any], **changes: Any) -> dict[str, Any]:
        request = {
            "clusterName": cluster["name"],
            "nodegroupName": f"n{next(NUMBERS)}",
            "nodeRole": changes.pop("nodeRole", None) or self.role(),
            "subnets": cluster["resourcesVpcConfig"]["subnetIds"],
            "amiType": "BOTTLEROCKET_ARM_64",
            "instanceTypes": ["m7g.large"],
            "scalingConfig": {"minSize": 1, "maxSize": 3, "desiredSize": 2},
            **changes,
        }
        if request["instanceTypes"] is None:
            del request["instanceTypes"]
        self.eks.create_nodegroup(**request)
        return self.nodegroup(cluster, request["nodegroupName"])

    def nodegroup(self, cluster: dict[str, Any], name: str) -> dict[str, Any]:
        return self.eks.describe_nodegroup(clusterName=cluster["name"], nodegroupName=name)["nodegroup"]


def trust(principal: Any) -> str:
    statement = {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": principal}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="session")
def aws() -> Iterator[Aws]:
    server, environment = serve(0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Aws(environment)
    server.shutdown()


@pytest.fixture(scope="module")
def cluster(aws: Aws) -> dict[str, Any]:
    return aws.cluster()


def update_of(aws: Aws, answer: dict[str, Any], cluster: dict[str, Any], **of: str) -> dict[str, Any]:
    """Returns the update that a call began, as EKS describes it."""
    return aws.eks.describe_update(name=cluster["name"], updateId=answer["update"]["id"], **of)["update"]


@pytest.fixture
def refused() -> Callable[..., str]:
    """refused(code, call, **arguments): the call fails with this code; answers the message."""

    def check(code: str, call: Callable[..., Any], **arguments: Any) -> str:
        with pytest.raises(ClientError) as caught:
            call(**arguments)
        assert caught.value.response["Error"]["Code"] == code, caught.value
        return str(caught.value.response["Error"]["Message"])

    return check


def pytest_unconfigure(config: pytest.Config) -> None:
    """Prints `N passed, N failed` as the last line, which other programs read. A file that does not load failed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        passed, failed, errors = (len(reporter.stats.get(kind, [])) for kind in ("passed", "failed", "error"))
        print(f"{passed} passed, {failed + errors} failed")
