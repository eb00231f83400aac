"""Puts the emulator behind a port of loopback."""

from __future__ import annotations

import os

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

# Importing them installs their rules; those of IAM come with principals.
from . import kms, logs, sqs, ssm  # noqa: F401
from .account import REGION
from .ec2 import addresses, flow_logs, launch_templates, nat_gateways, networks, shared, vpc_endpoints  # noqa: F401
from .principals import create_principals
from .server import Application


class Handler(MotoRequestHandler):
    # Terraform makes thousands of requests, over connections that it keeps.
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Writes nothing: the journal has the changes, and a line for each read would bury errors."""


def serve(port: int) -> tuple[BaseWSGIServer, dict[str, str]]:
    """Returns a server that is bound to the port (0: a free one), and the environment of those who call it."""
    server = make_server("127.0.0.1", port, Application(), threaded=True, request_handler=Handler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    kms.create_keys()
    shared.create_network()
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
        **create_principals(),
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return server, environment
