"""What a site decides about its broadcasts, as its own data: the rules, and the texts that are ready to be sent."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from app.base.attestation import Attestation
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.bodies import text_body
from app.broadcasts.models import BroadcastPolicy, ReadyText
from app.broadcasts.policy import Policy
from app.broadcasts.queries import policy_of, texts_of
from app.broadcasts.ready_texts import ReadyTexts, parse_texts
from app.live.models import Row
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope, site_command_scope
from app.live.timeline import tell
from app.plans.library import LIBRARY, read_text


def put_policy(attestation: Attestation, site: str, policy: Policy) -> None:
    """Make these the site's rules, for what is sent from now on. Repeating it changes nothing."""
    with write() as work:
        body = policy.model_dump(mode="json")
        if policy != policy_of(site):
            tell(work, "broadcast.rules_changed", attestation)
        if body != work.session.execute(select(BroadcastPolicy.body).where(BroadcastPolicy.site == site)).scalar():
            work.session.execute(delete(BroadcastPolicy).where(BroadcastPolicy.site == site))
            work.session.execute(insert(BroadcastPolicy), [{"site": site, "body": body}])
        put_row(work, ref_scope(site), "policy:broadcasts", "policy", body)


def put_texts(attestation: Attestation, site: str, texts: ReadyTexts) -> None:
    """Make these all of the site's texts in their language. Repeating it changes nothing."""
    with write() as work:
        kept = [(text["key"], text["body"]) for text in texts_of(site, texts.lang)]
        wanted = [(text.key, text.model_dump(mode="json")) for text in texts.texts]
        if kept != wanted:
            work.session.execute(delete(ReadyText).where(ReadyText.site == site, ReadyText.lang == texts.lang))
            records = [
                {"site": site, "key": key, "lang": texts.lang, "order": order, "body": body}
                for order, (key, body) in enumerate(wanted)
            ]
            if records:
                work.session.execute(insert(ReadyText), records)
            tell(work, "broadcast.texts_changed", attestation)
        _put_rows(work, site)


def _put_rows(work: UnitOfWork, site: str) -> None:
    scope = site_command_scope(site)
    bodies = {f"text:{text['key']}:{text['lang']}": text_body(text) for text in texts_of(site)}
    for row_id, body in bodies.items():
        put_row(work, scope, row_id, "ready_text", body)
    stored = select(Row.id).where(Row.scope == scope, Row.deleted.is_(False), Row.type == "ready_text")
    for row_id in work.session.execute(stored).scalars().all():
        if row_id not in bodies:
            drop_row(work, scope, row_id, "ready_text")


def take_starter_texts(attestation: Attestation, site: str) -> None:
    """Take over the library's texts in every language in which the site has none, and put its rules on the phones."""
    for path in sorted((LIBRARY / "broadcasts").glob("*.yaml")):
        texts = parse_texts(read_text(path), source=path.name)
        if not texts_of(site, texts.lang):
            put_texts(attestation, site, texts)
    put_policy(attestation, site, policy_of(site))
