"""The Atom feed (RFC 4287): one entry for each public update and each step of a real incident. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from app.base.ids import named_id
from app.base.instants import to_wire
from app.pages.public.statuspage import body_of
from app.pages.public.views import Bulletin, NoticeView, StepView, UpdateView

NAMESPACE = "http://www.w3.org/2005/Atom"
ENTRIES = 50
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Told = UpdateView | StepView


def atom_feed(bulletin: Bulletin, *, address: str, sentences: Mapping[str, str], language: str) -> bytes:
    """The feed as XML. Ids never change, so that a reader shows each entry once, wherever it was fetched from."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _text(feed, "id", f"urn:uuid:{named_id(f'status-feed|{bulletin.site.id}')}")
    _text(feed, "title", sentences["feed"] % {"site": bulletin.site.name or "Wardlight"})
    _text(feed, "updated", str(to_wire(bulletin.changed_at)))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{address}status.atom")
    SubElement(feed, "link", rel="alternate", type="text/html", href=address)
    _text(SubElement(feed, "author"), "name", bulletin.site.name or "Wardlight")
    _text(feed, "generator", "Wardlight")
    for notice, told in _newest(bulletin):
        _entry(feed, notice, told, address, sentences)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _newest(bulletin: Bulletin) -> list[tuple[NoticeView, Told]]:
    real = [notice for notice in (*bulletin.planned, *bulletin.running, *bulletin.past) if not notice.view.is_exercise]
    told: list[tuple[NoticeView, Told]] = [(notice, one) for notice in real for one in notice.told]
    told.sort(key=lambda pair: (pair[1].at, isinstance(pair[1], UpdateView)), reverse=True)
    return told[:ENTRIES]


def _entry(feed: Element, notice: NoticeView, told: Told, address: str, sentences: Mapping[str, str]) -> None:
    entry = SubElement(feed, "entry")
    body = body_of(told, sentences)
    _text(entry, "id", f"urn:uuid:{told.id}")
    _text(entry, "title", f"{notice.view.label} {notice.view.title}: {body.splitlines()[0]}")
    _text(entry, "updated", str(to_wire(told.at)))
    _text(entry, "published", str(to_wire(told.at)))
    SubElement(entry, "link", rel="alternate", type="text/html", href=f"{address}#{notice.anchor}")
    SubElement(entry, "category", term=notice.view.label)
    content = SubElement(entry, "content", type="text")
    content.text = _printable(body)


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _printable(words)


def _printable(words: str) -> str:
    """Without control characters and halves of letters, which XML can't hold."""
    return UNPRINTABLE.sub("", words)
