"""The modules of feature packages that touch the outside world although their names are not the fixed ones.

Each stands here with its reason. Everything else in a package is a rule and must stay pure.
"""

from __future__ import annotations

EDGE_MODULES: dict[str, str] = {}
