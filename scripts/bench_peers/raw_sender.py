"""Lower bound for `bench fanout`: accepts websockets and sends one ready frame to each by a bare `send`.

It knows no rooms, no queues, no slow readers. Lines are those of the other peers.
"""

from __future__ import annotations

import base64
import hashlib
import json
import select
import socket
import struct
import sys
import time

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def framed(text: str) -> bytes:
    payload = text.encode()
    head = (
        struct.pack("!BB", 0x81, len(payload)) if len(payload) < 126 else struct.pack("!BBH", 0x81, 126, len(payload))
    )
    return head + payload


def main() -> None:
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024)
    listener.setblocking(False)
    epoll = select.epoll()
    clients: dict[int, socket.socket] = {}
    epoll.register(listener, select.EPOLLIN)
    epoll.register(sys.stdin, select.EPOLLIN)
    print(json.dumps({"ready": int(sys.argv[1])}), flush=True)
    while True:
        for number, _what in epoll.poll():
            if number == listener.fileno():
                accept(listener, epoll, clients)
            elif number == sys.stdin.fileno():
                line = sys.stdin.readline()
                if not line:
                    return
                fire(json.loads(line)["fire"], clients)
            else:
                read(clients[number], epoll, clients)


def accept(listener: socket.socket, epoll: select.epoll, clients: dict[int, socket.socket]) -> None:
    while True:
        try:
            client, _address = listener.accept()
        except BlockingIOError:
            return
        client.setblocking(False)
        clients[client.fileno()] = client
        epoll.register(client, select.EPOLLIN)


def read(client: socket.socket, epoll: select.epoll, clients: dict[int, socket.socket]) -> None:
    try:
        data = client.recv(4096)
    except OSError:
        data = b""
    if not data:
        epoll.unregister(client)
        del clients[client.fileno()]
        client.close()
    elif data.startswith(b"GET"):
        key = data.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
        accepted = base64.b64encode(hashlib.sha1(key + GUID, usedforsecurity=False).digest())
        head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        client.send(head + b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n" + framed("0{}"))
    elif data[-2:] == b"40":
        client.send(framed('40{"sid":"x"}'))


def fire(body: object, clients: dict[int, socket.socket]) -> None:
    began = time.monotonic()
    frame = framed("42" + json.dumps(["d", body], separators=(",", ":")))
    for client in clients.values():
        client.send(frame)
    print(json.dumps({"t": began}), flush=True)


main()
