"""The modules of the app joined into a few files: two hundred requests over a bad line take a minute, six do not.

The first part holds what the entry needs; each folder whose modules are asked for later (`() => import("./x/y.js")`)
is a part of its own. What several of them need, and not the entry, is in one part that they share. Every module keeps
a scope of its own, so names cannot meet. The entry stands apart: it may wait for a part, and a part waits for the
first one. Pure rules: text in, text out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from posixpath import dirname

from app.shell.modules import LATER, Module, Taken, UnreadableModule, read_module, resolve

ENTRY = "app.js"
START = "start"
FIRST = "app"
SHARED = "shared"


def joined_parts(sources: Mapping[str, str]) -> dict[str, str]:
    """Name of the part -> its text, from path below static/js -> text of each module. A library among them, under its
    bare name, is joined too; any other stays a file of its own. Raises UnreadableModule."""
    return Joiner(sources).parts()


class Joiner:
    """Reads the modules that the entry reaches and writes them down in the order in which they need each other."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._modules: dict[str, Module] = {}
        self._first = self._reached([ENTRY])[:-1]  # the entry stands apart
        self._parts = {FIRST: self._first, **self._later_parts()}
        self._part_of = {path: name for name, paths in self._parts.items() for path in paths}
        self._number = {path: f"$m{turn}" for turn, path in enumerate(self._part_of)}

    def parts(self) -> dict[str, str]:
        """All parts; START is the one that a page names."""
        start = [self._libraries([ENTRY]), self._from_parts([ENTRY]), self._opened(self._module(ENTRY))]
        return {START: "\n".join(start)} | {name: self._part(paths) for name, paths in self._parts.items()}

    def _module(self, path: str) -> Module:
        if path not in self._modules:
            if path not in self._sources:
                raise UnreadableModule(f"{path}: imported, but there is no such file")
            module = read_module(path, self._sources[path])
            takes = tuple(
                replace(one, is_library=one.is_library and one.module not in self._sources) for one in module.takes
            )
            self._modules[path] = replace(module, takes=takes)
        return self._modules[path]

    def _reached(self, starts: Iterable[str]) -> list[str]:
        """Everything that some modules need, each after what it needs itself. Raises UnreadableModule on a circle."""
        order: dict[str, None] = {}

        def walk(path: str, way: tuple[str, ...]) -> None:
            if path in way:
                raise UnreadableModule("imports go in a circle: " + " > ".join([*way, path]))
            if path in order:
                return
            for taken in self._module(path).takes:
                if not taken.is_library:
                    walk(taken.module, (*way, path))
            order[path] = None

        for start in starts:
            walk(start, ())
        return list(order)

    def _later_parts(self) -> dict[str, list[str]]:
        """Part name -> its modules; SHARED holds what more than one of the others needs."""
        starts: dict[str, list[str]] = {}
        waiting, seen = [*self._first, ENTRY], set(self._first)
        while waiting:
            for target in self._module(waiting.pop()).later:
                starts.setdefault(_part_name(target), []).append(target)
                fresh = [path for path in self._reached([target]) if path not in seen]
                seen.update(fresh)
                waiting += fresh
        needed = {name: self._beyond(self._first, targets) for name, targets in starts.items()}
        everywhere = [path for paths in needed.values() for path in paths]
        shared = self._beyond(self._first, [path for path in everywhere if everywhere.count(path) > 1])
        own = {name: self._beyond([*self._first, *shared], targets) for name, targets in starts.items()}
        return ({SHARED: shared} if shared else {}) | {name: paths for name, paths in own.items() if paths}

    def _beyond(self, known: list[str], targets: Iterable[str]) -> list[str]:
        """What some modules reach that is not known yet."""
        return [path for path in self._reached(targets) if path not in known]

    def _part(self, paths: list[str]) -> str:
        body = "\n".join(self._closed(path) for path in paths)
        gives = ", ".join(self._number[path] for path in paths)
        return f"{self._libraries(paths)}\n{self._from_parts(paths)}\n{body}\nexport {{ {gives} }};\n"

    def _from_parts(self, paths: list[str]) -> str:
        """What these modules need from other parts."""
        needed = {taken.module for path in paths for taken in self._module(path).takes if not taken.is_library}
        lines = []
        for name, there in self._parts.items():
            names = [self._number[path] for path in there if path in needed and path not in paths]
            lines += [f'import {{ {", ".join(names)} }} from "./{name}.js";'] if names else []
        return "\n".join(lines)

    def _libraries(self, paths: list[str]) -> str:
        names = sorted({taken.module for path in paths for taken in self._module(path).takes if taken.is_library})
        return "\n".join(f'import * as {_library(name)} from "{name}";' for name in names)

    def _closed(self, path: str) -> str:
        """A module as a function that runs at once and returns what the module gives."""
        module = self._module(path)
        gives = ", ".join(outer if outer == inner else f"{outer}: {inner}" for outer, inner in module.gives.items())
        return f"const {self._number[path]} = (() => {{\n{self._opened(module)}\nreturn {{ {gives} }};\n}})();"

    def _opened(self, module: Module) -> str:
        taken = "\n".join(self._take(taken) for taken in module.takes)
        return f"{taken}\n{self._with_parts(module)}"

    def _take(self, taken: Taken) -> str:
        source = _library(taken.module) if taken.is_library else self._number[taken.module]
        whole = [f"const {local} = {source};" for local, outer in taken.names.items() if outer == "*"]
        pairs = ", ".join(
            outer if outer == local else f"{outer}: {local}" for local, outer in taken.names.items() if outer != "*"
        )
        return "\n".join([*whole, f"const {{ {pairs} }} = {source};"] if pairs else whole)

    def _with_parts(self, module: Module) -> str:
        def instead(name: str) -> str:
            target = resolve(module.path, name)
            return f'=> import("./{self._part_of[target]}.js").then((part) => part.{self._number[target]})'

        return LATER.sub(lambda found: instead(found["name"]), module.body)


def _part_name(target: str) -> str:
    return dirname(target).replace("/", "_")


def _library(name: str) -> str:
    return "$lib_" + "".join(letter if letter.isalnum() else "_" for letter in name)
