"""The phone's real JavaScript in a process of its own, driven from a test (tests/js/phone_driver.js)."""

from __future__ import annotations

import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from app.base.settings import CHECKOUT
from tests.server import PASSWORD

DRIVER = CHECKOUT / "tests" / "js" / "phone_driver.js"
ANSWER_SECONDS = 60
Json = dict[str, Any]


class Refused(Exception):
    """The app refused what a person wanted; `code` says why."""

    def __init__(self, code: str, msg: str) -> None:
        super().__init__(f"{code}: {msg}")
        self.code = code


class JsPhone:
    """One device with the app open on it."""

    def __init__(self, address: str, *, socket: bool = False) -> None:
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is closed with the phone
        command = ["node", str(DRIVER), address, *(["socket"] if socket else [])]
        self._process = subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._answer()

    def sign_in(self, username: str) -> Json:
        """Sign in with the demo's password and talk once; what is shown then."""
        return dict(self.do("sign_in", username=username, password=PASSWORD))

    def record(self, kind: str, /, **args: Any) -> str:
        """Record an entry; its id, once it is stored on the phone."""
        return str(self.do("record", kind=kind, args=args))

    def ask(self, kind: str, /, **args: Any) -> Json:
        """Do what needs the server now; its result. Raises Refused without one."""
        return dict(self.do("ask", kind=kind, args=args))

    def talk(self) -> str:
        """Talk to the server now; the state of contact that is shown after it."""
        return str(self.do("talk")["state"])

    @contextmanager
    def hurried(self, times: int = 30) -> Iterator[None]:
        """Its waits are that many times shorter: for what never answers."""
        self.do("hurry", times=times)
        yield
        self.do("hurry", times=1)

    def shown(self) -> Json:
        """Contact, entries, cursors."""
        return dict(self.do("shown"))

    def entry(self, op_id: str) -> Json:
        """How an entry is shown to its author."""
        return next(entry for entry in self.shown()["entries"] if entry["id"] == op_id)

    def rows(self, row_type: str, **wanted: Any) -> list[Json]:
        """Rows as they are shown, with what was recorded replayed over them."""
        found = [
            {**row["b"], **{name: row[name] for name in ("id", "scope", "pending")}} for row in self._rows(row_type)
        ]
        return [row for row in found if all(row.get(name) == value for name, value in wanted.items())]

    def _rows(self, row_type: str) -> list[Json]:
        return list(self.do("rows", type=row_type))

    def do(self, what: str, **given: Any) -> Any:
        """One line to the driver, one back."""
        orders = cast("IO[str]", self._process.stdin)
        orders.write(json.dumps({"do": what, **given}) + "\n")
        orders.flush()
        return self._answer()

    def _answer(self) -> Any:
        try:
            answer = json.loads(self._answers.get(timeout=ANSWER_SECONDS))
        except queue.Empty:
            raise AssertionError(f"the phone does not answer: {self.log()}") from None
        if "error" in answer:
            raise Refused(answer["error"]["code"], answer["error"]["msg"])
        return answer["ok"]

    def _read(self) -> None:
        for line in cast("IO[str]", self._process.stdout):
            self._answers.put(line)
        self._answers.put(json.dumps({"error": {"code": "ended", "msg": self.log()}}))

    def log(self) -> str:
        """What the app has said on its console."""
        self._log.seek(0)
        return self._log.read()

    def close(self) -> None:
        """The device is switched off."""
        cast("IO[str]", self._process.stdin).close()
        self._process.wait(20)
        self._reader.join(20)
        cast("IO[str]", self._process.stdout).close()
        self._log.close()


def untouched(phone: JsPhone, incident: str) -> list[str]:
    """Steps of the person's card in an incident on which nobody has signed yet, and that wait for no gate."""
    rows = phone.rows("task", incident=incident, role="bedside-nurse", two_person=False)
    return sorted(row["id"] for row in rows if not row["signs"] and "gate" not in row)


@contextmanager
def js_phone(address: str, *, socket: bool = False) -> Iterator[JsPhone]:
    """A device that is switched off when the block ends."""
    phone = JsPhone(address, socket=socket)
    try:
        yield phone
    finally:
        phone.close()
