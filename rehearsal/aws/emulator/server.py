"""One WSGI application in front of moto: the EKS API, a journal of changes, faults on demand, the inventory."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from .call import Call
from .client_tokens import Answer, ClientTokens
from .eks import http as eks_http
from .eks import insights, tokens
from .faults import Faults, fail, hold_up
from .inventory import inventory
from .principals import refusal

Start = Callable[..., Any]


class Dispatcher(DomainDispatcherApplication):
    """Finds who answers for a host once: moto lists its folders, and tries a pattern a service, for each request."""

    def __init__(self) -> None:
        super().__init__(create_backend_app)
        self.found: dict[str | None, Any] = {}

    def get_backend_for_host(self, host: str | None) -> Any:
        if host not in self.found:
            self.found[host] = super().get_backend_for_host(host)
        return self.found[host]


class Application:
    def __init__(self) -> None:
        self.moto = Dispatcher()
        self.journal: list[dict[str, Any]] = []
        self.faults, self.client_tokens = Faults(), ClientTokens()
        self.numbers, self.lock = itertools.count(1), threading.Lock()
        # moto's backends iterate over what another thread may add to; a 500 after half a call has clients repeat it.
        self.backends = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/_rehearsal/"):
            status, headers, body = self.own(environ)
        else:
            status, headers, body = self.answer(Call(environ), environ)
        start(status, headers)
        return [body]

    def answer(self, call: Call, environ: dict[str, Any]) -> Answer:
        fault = self.faults.take(call)
        if fault and not fault.get("after"):
            hold_up(fault)
            self.note(call, int(fault["status"]), fault=fault["code"])
            return fail(call, fault, environ)
        answer, repeated = self.client_tokens.answer(call, lambda: self.made(call, environ))
        if not call.reads:
            call.name_created(answer[2])
            marks = {**({"repeated": True} if repeated else {}), **({"fault": fault["code"]} if fault else {})}
            self.note(call, int(answer[0].split()[0]), **marks)
        if fault:
            hold_up(fault)
            return fail(call, fault, environ)
        return answer

    def made(self, call: Call, environ: dict[str, Any]) -> Answer:
        """Has EKS or moto carry the call out."""
        kept: list[Any] = []
        with self.backends:
            if reason := refusal(call):
                return call.denied(reason)
            if call.service == "eks":
                return eks_http.answer(call.region, call.key, call.method, call.path, call.query, call.body)
            body = b"".join(self.moto(environ, lambda status, headers, error=None: kept.extend((status, headers))))
        return kept[0], kept[1], body

    def note(self, call: Call, status: int, **marks: Any) -> None:
        with self.lock:
            entry = {
                "n": next(self.numbers),
                "time": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
                "service": call.service,
                "action": call.action,
                "resource": call.resource,
                "status": status,
            }
            self.journal.append({**entry, **marks})

    def own(self, environ: dict[str, Any]) -> Answer:
        """Answers what lies under /_rehearsal/."""
        path, method = environ["PATH_INFO"].removeprefix("/_rehearsal/"), environ["REQUEST_METHOD"]
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if (method, path) == ("POST", "fail"):
            self.faults.add(json.loads(sent))
        elif (method, path) == ("DELETE", "fail"):
            self.faults.waiting.clear()
        elif (method, path) == ("POST", "insights"):
            insights.say(json.loads(sent))
        elif (method, path) == ("DELETE", "insights"):
            insights.SAID.clear()
        elif (method, path) == ("DELETE", "journal"):
            self.journal.clear()
        answers: dict[str, Callable[[], Any]] = {
            "inventory": inventory,
            "journal": lambda: self.journal,
            "fail": lambda: self.faults.waiting,
            "insights": lambda: insights.SAID,
            "health": lambda: {"status": "ok"},
            "token-review": lambda: tokens.review(json.loads(sent)),
        }
        known = path in answers
        with self.backends:
            found = answers[path]() if known else {"message": f"one of {', '.join(answers)}"}
        body = json.dumps(found, indent=1).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        return "200 OK" if known else "404 Not Found", headers, body
