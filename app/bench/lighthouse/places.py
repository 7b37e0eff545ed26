"""The screens, by who looks at them. tests/rules/test_screens_inspected.py misses one that is not here.

The name before the colon is the app's own (static/js/screens.js); paths are filled in with what the bench has declared.
"""

from __future__ import annotations

Places = tuple[tuple[str, str], ...]

PUBLIC: Places = (
    ("status", "/"),
    ("login", "/login"),
    ("sign-in", "/app/"),
    ("ward", "/w/icu"),
    ("wall-door", "/wall"),
    ("banner", "/embed/banner"),
)
NURSE: Places = (
    ("now", "/app/"),
    ("card", "/app/card"),
    ("updates", "/app/updates"),
    ("broadcast", "/app/updates/{broadcast}"),
    ("help", "/app/help"),
    ("shift", "/app/shift"),
    ("start", "/app/start"),
    ("door", "/app/door/icu"),
    ("entries", "/app/entries"),
    ("more", "/app/more"),
    ("carry", "/app/carry"),
    ("hand-over-entries", "/app/hand-over-entries"),
    ("pass-status", "/app/pass-status"),
    ("paper", "/app/paper"),
    ("what-if", "/app/what-if"),
    ("changes", "/app/changes"),
    ("checks", "/app/checks"),
)
LEADER: Places = (
    ("now:leader", "/app/"),
    ("board", "/app/board"),
    ("compose", "/app/compose"),
    ("reach", "/app/reach"),
    ("advance", "/app/advance"),
    ("recovery", "/app/recovery"),
    ("declare", "/app/declare"),
    ("planned", "/app/planned"),
    ("runner", "/app/runner/{route}"),
    ("outages", "/app/outages"),
    ("command", "/app/command"),
    ("office:plans", "/office/plans"),
    ("office:updates", "/office/updates"),
    ("office:delivery", "/office/delivery"),
    ("office:workarounds", "/office/workarounds"),
    ("packets", "/packets?unit=icu"),
)
# By the names of the demo's accounts; nobody is signed in for the public ones.
BY_PERSON: tuple[tuple[str, Places], ...] = (("", PUBLIC), ("nia", NURSE), ("omar", LEADER))
