"""The websocket side: who may connect, which rooms they join, and the only `emit` of the project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from app.base.meta import epoch
from app.base.signing import TicketSigner
from app.live import hints, presence
from app.live.fanout import make_manager
from app.live.pings import share_pings

PATH = "/socket.io/"
socketio = SocketIO()


def init_app(
    app: Flask, *, async_mode: str, redis_url: str = "", coalesce_ms: int = 100, fast_fanout: bool = True
) -> None:
    """Attach Socket.IO to the app: websocket only, no cookie of its own, rooms from the ticket."""
    fast = fast_fanout and async_mode == "gevent"
    socketio.init_app(
        app,
        async_mode=async_mode,
        transports=["websocket"],
        client_manager=make_manager(fast=fast, redis_url=redis_url),
        manage_session=False,
        ping_interval=25,
        ping_timeout=20,
        max_http_buffer_size=16384,
        http_compression=False,
        cors_allowed_origins=None,
    )
    if async_mode == "gevent" and socketio.server is not None:
        share_pings(socketio.server.eio)
    socketio.on_event("connect", _on_connect)
    socketio.on_event("disconnect", _on_disconnect)
    hints.connect(schedule=_later(coalesce_ms / 1000), send=_hint_sender(app))


def _later(delay_seconds: float) -> Callable[[Callable[[], None]], None]:
    def schedule(action: Callable[[], None]) -> None:
        def run() -> None:
            socketio.sleep(delay_seconds)
            action()

        socketio.start_background_task(run)

    return schedule


def _hint_sender(app: Flask) -> Callable[[str, str, dict[str, Any]], None]:
    def send(room: str, event: str, body: dict[str, Any]) -> None:
        with app.app_context():
            socketio.emit(event, {**body, "e": epoch()}, to=room)

    return send


def tell_user(user: str, event: str, body: dict[str, Any]) -> None:
    """Send a control message to all connections of a person; nobody listening is fine."""
    if socketio.server is not None:
        socketio.emit(event, body, to=f"u:{user}")


def tell_everybody(event: str, body: dict[str, Any]) -> None:
    """Send a control message (`bye`, `app`) to all connections."""
    if socketio.server is not None:
        socketio.emit(event, body)


def end_session(session: str) -> None:
    """Close the sockets of a sign-in that has ended: whoever may not pull may not listen either."""
    server = socketio.server
    if server is None:
        return
    room = f"sess:{session}"
    socketio.emit("auth", {}, to=room)
    for sid, _engine_sid in list(server.manager.get_participants("/", room)):
        server.disconnect(sid)


def claims_of(environ: dict[str, Any], signer: TicketSigner) -> dict[str, Any] | None:
    """The claims of a handshake's ticket; None when it is missing, forged or older than its life."""
    query = parse_qs(environ.get("QUERY_STRING", ""))
    if query.get("transport") != ["websocket"]:
        return None
    tickets = query.get("ticket") or [""]
    return signer.read(tickets[0])


def _on_connect(_auth: Any = None) -> bool:
    """Join the rooms of the ticket; no database work, as thousands may come at once."""
    from flask import current_app

    claims = request.environ.get("wardlight.claims") or claims_of(request.environ, current_app.extensions["tickets"])
    if claims is None:
        return False
    for room in (*claims["rooms"], f"u:{claims['user']}", f"sess:{claims['session']}"):
        join_room(room)
    presence.connected(request.sid, claims["user"], claims["device"])  # type: ignore[attr-defined]
    return True


def _on_disconnect(_reason: Any = None) -> None:
    presence.disconnected(request.sid)  # type: ignore[attr-defined]
