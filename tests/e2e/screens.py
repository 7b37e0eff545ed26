"""Every screen that axe looks at, at the moment at which it shows most.

The name before the colon is the app's own (static/js/screens.js); tests/rules/test_screens_inspected.py compares them.
"""

from __future__ import annotations

Screens = tuple[tuple[str, str], ...]

PUBLIC: Screens = (
    ("sign-in", "/app/"),
    ("status:quiet", "/"),
    ("login", "/login"),
    ("styleguide", "/styleguide"),
)
QUIET: Screens = (
    ("now:quiet", "/app/"),
    ("card:quiet", "/app/card"),
    ("updates:quiet", "/app/updates"),
    ("planned:none", "/app/planned"),
    ("what-if", "/app/what-if"),
    ("changes", "/app/changes"),
    ("start", "/app/start"),
    ("start:plan", "/app/start?plan=ehr-unplanned"),
)
NURSE: Screens = (
    ("now", "/app/"),
    ("card", "/app/card"),
    ("card:unit", "/app/card/icu"),
    ("updates", "/app/updates"),
    ("help", "/app/help"),
    ("shift", "/app/shift"),
    ("door", "/app/door/icu"),
    ("runner", "/app/runner/{route}"),
    ("broadcast", "/app/updates/{broadcast}"),
    ("entries", "/app/entries"),
    ("more", "/app/more"),
    ("carry", "/app/carry"),
    ("pass-status", "/app/pass-status"),
    ("paper", "/app/paper"),
    ("packets", "/packets?unit=icu"),
    ("status", "/"),
    ("ward", "/w/icu"),
    ("banner", "/embed/banner"),
    ("wall-door", "/wall"),
)
NURSE_RESTORED: Screens = (
    ("now:restored", "/app/"),
    ("checks", "/app/checks"),
)
NURSE_ALONE: Screens = (
    ("now:alone", "/app/"),
    ("hand-over-entries", "/app/hand-over-entries"),
)
LEADER: Screens = (
    ("now", "/app/"),
    ("board", "/app/board"),
    ("compose", "/app/compose"),
    ("reach", "/app/reach"),
    ("advance", "/app/advance"),
    ("updates", "/app/updates"),
    ("help", "/app/help"),
    ("planned", "/app/planned"),
    ("outages", "/app/outages"),
    ("command", "/app/command"),
    ("more", "/app/more"),
)
# The office is a desk's; a page that is read on a phone too is looked at there.
LEADER_PHONE: Screens = (("shift", "/app/shift"), ("office:delivery", "/office/delivery?add=sms"))
LEADER_DESK: Screens = (
    ("office:delivery", "/office/delivery?add=sms"),
    ("office:updates", "/office/updates"),
    ("office:plans", "/office/plans"),
    ("office:plan", "/office/plans/wardlight-down"),
    ("office:forms", "/office/forms"),
    ("office:walls", "/screens"),
    ("office:workarounds", "/office/workarounds"),
    ("office:packets", "/packets?unit=icu"),
)
# What a desk shows of the draft that the story has begun: the card, then its words in Spanish.
EDITING: Screens = (
    ("office:try", "/office/plans/wardlight-down/try"),
    ("office:editor", "/office/plans/wardlight-down/edit"),
)
LEADER_RESTORED: Screens = (
    ("recovery", "/app/recovery"),
    ("board:restored", "/app/board"),
)
# Of these the story itself shows every step.
STEP_BY_STEP = ("declare",)

ALL = (PUBLIC, QUIET, NURSE, NURSE_RESTORED, NURSE_ALONE, LEADER, LEADER_PHONE, LEADER_DESK, EDITING, LEADER_RESTORED)
