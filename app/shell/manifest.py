"""What the phone's home screen knows about the app. Pure rules."""

from __future__ import annotations

from typing import Any

NIGHT = "#0e2c35"
PAGE = "#f3f1ea"


def icon(name: str, *, size: int, purpose: str = "any") -> dict[str, str]:
    # Plain addresses: an icon that moved with every build would make phones reinstall the app each time.
    return {"src": f"/static/icons/{name}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def manifest() -> dict[str, Any]:
    """The web app manifest."""
    return {
        "id": "/app/",
        "name": "Wardlight",
        "short_name": "Wardlight",
        "description": "What is down, what to do now, and who knows it: with or without a network.",
        "lang": "en",
        "start_url": "/app/",
        "scope": "/app/",
        "display": "standalone",
        "theme_color": NIGHT,
        "background_color": PAGE,
        "icons": [
            icon("icon-192.png", size=192),
            icon("icon-512.png", size=512),
            icon("icon-maskable-512.png", size=512, purpose="maskable"),
        ],
        "shortcuts": [
            {"name": "My card", "url": "/app/card"},
            {"name": "Updates", "url": "/app/updates"},
            {"name": "Ask for help", "url": "/app/help"},
        ],
    }
