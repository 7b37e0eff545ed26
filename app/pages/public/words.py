"""A plan's words in the reader's language, on pages: what nobody has translated stays as the plan has it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.pages.public.views import Bulletin, NoticeView

# English text: the same in the reader's language.
Words = Mapping[str, str]


def said(text: str, words: Words) -> str:
    """A text of a plan in the reader's words."""
    return words.get(text, text)


def notice_in(notice: NoticeView, words: Words) -> NoticeView:
    """An incident with the words that come from its plan in the reader's language; what people wrote stays."""
    view = notice.view
    works = tuple(said(line, words) for line in view.works)
    spoken = replace(view, title=said(view.title, words), do_now=said(view.do_now, words), works=works)
    return replace(notice, view=spoken)


def bulletin_in(bulletin: Bulletin, words_of_plans: Mapping[str, Words]) -> Bulletin:
    """The public status with every incident in the words of its plan."""
    if not words_of_plans:
        return bulletin

    def spoken(notices: Iterable[NoticeView]) -> tuple[NoticeView, ...]:
        return tuple(notice_in(one, words_of_plans.get(one.plan, {})) for one in notices)

    running, ended, planned = spoken(bulletin.running), spoken(bulletin.ended), spoken(bulletin.planned)
    return replace(bulletin, running=running, ended=ended, planned=planned)
