"""A changed plan written into the text it came from: only what differs is written, every other byte stays. Pure.

The text is read as YAML nodes with their places. An entry of a group that differs is written anew where it stands; a
list of groups (cards, steps, fields to record) keeps the lines of what is still in it, with the comments above them, in
the new order. The result is read again and must say what was asked for, else the whole file is written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from app.plans.nodes import Item, end_of, items_of, line_end, line_start, values_of
from app.plans.yaml_text import read_yaml
from app.plans.yaml_words import block, whole_file

# Which entry tells two groups of a list apart, the first that they have.
_NAMES = ("role", "key", "code", "en")


class Edit(NamedTuple):
    """A piece of the text, by offsets, and what stands there instead."""

    start: int
    end: int
    text: str


def rewritten(text: str, value: Mapping[str, Any], *, source: str) -> str:
    """The text that says `value` (groups, lists and strings, as `read_yaml` gives them). Raises PlanErrors for a text
    that cannot be read."""
    wanted = _frozen(value)
    if read_yaml(text, source=source).value == wanted:
        return text
    written = _in_place(text, wanted)
    if written is not None and read_yaml(written, source=source).value == wanted:
        return written
    return whole_file(wanted)


def _in_place(text: str, wanted: dict[str, Any]) -> str | None:
    """None where the text is laid out in a way that this module does not take apart."""
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    try:
        return _applied(text, _group_edits(text, root, wanted), 0, len(text))
    except LookupError:
        return None


def _applied(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """The piece between two offsets with its edits."""
    parts, at = [], start
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:end]])


def _group_edits(text: str, node: yaml.MappingNode, wanted: Mapping[str, Any]) -> list[Edit]:
    held = {str(key.value): (key, value) for key, value in node.value}
    gone = [name for name in held if name not in wanted]
    if len(gone) == len(held):
        raise LookupError("nothing of the group is left to write beside")
    edits = [_removal(text, node, held[name][0]) for name in gone]
    for name, (key, value) in held.items():
        if name in wanted and values_of(value) != wanted[name]:
            edits += _entry_edits(text, key, value, wanted[name])
    return edits + _additions(text, held, wanted, gone)


def _entry_edits(text: str, key: yaml.Node, value: yaml.Node, wanted: Any) -> list[Edit]:
    """An entry's value is another one now: go into it where that keeps something, else write the entry anew."""
    if isinstance(value, yaml.MappingNode) and not value.flow_style and isinstance(wanted, dict) and wanted:
        return _group_edits(text, value, wanted)
    is_list = isinstance(value, yaml.SequenceNode) and not value.flow_style
    if is_list and _are_groups(wanted) and _are_groups(values_of(value)):
        return _list_edits(text, value, wanted)
    written = block({str(key.value): wanted}, key.start_mark.column)
    return [Edit(key.start_mark.index, max(end_of(text, value), text.index(":", key.end_mark.index) + 1), written)]


def _removal(text: str, node: yaml.MappingNode, gone: yaml.Node) -> Edit:
    """An entry with its lines; the first of a list's item gives its place to the next."""
    keys = [key for key, _ in node.value]
    value = next(value for key, value in node.value if key is gone)
    start = line_start(text, gone.start_mark.index)
    if not text[start : gone.start_mark.index].strip():
        return Edit(start, line_end(text, end_of(text, value)), "")
    after = keys[keys.index(gone) + 1]  # IndexError: a group of one entry that goes
    return Edit(gone.start_mark.index, after.start_mark.index, "")


def _additions(
    text: str, held: Mapping[str, tuple[yaml.Node, yaml.Node]], wanted: Mapping[str, Any], gone: Sequence[str]
) -> list[Edit]:
    """What is new stands behind the entry that comes before it in the wanted order."""
    edits: dict[int, str] = {}
    kept = [name for name in wanted if name in held]
    for name in wanted:
        if name in held:
            continue
        order = list(wanted)
        before = [one for one in order[: order.index(name)] if one in held] or kept[:1]
        key, value = held[before[-1]]
        at = line_end(text, end_of(text, value))
        at = min([at, *(held[one][0].start_mark.index for one in gone if held[one][0].start_mark.index > at)])
        lines = f"{' ' * key.start_mark.column}{block({name: wanted[name]}, key.start_mark.column)}\n"
        open_end = "" if at == 0 or text[at - 1] == "\n" or at in edits else "\n"
        edits[at] = edits.get(at, "") + open_end + lines
    return [Edit(at, at, lines) for at, lines in edits.items()]


def _list_edits(text: str, node: yaml.Node, wanted: Sequence[dict[str, Any]]) -> list[Edit]:
    items = items_of(text, node)
    partners = _partners([values_of(item.node) for item in items], wanted)
    if partners == list(range(len(items))):
        found = zip(items, wanted, strict=True)
        return [edit for item, value in found for edit in _item_edits(text, item, value)]
    chunks = []
    for partner, value in zip(partners, wanted, strict=True):
        if partner is None:
            chunks.append(_new_item(value, items[0].column))
        else:
            item = items[partner]
            chunks.append(_closed(_applied(text, _item_edits(text, item, value), item.start, item.end)))
    return [Edit(items[0].start, items[-1].end, "".join(chunks))]


def _item_edits(text: str, item: Item, value: dict[str, Any]) -> list[Edit]:
    if values_of(item.node) == value:
        return []
    if isinstance(item.node, yaml.MappingNode) and not item.node.flow_style:
        return _group_edits(text, item.node, value)
    start = item.node.start_mark.index
    return [Edit(start, end_of(text, item.node), block(value, item.node.start_mark.column))]


def _new_item(value: dict[str, Any], column: int) -> str:
    return f"{' ' * column}- {block(value, column + 2)}\n"


def _closed(chunk: str) -> str:
    return chunk if chunk.endswith("\n") else f"{chunk}\n"


def _partners(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new group the old one it continues: the same, one of the same name, or one that differs in name only."""
    free = dict(enumerate(old))
    partners: list[int | None] = [None] * len(new)
    for likeness in (lambda a, b: a == b, _same_name, _same_but_name):
        for place, value in enumerate(new):
            if partners[place] is None:
                partners[place] = next((one for one, before in free.items() if likeness(before, value)), None)
                free.pop(partners[place], None)  # type: ignore[arg-type]
    return partners


def _name(group: Any) -> Any:
    found = [key for key in _NAMES if isinstance(group, dict) and key in group]
    return (found[0], group[found[0]]) if found else None


def _same_name(old: Any, new: Any) -> bool:
    return _name(old) is not None and _name(old) == _name(new)


def _same_but_name(old: Any, new: Any) -> bool:
    return {**old, "code": ""} == {**new, "code": ""}


def _are_groups(value: Any) -> bool:
    return bool(value) and isinstance(value, tuple) and all(isinstance(one, dict) for one in value)


def _frozen(value: Any) -> Any:
    """Lists as tuples, as the reader gives them."""
    if isinstance(value, Mapping):
        return {str(key): _frozen(one) for key, one in value.items()}
    return tuple(_frozen(one) for one in value) if isinstance(value, list | tuple) else value
