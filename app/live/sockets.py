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
from app.live.catch_up import CatchUp
from app.live.line import Line
from app.live.managers import make_manager
from app.live.pings import share_pings

PATH = "/socket.io/"
SESSION_ROOM = "sess:"
socketio = SocketIO()


def init_app(
    app: Flask, *, async_mode: str, redis_url: str = "", coalesce_ms: int = 100, fast_fanout: bool = True
) -> None:
    """Attach Socket.IO to the app: websocket only, no cookie of its own, rooms from the ticket."""
    fast = fast_fanout and async_mode == "gevent"
    line = app.extensions["line"] = Line(up=False if redis_url else None)
    socketio.init_app(
        app,
        async_mode=async_mode,
        transports=["websocket"],
        client_manager=make_manager(fast=fast, redis_url=redis_url, line=line),
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
    app.extensions["catch_up"] = CatchUp(line, rooms=_rooms_here, send=_tell_here)


def begin_to_listen() -> None:
    """Listen to the other processes from the start: Socket.IO would do so when the first socket opens here."""
    server = socketio.server
    if server is not None and not server.manager_initialized:
        server.manager_initialized = True
        server.manager.initialize()


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


def _rooms_here() -> list[str]:
    """The rooms that somebody of this process is in, and the ids of its sockets."""
    server = socketio.server
    return [] if server is None else [room for room in list(server.manager.rooms.get("/", ())) if room is not None]


def _tell_here(room: str, body: dict[str, Any]) -> None:
    socketio.emit(hints.EVENT, {**body, "e": epoch()}, to=room, ignore_queue=True)


def tell_user(user: str, event: str, body: dict[str, Any]) -> None:
    """Send a control message to all connections of a person; nobody listening is fine."""
    if socketio.server is not None:
        socketio.emit(event, body, to=f"u:{user}")


def tell_everybody(event: str, body: dict[str, Any]) -> None:
    """Send a control message (`bye`, `app`) to all connections of this process; those of others stay."""
    if socketio.server is not None:
        socketio.emit(event, body, ignore_queue=True)


def end_session(session: str) -> None:
    """Close the sockets of a sign-in that has ended: whoever may not pull may not listen either.

    The other processes of the house hear it by `auth`; while Redis is away they look for themselves.
    """
    if socketio.server is not None:
        socketio.emit("auth", {}, to=f"{SESSION_ROOM}{session}")
        _disconnect_all(f"{SESSION_ROOM}{session}")


def _disconnect_all(room: str) -> None:
    server = socketio.server
    for sid, _engine_sid in list(server.manager.get_participants("/", room)):
        server.disconnect(sid, ignore_queue=True)


def sessions_here() -> list[str]:
    """The sign-ins that have a socket open in this process."""
    return [room.removeprefix(SESSION_ROOM) for room in _rooms_here() if room.startswith(SESSION_ROOM)]


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
    for room in (*claims["rooms"], f"u:{claims['user']}", f"{SESSION_ROOM}{claims['session']}"):
        join_room(room)
    presence.connected(request.sid, claims["user"], claims["device"])  # type: ignore[attr-defined]
    return True


def _on_disconnect(_reason: Any = None) -> None:
    presence.disconnected(request.sid)  # type: ignore[attr-defined]
