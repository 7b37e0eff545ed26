"""The modules of feature packages that touch the outside world although their names are not the fixed ones.

Each stands here with its reason. Everything else in a package is a rule and must stay pure.
"""

from __future__ import annotations

EDGE_MODULES: dict[str, str] = {
    "app/live/hints.py": "gathers the hints of a moment, shared by all threads of the process",
    "app/live/presence.py": "remembers when this process last heard a person's device",
    "app/live/rows.py": "writes rows and cursors in the unit of work",
    "app/live/server.py": "the web server that checks tickets before a websocket opens",
    "app/live/sockets.py": "the websocket handlers and the only emit",
    "app/live/timeline.py": "puts events into rows in the unit of work that recorded them",
    "app/response/progress.py": "counts a card's tasks into its row in the unit of work that changed them",
}
