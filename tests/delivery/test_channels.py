"""What each way out sends, to a listener that checks it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import update

from app.base.unit_of_work import write
from app.delivery.channels import CONFIGURED, sms
from app.delivery.channels.slack import message
from app.delivery.keys import Seal
from app.delivery.models import DeliveryTarget
from app.delivery.policy import PURPOSES
from app.delivery.words import LONGEST_TITLE, SENTENCES, words_of
from tests.conftest import FakeClock
from tests.delivery.conftest import Post, Ways
from tests.fakes.listener import Listener, listener

TEXT = {"method": "POST", "content_type": "text/plain"}
FACTS = {"no": 3, "headline": "EHR is down & <slow>.", "do_now": "Chart on paper.", "label": "#6"}


@pytest.fixture
def ear() -> Iterator[Listener]:
    with listener() as made:
        yield made


def place(ways: Ways, channel: str, *, secret: str = "", **config: str) -> str:
    seal = Seal(ways.app.config["SECRET_KEY"])
    return ways.place(channel, ["broadcast.sent"], config=config, secret=seal.close(secret))


def test_a_webhook_is_signed_so_that_its_receiver_can_tell(post: Post, ear: Listener) -> None:
    key = base64.b64encode(b"k" * 24).decode()
    place(post.ways, "webhook", secret=f"whsec_{key}", url=ear.url("/hook?x=1"))
    post.ways.tell(facts=FACTS, incident="i-1", ref="b-1")

    post.work()

    [call] = ear.calls
    assert (call.method, call.path) == ("POST", "/hook?x=1")
    signed = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
    wanted = base64.b64encode(hmac.new(b"k" * 24, signed, hashlib.sha256).digest()).decode()
    assert call.headers["webhook-signature"] == f"v1,{wanted}"
    event = json.loads(call.body)
    assert event["type"] == "broadcast.sent"
    assert (event["data"]["kind"], event["data"]["no"], event["data"]["about"]) == ("real", 3, "b-1")
    assert event["timestamp"].endswith("Z")
    assert post.states() == [("sent", "")]


def test_a_webhook_is_tried_again_with_the_same_id(post: Post, ear: Listener, clock: FakeClock) -> None:
    place(post.ways, "webhook", secret="whsec_" + base64.b64encode(b"k" * 24).decode(), url=ear.url("/hook"))
    ear.status = 503
    post.ways.tell(facts=FACTS)
    post.work()
    ear.status = 204
    clock.advance(seconds=6)

    post.work()

    first, second = (call.headers["webhook-id"] for call in ear.calls)
    assert first == second
    assert post.states() == [("sent", "")]


def test_a_disabled_way_gets_nothing_that_waits(post: Post, ear: Listener, clock: FakeClock) -> None:
    target = place(post.ways, "slack", secret=ear.url("/room"))
    ear.status = 500
    post.ways.tell(facts=FACTS)
    post.work()
    with write() as work:
        work.session.execute(update(DeliveryTarget).where(DeliveryTarget.id == target).values(enabled=False))
    clock.advance(seconds=6)

    post.work()

    assert len(ear.calls) == 1
    assert post.states() == [("dead", "no_target")]


def test_chat_rooms_get_a_line_and_text_without_markup_of_ours(post: Post, ear: Listener) -> None:
    place(post.ways, "slack", secret=ear.url("/slack"))
    place(post.ways, "teams", secret=ear.url("/teams"))
    post.ways.tell(facts=FACTS)

    post.work()

    bodies = {call.path: json.loads(call.body) for call in ear.calls}
    assert bodies["/slack"]["text"] == "*Update 3: EHR is down &amp; &lt;slow&gt;.*\nChart on paper."
    card = bodies["/teams"]["attachments"][0]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["content"]["body"][0]["text"] == "Update 3: EHR is down & <slow>."
    assert message("A", "") == {"text": "*A*"}


def test_an_sms_gateway_gets_what_its_template_says_each_value_escaped_for_its_place(post: Post, ear: Listener) -> None:
    post.ways.address("nia", "sms", "+447700900123")
    place(
        post.ways, "sms", secret='k"1', method="POST", url=ear.url("/send?to={to}"), content_type="application/json",
        body='{"to":"{to}","text":"{text}"}', authorization="Bearer {secret}",
    )  # fmt: skip
    post.ways.tell("nia", facts={**FACTS, "headline": 'Say "paper" {secret}'})

    post.work()

    [call] = ear.calls
    assert call.path == "/send?to=%2B447700900123"
    assert call.headers["authorization"] == 'Bearer k"1'
    assert json.loads(call.body) == {"to": "+447700900123", "text": 'Update 3: Say "paper" {secret}. Chart on paper.'}


def test_an_sms_gateway_that_takes_a_form_or_an_address_gets_one() -> None:
    values = {"{to}": "+1", "{text}": "a&b", "{secret}": "s"}

    assert (
        sms.fill(
            "to={to}&t={text}",
            {name: sms.ESCAPES["application/x-www-form-urlencoded"](v) for name, v in values.items()},
        )
        == "to=%2B1&t=a%26b"
    )


class _Mailbox(socketserver.StreamRequestHandler):
    """As much SMTP as one mail needs."""

    def handle(self) -> None:
        refuse, mails = self.server.refuse, self.server.mails  # type: ignore[attr-defined]
        self.wfile.write(b"220 mail\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"RCPT" and refuse:
                self.wfile.write(refuse)
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    text += part
                mails.append(text.decode())
                self.wfile.write(b"250 kept\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 fine\r\n")


@contextmanager
def mailbox(refuse: bytes = b"") -> Iterator[Any]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox)
    server.daemon_threads = True
    server.mails, server.refuse = [], refuse  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def mail_place(post: Post, server: Any) -> None:
    port = str(server.server_address[1])
    place(post.ways, "email", host="127.0.0.1", port=port, security="none", sender="wl@hospital.example", username="")
    post.ways.address("nia", "email", "nia@hospital.example")


def test_a_mail_is_plain_and_says_what_it_is(post: Post) -> None:
    with mailbox() as server:
        mail_place(post, server)
        post.ways.tell("nia", facts=FACTS)
        post.work()

        [mail] = server.mails
    assert "Subject: Update 3: EHR is down & <slow>." in mail
    assert "To: nia@hospital.example" in mail
    assert "Auto-Submitted: auto-generated" in mail
    assert "Chart on paper." in mail
    assert post.states() == [("sent", "")]


def test_an_address_that_the_mail_server_refuses_is_given_up_and_a_silent_server_is_tried_again(post: Post) -> None:
    with mailbox(refuse=b"550 unknown\r\n") as server:
        mail_place(post, server)
        post.ways.tell("nia", facts=FACTS)
        post.work()
        assert post.states() == [("dead", "address_refused")]

    post.ways.tell("nia", facts=FACTS, key="broadcast:2")
    post.work()
    assert ("failed", "no_contact") in post.states()


@pytest.mark.parametrize(
    ("channel", "config", "secret", "says"),
    [
        ("webhook", {"url": "http://10.0.0.1/x"}, "", "https://"),
        ("webhook", {"url": "https://integration.example/x"}, "", ""),
        ("teams", {}, "ftp://x", "https://"),
        ("slack", {}, "https://hooks.slack.example/x", ""),
        ("email", {"port": "x", "sender": "a@b.example", "security": "none"}, "", "port"),
        ("email", {"port": "25", "sender": "nobody", "security": "none"}, "", "sender"),
        ("email", {"port": "25", "sender": "a@b.example", "security": "none"}, "", ""),
        ("sms", {**TEXT, "url": "https://{to}.example/", "body": "{text}"}, "", "server"),
        ("sms", {**TEXT, "url": "https://sms.example/", "body": "hi"}, "", "{to}"),
    ],
)  # fmt: skip
def test_a_configuration_that_cannot_work_is_refused_with_a_sentence(
    channel: str, config: dict[str, str], secret: str, says: str
) -> None:
    sentence = CONFIGURED[channel].check(config, secret, frozenset())

    assert says in sentence
    assert bool(sentence) is bool(says)


def test_a_sealed_secret_is_read_by_this_installation_only() -> None:
    sealed = Seal("one").close("hush")

    assert "hush" not in sealed
    assert (Seal("one").open(sealed), Seal("two").open(sealed), Seal("one").close("")) == ("hush", "", "")


def test_every_purpose_has_words_in_both_languages_that_fit_a_lock_screen() -> None:
    assert set(SENTENCES) == set(PURPOSES)
    for purpose in PURPOSES:
        for lang in ("en", "es", "es-MX", "fr", ""):
            said = words_of(purpose, kind="exercise", facts={"headline": "x" * 500}, lang=lang)
            assert 0 < len(said.title) <= LONGEST_TITLE
            assert said.title.startswith(("EXERCISE", "SIMULACRO"))
            assert "{" not in said.title + said.body
    hidden = words_of("broadcast.sent", kind="real", facts=FACTS, general=True)
    assert hidden.title == "Wardlight: there is news"
