"""Faults on demand: calls that fail, are late, or happen and lose their answer."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

from .call import Call
from .client_tokens import Answer


class Faults:
    def __init__(self) -> None:
        self.waiting: list[dict[str, Any]] = []
        self.lock = threading.Lock()

    def add(self, fault: dict[str, Any]) -> None:
        self.waiting.append({"times": 1, "status": 500, "code": "InternalFailure", **fault})

    def take(self, call: Call) -> dict[str, Any] | None:
        """Returns the first fault that is meant for the call, and counts it."""
        with self.lock:
            for fault in self.waiting:
                wanted = (fault.get("service", call.service), fault.get("action", call.action))
                named = fault.get("resource", "") in call.resource
                if wanted == (call.service, call.action) and named and fault["times"] > 0:
                    fault["times"] -= 1
                    return fault
        return None


def hold_up(fault: dict[str, Any]) -> None:
    """Waits for the fault's `delay`, in seconds."""
    time.sleep(float(fault.get("delay", 0)))


def fail(call: Call, fault: dict[str, Any], environ: dict[str, Any]) -> Answer:
    """Returns the fault's answer. One of status 0 ends the connection without any."""
    if int(fault["status"]) == 0:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError("fault: connection closed")
    return call.error(f"{fault['status']} Fault", fault["code"], "Injected by the rehearsal")
