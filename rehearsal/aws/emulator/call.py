"""What a request asks for."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from .eks import http as eks_http

SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/")
READS = re.compile(r"(Describe|Get|List|Head|AssumeRole|Receive|Simulate|Filter|Decode|GET |HEAD )")
NAMES = re.compile(
    r"(?i)(?:^|\.)(\w*(?:name|key|target|rule|queueurl|groupid|endpointid|gatewayid|\w+id|arn))(?:\.1)?$"
)
CLIENT_TOKENS = {"clienttoken", "clientrequesttoken"}


class Call:
    """A request's service, action and parameters and, as well as can be told, the thing that it is about."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.method, (self.path, _, self.query) = environ["REQUEST_METHOD"], environ["REQUEST_URI"].partition("?")
        length, source = environ.get("CONTENT_LENGTH"), environ["wsgi.input"]
        chunked = not length and environ.get("wsgi.input_terminated")
        self.body = source.read() if chunked else source.read(int(length or 0))
        environ["wsgi.input"] = io.BytesIO(self.body)  # moto reads it again.
        scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        self.key, self.region, self.service = scope.groups() if scope else ("", "us-east-1", "unsigned")
        target = environ.get("HTTP_X_AMZ_TARGET")
        self.protocol = "query"
        if target or self.service == "eks":
            self.protocol = "json"
        elif self.service == "ec2":
            self.protocol = "ec2"
        self.action, self.parameters = self._asked(target)
        tokens = [name for name in self.parameters if name.lower() in CLIENT_TOKENS]
        self.client_token = str(self.parameters.pop(tokens[0])) if tokens else None
        self.resource = self._resource()

    def _asked(self, target: str | None) -> tuple[str, dict[str, Any]]:
        """Returns the action and its parameters."""
        unknown = f"{self.method} {self.path}"
        if self.service == "eks":
            found = eks_http.route(self.method, self.path)
            sent = json.loads(self.body) if self.body else {}
            return (found[0].name, {**found[1], **sent}) if found else (unknown, sent)
        if target:
            return target.rpartition(".")[2], json.loads(self.body or b"{}")
        parameters: dict[str, Any] = dict(parse_qsl(self.body.decode(errors="replace") or self.query))
        return parameters.pop("Action", unknown), parameters

    def _resource(self) -> str:
        """Returns the Name tag, or all short parameters that look like a name or an id."""
        for key, value in self.parameters.items():
            if key.startswith("TagSpecification") and value == "Name":
                return str(self.parameters.get(key.removesuffix("Key") + "Value", ""))
        texts = {key: value for key, value in self.parameters.items() if isinstance(value, str)}
        return " ".join(v for k, v in texts.items() if NAMES.search(k) and not re.search("Token|^Tag", k))

    @property
    def reads(self) -> bool:
        return bool(READS.match(self.action))

    def name_created(self, body: bytes) -> None:
        """Adds the id of what EC2 made, as a `vpcId` in the answer to CreateVpc, to the resource's name."""
        noun = re.sub("^(Create|Allocate)", "", self.action).replace("Address", "Allocation").removeprefix("Security")
        if self.service == "ec2" and noun != self.action:
            made = re.search(rf"(?i)<{noun}Id>([^<]+)", body.decode(errors="replace"))
            self.resource = f"{self.resource} {made[1]}".strip() if made else self.resource

    def error(self, status: str, code: str, message: str) -> tuple[str, list[tuple[str, str]], bytes]:
        """Returns an error in the form that the service's clients read: status line, headers and body."""
        text = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
        if self.protocol == "json":
            body = json.dumps({"__type": code, "message": message})
        elif self.protocol == "ec2":
            body = f"<Response><Errors><Error>{text}</Error></Errors><RequestID>rehearsal</RequestID></Response>"
        else:
            error = f"<Error><Type>Sender</Type>{text}</Error>"
            body = f"<ErrorResponse>{error}<RequestId>rehearsal</RequestId></ErrorResponse>"
        kind = "application/x-amz-json-1.1" if self.protocol == "json" else "text/xml"
        sent = body.encode()
        headers = [("Content-Type", kind), ("x-amzn-errortype", code), ("Content-Length", str(len(sent)))]
        return status, headers, sent

    def denied(self, reason: str) -> tuple[str, list[tuple[str, str]], bytes]:
        """Returns what services answer to whoever may not make the call."""
        codes = {"ec2": "UnauthorizedOperation", "json": "AccessDeniedException"}
        return self.error("403 Forbidden", codes.get(self.protocol, "AccessDenied"), reason)
