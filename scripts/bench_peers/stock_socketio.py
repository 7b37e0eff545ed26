"""Peer for `bench fanout`: Flask-SocketIO on gevent as its manual has it, websocket only, one room.

Each line of standard input is `{"fire": body}`: the body goes to the room as event `d`; the answer says when (`t`).
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402 - nothing may be imported before the patch
import sys  # noqa: E402
import time  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402
from gevent.fileobject import FileObject  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402
from geventwebsocket.handler import WebSocketHandler  # noqa: E402

app = Flask("peer")
socketio = SocketIO(app, async_mode="gevent", transports=["websocket"], http_compression=False, manage_session=False)


@socketio.on("connect")  # type: ignore[untyped-decorator]
def enter(_auth: Any = None) -> None:
    join_room("site:north")


def main() -> None:
    port = int(sys.argv[1])
    server = WSGIServer(("127.0.0.1", port), app, handler_class=WebSocketHandler, log=None)
    server.start()
    print(json.dumps({"ready": port}), flush=True)
    for line in FileObject(sys.stdin.fileno(), "rb", close=False):
        body = json.loads(line)["fire"]
        began = time.monotonic()
        socketio.emit("d", body, to="site:north")
        print(json.dumps({"t": began}), flush=True)


main()
