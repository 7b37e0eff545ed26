"""A push service that trusts nobody: it checks the token and every header, decrypts what it gets, and answers as told.

Written from RFC 8030, 8188, 8291 and 8292, not from our sender, so that both are held to the same text.
"""

from __future__ import annotations

import base64
import json
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LARGEST_BODY = 4096
DAY_SECONDS = 86_400
URGENCIES = ("very-low", "low", "normal", "high")


def unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """The keys of one subscription, as a browser would make them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = name.encode().ljust(16, b".")[:16]
        self._point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": unpadded(self._point), "auth": unpadded(self._auth)}

    def open(self, body: bytes) -> bytes:
        """Decrypt one aes128gcm record; anything wrong raises."""
        salt, (record_size, key_length) = body[:16], struct.unpack("!LB", body[16:21])
        sender_point, sealed = body[21 : 21 + key_length], body[21 + key_length :]
        assert len(sealed) <= record_size
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender_point)
        shared = self._key.exchange(ec.ECDH(), sender)
        both = b"WebPush: info\x00" + self._point + sender_point
        secret = HKDF(SHA256(), 32, salt=self._auth, info=both).derive(shared)
        key = HKDF(SHA256(), 16, salt=salt, info=b"Content-Encoding: aes128gcm\x00").derive(secret)
        nonce = HKDF(SHA256(), 12, salt=salt, info=b"Content-Encoding: nonce\x00").derive(secret)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert plain[-1:] == b"\x02", "the last record ends with the delimiter 2"
        return plain[:-1]


@dataclass
class Push:
    """What came in for one subscription."""

    name: str
    headers: dict[str, str]
    message: dict[str, Any]
    claims: dict[str, Any]


@dataclass
class PushService:
    """Answers 201 unless told otherwise: `answer[name]` or `answer["*"]` is a status, "hang" or a triple of
    status, headers and text. What comes for a name in `lines` goes on to a real browser, which holds the keys."""

    port: int = 0
    scheme: str = "http"
    lines: dict[str, Callable[[bytes], None]] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    pushes: list[Push] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    server_key: str = ""
    delay_seconds: float = 0.0
    hung: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def origin(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def browser(self, name: str) -> Browser:
        """A new subscription."""
        return self.browsers.setdefault(name, Browser(name))

    def endpoint(self, name: str) -> str:
        return f"{self.origin}/push/{name}"

    def received(self, name: str) -> list[Push]:
        with self.lock:
            return [one for one in self.pushes if one.name == name]

    def take(self, name: str, headers: dict[str, str], body: bytes) -> str:
        """Check a push; the sentence of what is wrong, or ""."""
        browser, line = self.browsers.get(name), self.lines.get(name)
        if browser is None and line is None:
            return "nobody subscribed here"
        wrong = wrong_headers(headers) or ("the body is too large" if len(body) > LARGEST_BODY else "")
        if wrong:
            return wrong
        try:
            claims = checked_token(headers["authorization"], audience=self.origin, server_key=self.server_key)
            message = json.loads(browser.open(body)) if browser else {}
        except Exception as error:  # noqa: BLE001 - whatever is wrong is the finding
            return f"{type(error).__name__}: {error}"
        with self.lock:
            self.pushes.append(Push(name, headers, message, claims))
        if line is not None:
            line(body)
        return ""


def wrong_headers(headers: dict[str, str]) -> str:
    """What is wrong with the headers of a push."""
    if not headers.get("ttl", "").isdigit() or not 0 < int(headers["ttl"]) <= 28 * DAY_SECONDS:
        return f"TTL {headers.get('ttl')!r}"
    if headers.get("urgency") not in URGENCIES:
        return f"Urgency {headers.get('urgency')!r}"
    topic = headers.get("topic", "")
    if not 0 < len(topic) <= 32 or not topic.replace("-", "").replace("_", "").isalnum():
        return f"Topic {topic!r}"
    return "" if headers.get("content-encoding") == "aes128gcm" else "Content-Encoding"


def checked_token(header: str, *, audience: str, server_key: str) -> dict[str, Any]:
    """The claims of the sender's token; raises for a wrong signature, audience, life or contact."""
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    assert scheme == "vapid"
    assert not server_key or parts["k"] == server_key, "another key than the one subscribed with"
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), padded(parts["k"]))
    claims: dict[str, Any] = jwt.decode(
        parts["t"], key, algorithms=["ES256"], audience=audience, options={"require": ["aud", "exp", "sub"]}
    )
    assert claims["exp"] <= time.time() + DAY_SECONDS, "a token lives a day at most"
    assert claims["sub"].startswith(("mailto:", "https://")) and "localhost" not in claims["sub"], claims["sub"]
    return claims


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    service: PushService

    def do_POST(self) -> None:
        service, name = self.service, self.path.rpartition("/")[2]
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        told = service.answer.get(name, service.answer.get("*", 201))
        if service.delay_seconds:
            time.sleep(service.delay_seconds)
        if told == "hang":
            service.hung.wait()
            self.close_connection = True
            return
        status, headers, text = told if isinstance(told, tuple) else (told, {}, b"")
        if status == 201:
            problem = service.take(name, {key.lower(): value for key, value in self.headers.items()}, body)
            if problem:
                service.problems.append(f"{name}: {problem}")
                status = 400
        self.send_response(status)
        for key, value in {"Content-Length": str(len(text)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_args: Any) -> None:
        """Clients that were cut off are part of the play."""


@contextmanager
def push_service(port: int = 0, *, tls: ssl.SSLContext | None = None) -> Iterator[PushService]:
    """A running service; hanging requests are let go at the end."""
    service = PushService(scheme="https" if tls else "http")
    server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"service": service}))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.hung.set()
        server.shutdown()
        server.server_close()
        thread.join()
