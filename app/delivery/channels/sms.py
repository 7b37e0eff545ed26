"""Text messages through any gateway that takes an HTTP request: method, address and body are templates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from urllib.parse import quote, quote_plus

from app.delivery.answers import Answer
from app.delivery.channels.kind import ChannelKind, Config, Field
from app.delivery.channels.webhook import post
from app.delivery.job import Job
from app.delivery.origins import may_send_to
from app.delivery.outgoing import Outgoing

LONGEST_SMS = 300
PLACES = ("{to}", "{text}", "{secret}")
PLACE = re.compile(r"\{(?:to|text|secret)\}")
TYPES = ("application/json", "application/x-www-form-urlencoded", "text/plain")


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


ESCAPES: dict[str, Callable[[str], str]] = {
    "application/json": _in_json,
    "application/x-www-form-urlencoded": quote_plus,
    "text/plain": str,
}


def _check(config: Config, _secret: str, named: Collection[str]) -> str:
    if not may_send_to(fill(config.get("url", ""), dict.fromkeys(PLACES, "0")), named):
        return "The address begins with https://, or is one that WARDLIGHT_DELIVERY_ORIGINS names."
    if "{" in config.get("url", "").partition("?")[0].partition("//")[2].partition("/")[0]:
        return "The name of the server must not be filled in by a message."
    if config.get("method") not in ("POST", "GET") or config.get("content_type") not in TYPES:
        return "Choose a method and a kind of body."
    template = config.get("url", "") + config.get("body", "")
    if "{to}" not in template or "{text}" not in template:
        return "Write {to} and {text} where the number and the message go."
    return ""


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its places filled, in one pass: a message that says {secret} must not get it. Other braces
    stay as they are (JSON has many)."""
    return PLACE.sub(lambda found: values.get(found[0], found[0]), template)


def request_of(job: Job) -> tuple[str, str, dict[str, str], bytes]:
    """Method, address, headers and body for one message; every value is escaped for where it stands."""
    words, way = job.words("en"), job.way
    text = f"{words.title}. {words.body}"[:LONGEST_SMS]
    values = {"{to}": str(way["address"]), "{text}": text, "{secret}": job.secret}
    escape = ESCAPES[way["content_type"]]
    url = fill(way["url"], {place: quote(value, safe="") for place, value in values.items()})
    body = fill(way.get("body", ""), {place: escape(value) for place, value in values.items()})
    headers = {"Content-Type": f"{way['content_type']}; charset=utf-8"}
    if way.get("authorization"):
        headers["Authorization"] = fill(way["authorization"], {"{secret}": job.secret})
    return way["method"], url, headers, body.encode() if way["method"] == "POST" else b""


def _send(job: Job, outgoing: Outgoing) -> Answer:
    method, url, headers, body = request_of(job)
    return post(outgoing, url, headers, body, method=method)


KIND = ChannelKind(
    name="sms",
    title="SMS gateway",
    fields=(
        Field("method", "Method", default="POST", choices=("POST", "GET")),
        Field("url", "Address", hint="https://sms.hospital.example/send"),
        Field("content_type", "Kind of body", default=TYPES[0], choices=TYPES),
        Field("body", "Body", default='{"to": "{to}", "text": "{text}"}', required=False, long=True),
        Field("authorization", "Authorization header", hint="Bearer {secret}", required=False),
    ),
    secret_label="Key",
    check=_check,
    send=_send,
)
