"""Reads of the phone's door: the signed status, made anew when something changed or it has aged."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from app.base import clock
from app.base.keys import ServerKeys
from app.base.meta import epoch
from app.broadcasts.queries import broadcasts_of
from app.live.queries import scope_heads
from app.live.scopes import site_scope
from app.people.queries import site_card
from app.response.queries import running_incidents
from app.sync.frames import frames_of
from app.sync.status import PURPOSE, status_text

# A storm of phones shares one signature; whoever asks gets one that is at most this old.
SIGNED_ANEW_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class SignedText:
    """A text of the server and the signature that proves it."""

    text: str
    sig: str

    def to_wire(self) -> dict[str, str]:
        """As it travels."""
        return {"text": self.text, "sig": self.sig}


@dataclass(frozen=True)
class _Made:
    """What the last status was made of."""

    site: str
    seq: int
    epoch: str
    at: datetime
    signed: SignedText


def signed_status(site: str) -> SignedText:
    """What is in force at the site, signed, valid for `signed_valid_minutes` from when it was made."""
    made: _Made | None = current_app.extensions.get("signed_status")
    now, seq, history = clock.now(), scope_heads([site_scope(site)])[site_scope(site)][0], epoch()
    known = made is not None and (made.site, made.seq, made.epoch) == (site, seq, history)
    if made is not None and known and timedelta(0) <= now - made.at < SIGNED_ANEW_EVERY:
        return made.signed
    signed = _sign(site, history, now)
    current_app.extensions["signed_status"] = _Made(site, seq, history, now, signed)
    return signed


def status_codes(signed: SignedText) -> tuple[str, ...]:
    """The same for a camera: the lines of the codes that a phone without contact reads from paper and verifies."""
    return frames_of("S", zlib.compress(json.dumps(signed.to_wire(), ensure_ascii=False).encode()))


def _sign(site: str, history: str, now: datetime) -> SignedText:
    life = timedelta(minutes=current_app.extensions["settings"].signed_valid_minutes)
    incidents = [(one, broadcasts_of(one["id"])) for one in running_incidents(site)]
    text = status_text(site_card(site), incidents, epoch=history, at=now, until=now + life)
    keys: ServerKeys = current_app.extensions["keys"]
    return SignedText(text, keys.sign(PURPOSE, text))
