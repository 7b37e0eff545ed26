"""The Python port of the phone over a real socket: what it does when nobody answers."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any, cast

from flask.testing import FlaskClient

from tests.phone import PhonePort

DEADLINE_SECONDS = 9.0


class NoContact(Exception):
    """No answer of ours: everything stays where it is."""


@dataclass
class WireAnswer:
    """An answer, as Flask's test client gives it."""

    status_code: int
    text: str

    def get_json(self) -> Any:
        """The body; None when it is no JSON."""
        return json.loads(self.text) if self.text else None


@dataclass
class WireClient:
    """As much of Flask's test client as a phone needs, over HTTP. NoContact when our server does not answer."""

    port: int
    deadline_seconds: float = DEADLINE_SECONDS
    cookies: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, *, json: Any = None, headers: dict[str, str] | None = None) -> WireAnswer:
        """One request."""
        return self._ask("POST", path, json, headers or {})

    def get(self, path: str) -> WireAnswer:
        """One request without a body."""
        return self._ask("GET", path, None, {})

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str]) -> WireAnswer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.deadline_seconds)
        named = {"Content-Type": "application/json", "Connection": "close", **headers}
        if "Authorization" not in named and self.cookies:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, None if body is None else json.dumps(body).encode(), named)
            answer = connection.getresponse()
            found = WireAnswer(answer.status, answer.read().decode())
            found.get_json()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoContact(str(error)) from error
        finally:
            connection.close()
        if found.status_code >= 500:
            raise NoContact(f"{found.status_code}")
        self._keep_cookie(answer.headers.get("Set-Cookie"))
        return found

    def _keep_cookie(self, header: str | None) -> None:
        if header is not None:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value


def wire_phone(port: int, username: str, device: str) -> PhonePort:
    """A phone that speaks to this port."""
    return PhonePort(cast(FlaskClient, WireClient(port)), username=username, device=device)
