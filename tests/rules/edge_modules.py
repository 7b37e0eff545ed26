"""The modules of feature packages that touch the outside world although their names are not the fixed ones.

Each stands here with its reason. Everything else in a package is a rule and must stay pure.
"""

from __future__ import annotations

EDGE_MODULES: dict[str, str] = {
    "app/live/beat.py": "tells the other server processes what this one hears, and learns what they hear",
    "app/live/catch_up.py": "looks into the database for news while Redis is away",
    "app/live/fanout.py": "sends a broadcast to every socket of a room",
    "app/live/gate.py": "counts the websockets of this second",
    "app/live/hints.py": "gathers the hints of a moment, shared by all threads of the process",
    "app/live/later.py": "waits on the event loop for all connections together",
    "app/live/line.py": "remembers how this process's line to the others is",
    "app/live/manager.py": "the rooms of this process's sockets, as Socket.IO wants them kept",
    "app/live/outlet.py": "the only writer of a websocket's bytes",
    "app/live/pings.py": "sends the heartbeats of all connections",
    "app/live/presence.py": "remembers when this process last heard a person's device",
    "app/live/redis_line.py": "listens to Redis and sends to it",
    "app/live/rows.py": "writes rows and cursors in the unit of work",
    "app/live/server.py": "the web server that checks tickets before a websocket opens",
    "app/live/sockets.py": "the websocket handlers and the only emit",
    "app/live/timeline.py": "puts events into rows in the unit of work that recorded them",
    "app/live/watchdog.py": "measures how late the event loop wakes it",
    "app/delivery/keys.py": "reads and makes the key files of this installation",
    "app/delivery/outgoing.py": "the only opener of connections to the outside",
    "app/delivery/paths.py": "remembers in the worker which ways out are left alone",
    "app/delivery/webpush_client.py": "encrypts with fresh randomness and signs with the clock",
    "app/delivery/worker.py": "claims, sends and records beside the web server",
    "app/delivery/channels/email.py": "talks to the hospital's mail server",
    "app/people/guard.py": "stands before every route: reads the session or the push token of a request",
    "app/people/passwords.py": "hashes beside the event loop, with random salt",
    "app/people/session.py": "who is signed in, between Flask-Login and our people",
    "app/plans/approval.py": "moves versions of plans from draft to retired in one unit of work each",
    "app/response/book.py": "reads and writes tasks in the unit of work that changes them",
    "app/response/progress.py": "counts a card's tasks into its row in the unit of work that changed them",
    "app/broadcasts/reach.py": "counts who was reached into its row in the unit of work that changed it",
    "app/pages/public/sentences.py": "asks the catalogue of the reader's language",
    "app/pages/public/kept.py": "shares what was made among the requests of one process",
    "app/sync/group.py": "lets requests of the same moment wait for one commit",
    "app/sync/kinds.py": "the table from kinds of op to the commands that carry them out",
    "app/sync/pull.py": "puts the answer to a pull together from the database",
    "app/sync/relay.py": "opens what a colleague's phone has carried and hands it to the command that takes pushes",
    "app/shell/headers.py": "puts the security headers on every response",
}
