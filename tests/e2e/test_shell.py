"""The app starts from the phone: with the server dead, in a new browser, on any of its addresses."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.e2e.town import CHROMIUM, FLAGS
from tests.server import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(__file__).with_name("shell_server.py")

pytestmark = pytest.mark.e2e


class Ward:
    """A server with its own copy of the files, and a phone whose profile outlives its browser."""

    def __init__(self, play: Playwright, folder: Path) -> None:
        self._play = play
        self.site, self.profile, self.port = folder / "site", folder / "profile", free_port()
        self.process: subprocess.Popen[bytes] | None = None
        for name in ("static", "templates"):
            shutil.copytree(ROOT / name, self.site / name)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, redirecting: str | None = None) -> None:
        command = [sys.executable, str(SERVER), str(self.site), str(self.port), *([redirecting] if redirecting else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if answers(self.port):
                return
            time.sleep(0.05)
        raise TimeoutError("the shell server did not start")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def change_app(self, marker: str) -> None:
        """A new version: one more line in one file, so another build, another shell, another worker list."""
        with (self.site / "static" / "js" / "app.js").open("a") as file:
            file.write(f'document.documentElement.dataset.marker = "{marker}";\n')

    @contextmanager
    def browser(self) -> Iterator[Page]:
        context: BrowserContext = self._play.chromium.launch_persistent_context(
            str(self.profile), executable_path=CHROMIUM, args=FLAGS
        )
        try:
            yield context.pages[0]
        finally:
            context.close()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def ward(play: Playwright, tmp_path: Path) -> Iterator[Ward]:
    made = Ward(play, tmp_path)
    made.start()
    yield made
    made.stop()


def visit(page: Page, ward: Ward, path: str = "/app/") -> None:
    page.goto(ward.address + path)


def wait_until_kept(page: Page) -> None:
    """The worker has installed everything and controls the next page."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def marker(page: Page) -> str | None:
    page.wait_for_function("() => document.documentElement.dataset.build")
    page.wait_for_timeout(300)
    found: str | None = page.evaluate("() => document.documentElement.dataset.marker ?? null")
    return found


def build(page: Page) -> str:
    return str(page.evaluate("() => document.documentElement.dataset.build"))


def test_the_app_starts_cold_in_a_new_browser_when_the_server_is_dead(ward: Ward) -> None:
    with ward.browser() as page:
        visit(page, ward)
        wait_until_kept(page)
        kept = build(page)
    ward.stop()

    with ward.browser() as page:
        visit(page, ward)
        page.wait_for_function("() => document.title !== 'Wardlight'")
        assert page.get_by_role("heading", level=1).is_visible()
        assert build(page) == kept
        assert page.evaluate("() => navigator.serviceWorker.controller !== null")
        visit(page, ward, "/app/updates/0190a1b2-never-seen")
        assert build(page) == kept


def test_a_changed_worker_waits_until_it_is_told(ward: Ward) -> None:
    with ward.browser() as page:
        visit(page, ward)
        wait_until_kept(page)
        page.get_by_role("heading", level=1).wait_for()
        assert page.get_by_role("button", name="Update now").count() == 0
        ward.stop()
        ward.change_app("second")
        ward.start()

        page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration('/app/')).update(); }")
        page.wait_for_function("async () => (await navigator.serviceWorker.getRegistration('/app/')).waiting !== null")
        page.reload()
        assert marker(page) is None

        page.get_by_role("button", name="Update now").click()
        page.wait_for_function("() => document.documentElement.dataset.marker === 'second'")
        page.wait_for_function("async () => (await caches.keys()).length === 1")


def test_a_redirect_makes_the_install_fail_and_the_old_version_stays(ward: Ward) -> None:
    with ward.browser() as page:
        visit(page, ward)
        wait_until_kept(page)
        ward.stop()
        ward.change_app("second")
        ward.start(redirecting="/joined/start.js")

        failed = page.evaluate(
            """async () => {
                const registration = await navigator.serviceWorker.getRegistration('/app/');
                const found = new Promise((tell) => registration.addEventListener('updatefound', () => {
                    const worker = registration.installing;
                    worker.addEventListener('statechange', () => tell(worker.state));
                }));
                await registration.update();
                return found;
            }"""
        )

        assert failed == "redundant"
        page.reload()
        assert marker(page) is None
        # the app that starts asks for the new version again, and fails again
        page.wait_for_function("async () => (await caches.keys()).length === 1")


