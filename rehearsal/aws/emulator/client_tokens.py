"""Client tokens: a call that comes again with the same token gets the first answer, and nothing happens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from .call import Call

Answer = tuple[str, list[tuple[str, str]], bytes]


class ClientTokens:
    def __init__(self) -> None:
        self.first: dict[tuple[str, ...], tuple[dict[str, Any], Answer]] = {}
        # A client that lost its patience repeats a call while the first is still being answered.
        self.lock = threading.Lock()

    def answer(self, call: Call, make: Callable[[], Answer]) -> tuple[Answer, bool]:
        """Returns the answer, and whether it is that of an earlier call."""
        if not call.client_token:
            return make(), False
        key = (call.service, call.region, call.action, call.client_token)
        with self.lock:
            if key in self.first:
                parameters, answer = self.first[key]
                return (answer if parameters == call.parameters else mismatch(call)), True
            answer = make()
            if answer[0].startswith("2"):
                self.first[key] = (call.parameters, answer)
            return answer, False


def mismatch(call: Call) -> Answer:
    # EKS has no error of its own for this, so which of them it answers is a guess.
    code = "InvalidParameterException" if call.service == "eks" else "IdempotentParameterMismatch"
    message = "Arguments on this idempotent request are inconsistent with arguments used in previous request(s)."
    return call.error("400 Mismatch", code, message)
