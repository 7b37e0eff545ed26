"""Modules joined into a few files mean what they meant apart."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.shell.joined import joined_parts
from app.shell.libraries import opened
from app.shell.modules import UnreadableModule, read_module
from app.shell.release import read_libraries, read_sources
from app.shell.squeeze import compressed, smaller
from app.shell.styles import joined_styles

ROOT = Path(__file__).resolve().parents[2]
# Compressed, libraries and our own.
FIRST_SCREEN_BYTES = 60_000

SOURCES = {
    "app.js": """\
import say, { times as many } from "./lib/say.js";
import { later } from "./screens.js";
import * as all from "./lib/all.js";

const first = say("here");
globalThis.told = { first, many, all: all.passed + all.value, later: await later() };
""",
    "lib/say.js": """\
/** @typedef {() => import("./all.js").Nobody} Never */
export const times = 2;
const twice = "not exported";
export default function say(word) {
  return word.repeat(times) + twice.length;
}
export class Unused {}
""",
    "lib/all.js": """\
import { times } from "./say.js";
const passed = times + 1;
export { times as value } from "./say.js";
export { passed };
""",
    "screens.js": """\
const LATER = {
  board: () => import("./board/board.js"),
  other: () => import("./board/other.js"),
};
export async function later() {
  return (await LATER.board()).default + (await LATER.other()).word;
}
""",
    "board/board.js": """\
import {
  word,
} from "./other.js";
import say from "../lib/say.js";

export default say(word);
""",
    "board/other.js": 'export const word = "board ";\n',
}


def run(folder: Path, parts: dict[str, str]) -> Any:
    """What the joined app has told at its end, in node."""
    for name, text in parts.items():
        (folder / f"{name}.js").write_bytes(smaller("js", text))
    (folder / "package.json").write_text('{"type": "module"}')
    script = "import('./start.js').then(() => console.log(JSON.stringify(globalThis.told)))"
    done = subprocess.run(["node", "-e", script], cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_joined_modules_do_what_they_did_apart(tmp_path: Path) -> None:
    told = run(tmp_path, joined_parts(SOURCES))

    assert told == {"first": "herehere12", "many": 2, "all": 5, "later": "board board 12board "}


def test_what_is_asked_for_later_is_a_part_of_its_own_by_folder() -> None:
    parts = joined_parts(SOURCES)

    assert sorted(parts) == ["app", "board", "start"]
    assert '"board "' in parts["board"] and '"board "' not in parts["app"]


def test_what_two_parts_need_is_in_a_part_that_they_share(tmp_path: Path) -> None:
    shared = {
        "app.js": """\
const A = () => import("./one/a.js");
const B = () => import("./two/b.js");
globalThis.told = (await A()).default + (await B()).default;
""",
        "one/a.js": 'import { both } from "../lib/both.js";\nexport default both;\n',
        "two/b.js": 'import { both } from "../lib/both.js";\nexport default both;\n',
        "lib/both.js": 'export const both = "for both";\n',
    }

    parts = joined_parts(shared)

    assert {name for name, text in parts.items() if '"for both"' in text} == {"shared"}
    assert run(tmp_path, parts) == "for bothfor both"


@pytest.mark.parametrize(
    "text",
    [
        "import x from './single.js'\n",
        "export var old = 1;\n",
        "export * from './all.js';\n",
        "export const { a, b } = pair;\n",
    ],
)
def test_a_statement_that_is_not_known_is_an_error_and_no_guess(text: str) -> None:
    with pytest.raises(UnreadableModule):
        read_module("lib/odd.js", text)


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ({"lib/all.js": 'import "../app.js";\n'}, "circle"),
        ({"lib/all.js": 'import { x } from "./gone.js";\n'}, "no such file"),
    ],
)
def test_a_circle_and_a_missing_file_are_named(lost: dict[str, str], reason: str) -> None:
    with pytest.raises(UnreadableModule, match=reason):
        joined_parts(SOURCES | lost)


def app_parts() -> dict[str, str]:
    return joined_parts(read_sources(ROOT / "static" / "js", "*.js") | read_libraries(ROOT / "static"))


def test_a_published_library_is_joined_with_the_modules_that_need_it(tmp_path: Path) -> None:
    published = {
        "kit": "const d=2;function x(n){return n+d}export{x as add,d as two};",
        "kit/more": 'import{add as t}from"kit";export{two}from"kit";let e=t(1);'
        "export{e as three};export default function(){return e}",
    }
    sources = {
        "app.js": 'import more, { three, two } from "kit/more";\nimport { add } from "kit";\n'
        "globalThis.told = [more(), three, two, add(5)];\n",
    }

    parts = joined_parts(sources | {name: opened(text) for name, text in published.items()})

    assert run(tmp_path, parts) == [3, 3, 2, 7]
    assert not re.search(r'from ?"kit', "".join(parts.values()))


def test_each_module_of_the_app_gives_what_it_gave_apart() -> None:
    parts = app_parts()

    for name, text in parts.items():
        done = subprocess.run(
            ["node", "--check", "--input-type=module", "-"], input=smaller("js", text), capture_output=True, check=False
        )
        assert done.returncode == 0, f"{name}: {done.stderr.decode()[:500]}"


def test_what_the_first_screen_waits_for_stays_small() -> None:
    parts = app_parts()
    files = [smaller("js", parts[name]) for name in ("start", "app")]
    watchdog = (ROOT / "static" / "js" / "sw" / "watchdog.js").read_bytes()

    assert re.findall(r'^import .* from "[^.].*$', parts["start"] + parts["app"], re.MULTILINE) == []
    assert sum(len(compressed("br", content)) for content in [*files, watchdog]) <= FIRST_SCREEN_BYTES


def test_style_sheets_keep_their_layers_and_their_order() -> None:
    sheets = {
        "index.css": '@layer a, b;\n/* first */\n@import "one.css" layer(a);\n@import "c/two.css" layer(b);\n',
        "one.css": ".x { color: red; }\n",
        "c/two.css": "@media print { .x { color: black; } }\n",
    }

    joined = smaller("css", joined_styles(sheets)).decode()

    assert joined == "@layer a,b;@layer a{.x{color:red}}@layer b{@media print{.x{color:#000}}}"


def test_an_import_that_cannot_be_joined_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot be joined"):
        joined_styles({"index.css": "@import url(one.css);\n", "one.css": ""})
    with pytest.raises(KeyError):
        joined_styles({"index.css": '@import "gone.css" layer(a);\n'})


@pytest.mark.parametrize("rest", ["(whole.part)", "give({ whole }).whole.part", "(give({ whole }).whole).part"])
def test_what_is_unpacked_stays_behind_what_it_is_taken_from(rest: str) -> None:
    text = f"""
        const give = (taken) => taken;
        function sum() {{
          const whole = give({{ part: {{ a: 1, b: 2 }} }});
          const {{ a, b }} = {rest};
          const [c, d] = [a, {{ whole }}];
          return a + b + c + (d.whole === whole ? 1 : 0);
        }}
        console.log(sum());
    """

    answer = subprocess.run(["node", "-e", smaller("js", text).decode()], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "5"
