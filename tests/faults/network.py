"""What can go wrong between a phone and the server, as faults for the proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tests.faults.exchange import Exchange, answer

Fault = Callable[[Exchange], Awaitable[None]]

SIGN_IN_PAGE = "<!doctype html><title>Guest Wi-Fi</title><h1>Accept the terms to go online</h1>"
PROXY_PAGE = "<!doctype html><title>Gateway</title><h1>The upstream server did not answer</h1>"


def slow(seconds: float) -> Fault:
    """Everything arrives, late."""

    async def fault(exchange: Exchange) -> None:
        await asyncio.sleep(seconds)
        await exchange.pass_on()

    return fault


def cut_after(count: int) -> Fault:
    """The server acts; the connection breaks after so many bytes of its answer."""

    async def fault(exchange: Exchange) -> None:
        found = await exchange.ask_server()
        await exchange.say(found.to_bytes()[:count])
        exchange.reset()

    return fault


async def lose_request(exchange: Exchange) -> None:
    """The connection is reset before the server hears anything."""
    exchange.reset()


async def swallow_answer(exchange: Exchange) -> None:
    """The server acts; nobody hears of it."""
    await exchange.ask_server()
    exchange.reset()


async def duplicate(exchange: Exchange) -> None:
    """The server gets the request twice; the phone gets the second answer."""
    await exchange.ask_server()
    await exchange.pass_on()


async def black_hole(exchange: Exchange) -> None:
    """Accepted, and never answered."""
    await exchange.hang()


async def hanging_answer(exchange: Exchange) -> None:
    """The answer stops in the middle and the connection stays."""
    data = (await exchange.ask_server()).to_bytes()
    await exchange.say(data[: len(data) - 20])
    await exchange.hang()


async def truncated_json(exchange: Exchange) -> None:
    """A whole answer whose JSON ends too early, as a proxy with a small buffer makes it."""
    found = await exchange.ask_server()
    await exchange.say(found.with_body(found.body[: len(found.body) // 2]).to_bytes())


def followed_by(more: bytes) -> Fault:
    """The answer with something behind it: another version of a file."""

    async def fault(exchange: Exchange) -> None:
        for name in (b"accept-encoding", b"if-none-match", b"if-modified-since"):
            exchange.request = exchange.request.without(name)
        found = await exchange.ask_server()
        await exchange.say(found.with_body(found.body + more).to_bytes())

    return fault


def saying(data: bytes) -> Fault:
    """Somebody else answers in the server's place; the server hears nothing."""

    async def fault(exchange: Exchange) -> None:
        await exchange.say(data)

    return fault


def instead(status: str, body: str = SIGN_IN_PAGE, *, kind: str = "text/html", **headers: str) -> Fault:
    """A page in the place of the server's answer."""
    return saying(answer(status, body, kind=kind, **headers))


sign_in_page = instead("200 OK")
redirect_to_sign_in = instead("302 Found", Location="http://127.0.0.1:9/sign-in")
network_sign_in_wanted = instead("511 Network Authentication Required")
bad_gateway = instead("502 Bad Gateway", PROXY_PAGE)
gateway_timeout = instead("504 Gateway Timeout", PROXY_PAGE)
foreign_json = instead("200 OK", '{"status":"ok"}', kind="application/json")
nothing = saying(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
