"""Debian's Firefox without a window, driven by WebDriver BiDi over its websocket; one profile, one page.

Nothing of it leaves the machine: every background service of the browser is off, and its push service is the test's.
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Ping, Request, TextMessage

from tests.server import free_port

FIREFOX = "/usr/bin/firefox-esr"
START_SECONDS, ANSWER_SECONDS, SOON_SECONDS = 60, 30, 40
NOWHERE = "http://127.0.0.1:9/"  # the discard port: nobody is there
ALERT_PAGE = "chrome://global/content/alerts/alert.xhtml"
ALERT_WORDS = """JSON.stringify([document.getElementById("alertTitleLabel").value,
  document.getElementById("alertTextLabel").textContent])"""
ALERT_PRESSED = 'document.getElementById("alertTextLabel").click(); "true"'
FOCUSED = """(() => {
  const field = [...document.querySelectorAll("input")].find((one) => one.labels[0]?.textContent.trim() === NAME);
  field?.focus();
  return document.activeElement === field;
})()"""
PREFERENCES: dict[str, Any] = {
    "alerts.useSystemBackend": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": True,
    "dom.push.testing.allowInsecureServerURL": True,
    "dom.push.testing.ignorePermission": True,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "permissions.default.desktop-notification": 1,
    "services.settings.server": NOWHERE,
    "signon.autofillForms": False,
    "toolkit.telemetry.server": NOWHERE,
    "toolkit.telemetry.unified": False,
}


class BrowserError(AssertionError):
    """The browser refused a command, or what was waited for did not come."""


class Firefox:
    """A page of a running Firefox. Commands are answered one after the other; events are not listened to."""

    def __init__(self, raw: socket.socket, port: int) -> None:
        self._raw, self._frames = raw, WSConnection(ConnectionType.CLIENT)
        self._arrived: list[dict[str, Any]] = []
        self._texts, self._last = "", 0
        self._raw.sendall(self._frames.send(Request(host=f"127.0.0.1:{port}", target="/session")))
        while not self._receive(AcceptConnection):
            pass
        self.ask("session.new", capabilities={})
        self.page = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        """One command of WebDriver BiDi, and its result. BrowserError when it is refused."""
        self._last += 1
        said = json.dumps({"id": self._last, "method": method, "params": params})
        self._raw.sendall(self._frames.send(TextMessage(data=said)))
        while not any(one.get("id") == self._last for one in self._arrived):
            self._receive(TextMessage)
        answer = next(one for one in self._arrived if one.get("id") == self._last)
        self._arrived.clear()
        if answer["type"] != "success":
            raise BrowserError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def go(self, address: str) -> None:
        """Open an address and wait until it has loaded."""
        self.ask("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def run(self, script: str) -> Any:
        """The value of an expression in the page, by way of JSON; promises are waited for."""
        expression = f"(async () => JSON.stringify((await ({script})) ?? null))()"
        found = self.ask("script.evaluate", expression=expression, target={"context": self.page}, awaitPromise=True)
        if found["type"] != "success":
            raise BrowserError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])

    def until(self, script: str, what: str) -> Any:
        """Wait until an expression is true; its value."""
        ends_at = time.monotonic() + SOON_SECONDS
        while not (value := self.run(script)):
            if time.monotonic() > ends_at:
                raise BrowserError(f"{what}: it did not come. The page says: {self.run('document.body.innerText')}")
            time.sleep(0.05)
        return value

    def reads(self, words: str) -> None:
        """Wait until words stand on the page."""
        self.until(f"document.body.innerText.includes({json.dumps(words)})", words)

    def press(self, role: str, name: str) -> None:
        """Press what has this role and name, as a finger or a mouse would."""
        node = {"sharedId": self._found(role, name)}
        point = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": node}}
        taps = [point, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "finger", "actions": taps})

    def write(self, name: str, words: str) -> None:
        """Type into the field with this label."""
        self.until(FOCUSED.replace("NAME", json.dumps(name)), f"the field {name}")
        typed = [{"type": kind, "value": letter} for letter in words for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": typed})

    def alerts(self) -> list[tuple[str, str]]:
        """Title and text of the notifications that stand on the desktop, as a person sees them."""
        return [tuple(self._of_alert(alert, ALERT_WORDS)) for alert in self._alerts()]

    def press_alert(self, title: str) -> None:
        """Press the notification with this title."""
        alert = next(one for one in self._alerts() if self._of_alert(one, ALERT_WORDS)[0] == title)
        self._of_alert(alert, ALERT_PRESSED)

    def _alerts(self) -> list[str]:
        tree = self.ask("browsingContext.getTree", **{"moz:scope": "chrome"})
        return [one["context"] for one in tree["contexts"] if one["url"] == ALERT_PAGE]

    def _of_alert(self, alert: str, script: str) -> Any:
        found = self.ask("script.evaluate", expression=script, target={"context": alert}, awaitPromise=False)
        return json.loads(found["result"]["value"])

    def picture(self, file: Path) -> None:
        """Keep what the page shows."""
        file.write_bytes(base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self.page)["data"]))

    def _found(self, role: str, name: str) -> str:
        locator = {"type": "accessibility", "value": {"role": role, "name": name}}
        ends_at = time.monotonic() + SOON_SECONDS
        while not (nodes := self.ask("browsingContext.locateNodes", context=self.page, locator=locator)["nodes"]):
            if time.monotonic() > ends_at:
                raise BrowserError(f"no {role} {name!r}. The page says: {self.run('document.body.innerText')}")
            time.sleep(0.05)
        self.ask(
            "script.callFunction", functionDeclaration="(node) => node.scrollIntoView({ block: 'center' })",
            arguments=[{"sharedId": nodes[0]["sharedId"]}], target={"context": self.page}, awaitPromise=False,
        )  # fmt: skip
        return str(nodes[0]["sharedId"])

    def _act(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self.page, actions=[source])

    def _receive(self, wanted: type[Any]) -> bool:
        """Read once; whether something of the wanted kind was among it."""
        data, found = self._raw.recv(65536), False
        if not data:
            raise BrowserError("the browser hung up")
        self._frames.receive_data(data)
        for event in self._frames.events():
            found = found or isinstance(event, wanted)
            if isinstance(event, Ping):
                self._raw.sendall(self._frames.send(event.response()))
            elif isinstance(event, TextMessage):
                self._texts += event.data
                if event.message_finished:
                    self._arrived.append(json.loads(self._texts))
                    self._texts = ""
        return found


@contextmanager
def firefox(folder: Path, *, push_url: str) -> Iterator[Firefox]:
    """A Firefox with a fresh profile that knows one push service."""
    if shutil.which(FIREFOX) is None:
        raise FileNotFoundError("Firefox ESR is missing: make setup installs it")
    profile, port = folder / "firefox", free_port()
    profile.mkdir()
    chosen = {**PREFERENCES, "dom.push.serverURL": push_url}
    (profile / "user.js").write_text(
        "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items())
    )
    command = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port)]
    command.append("--remote-allow-system-access")  # notifications are windows of the browser's own
    with (folder / "firefox.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=_surroundings(folder))
    try:
        with _connected(port, process, folder / "firefox.log") as raw:
            yield Firefox(raw, port)
    finally:
        process.terminate()
        process.wait(20)


def _surroundings(folder: Path) -> dict[str, str]:
    """A home of its own: no profile, no cache and no desktop of whoever runs the tests."""
    return {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "Europe/London", "MOZ_HEADLESS": "1"}


def _connected(port: int, process: subprocess.Popen[bytes], log: Path) -> socket.socket:
    ends_at = time.monotonic() + START_SECONDS
    while time.monotonic() < ends_at and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
        except OSError:
            time.sleep(0.05)
    raise BrowserError(f"Firefox did not start:\n{log.read_text()[-2000:]}")