def test_a_phone_that_never_had_the_app_keeps_nothing_of_a_redirected_install(ward: Ward) -> None:
    ward.stop()
    ward.start(redirecting="/joined/index.css")
    with ward.browser() as page:
        visit(page, ward, "/sign-in")
        refused = page.evaluate(
            """async () => {
                const policy = trustedTypes.createPolicy('sw', {createScriptURL: (url) => url});
                const made = await navigator.serviceWorker.register(policy.createScriptURL('/sw.js'), {scope: '/app/'});
                const worker = made.installing;
                await new Promise((tell) => worker.addEventListener('statechange', tell));
                return {state: worker.state, caches: await caches.keys()};
            }"""
        )

    assert refused == {"state": "redundant", "caches": []}


def test_an_evicted_file_comes_back_when_the_app_starts(ward: Ward) -> None:
    with ward.browser() as page:
        visit(page, ward)
        wait_until_kept(page)
        missing = page.evaluate(
            """async () => {
                const cache = await caches.open((await caches.keys())[0]);
                const victim = (await cache.keys()).find((request) => request.url.endsWith('/joined/app.js'));
                await cache.delete(victim);
                return victim.url;
            }"""
        )

        page.reload()

        page.wait_for_function("async (url) => (await caches.match(url)) !== undefined", arg=missing)


def test_the_page_runs_under_its_own_policy_and_may_open_its_own_socket(ward: Ward) -> None:
    with ward.browser() as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        visit(page, ward)
        wait_until_kept(page)

        blocked = page.evaluate(
            """async () => {
                const found = [];
                document.addEventListener('securitypolicyviolation', (event) => found.push(event.blockedURI));
                for (const address of [location.origin.replace('http', 'ws') + '/socket.io/', 'ws://127.0.0.1:9/']) {
                    try {
                        const socket = new WebSocket(address);
                        await new Promise((done) => { socket.onerror = done; socket.onopen = done; });
                    } catch { /* a blocked address may throw at once */ }
                }
                return found;
            }"""
        )

    assert blocked == ["ws://127.0.0.1:9/"]
    assert [text for text in complaints if "Content Security Policy" in text and ":9/" not in text] == []


def test_a_stuck_start_offers_reload_and_the_unsent_entries(ward: Ward) -> None:
    (ward.site / "static" / "js" / "app.js").write_text("await new Promise(() => {});\n")
    ward.stop()
    ward.start()
    with ward.browser() as page:
        visit(page, ward, "/sign-in")
        page.evaluate(
            """() => new Promise((done) => {
                const rescued = [{user: 'dana', op: {id: 'op-9', kind: 'help.ask'}}];
                localStorage.setItem('wardlight-emergency', JSON.stringify(rescued));
                const opening = indexedDB.open('wardlight-outbox-nia', 1);
                opening.onupgradeneeded = () => {
                    opening.result.createObjectStore('ops', {keyPath: 'id'});
                    opening.result.createObjectStore('meta');
                };
                opening.onsuccess = () => {
                    const writing = opening.result.transaction(['ops', 'meta'], 'readwrite');
                    writing.objectStore('ops').put({id: 'op-1', kind: 'task.complete', args: {}, final_at: null});
                    writing.objectStore('ops').put({id: 'op-0', kind: 'task.complete', args: {}, final_at: 5});
                    writing.objectStore('meta').put('secret-token', 'token');
                    writing.oncomplete = done;
                };
            })"""
        )
        visit(page, ward)
        assert page.get_by_text("What is saved on this phone is here.").is_visible()
        assert page.get_by_role("button", name="Reload").is_hidden()

        page.get_by_role("button", name="Reload").wait_for(timeout=12_000)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Export unsent entries").click()
        text = Path(saved.value.path()).read_text()

    assert "op-1" in text
    assert "op-9" in text
    assert "op-0" not in text
    assert "secret-token" not in text
