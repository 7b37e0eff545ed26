"""Where YAML nodes begin and end in their text. Pure; offsets are in characters."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from app.plans.yaml_text import scalar_of


class Item(NamedTuple):
    """An item of a block list: its lines with the comments above it, and the column of its dash."""

    node: yaml.Node
    start: int
    end: int
    column: int


def values_of(node: yaml.Node) -> Any:
    """What a node says, as the reader of plan files understands it."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): values_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return tuple(values_of(item) for item in node.value)
    return scalar_of(node)


def end_of(text: str, node: yaml.Node) -> int:
    """The end of the last thing in a node. A block's own mark lies behind the comments and blank lines after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if getattr(node, "style", None) in ("|", ">"):
        end = node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    return end


def line_start(text: str, at: int) -> int:
    """The beginning of the line of an offset."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The beginning of the next line, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def items_of(text: str, node: yaml.Node) -> list[Item]:
    """The items of a block list, each on lines of its own. LookupError for one that is not.

    Comments between two items belong to the one below them; what stands above the first stays above the list.
    """
    items: list[Item] = []
    for child in node.value:
        dash = text.rfind("-", items[-1].end if items else 0, child.start_mark.index)
        start = line_start(text, dash)
        if dash < 0 or text[start:dash].strip() or text[dash + 1 : child.start_mark.index].strip():
            raise LookupError("an item does not begin on a line of its own")
        end = line_end(text, end_of(text, child))
        items.append(Item(child, items[-1].end if items else start, end, dash - start))
    return items
