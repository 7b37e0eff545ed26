"""What time does to sign-ins and tokens."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import delete, or_, select, update

from app.base import clock
from app.base.db import db
from app.base.unit_of_work import write
from app.live.sockets import end_session, sessions_here
from app.people.models import LoginFailure, PushToken, SignIn

# Long enough to answer "was this phone still allowed to send then?" after an incident.
KEEP_ENDED = timedelta(days=90)
CHUNK = 400


def end_expired_sign_ins() -> None:
    """Mark sign-ins whose time is over as ended and close their sockets. Writes only if there are any.

    A request of an expired sign-in is refused anyway; a socket, opened with a ticket before, would go on listening.
    """
    over = (SignIn.ended_at.is_(None), SignIn.expires_at <= clock.now())
    expired = list(db.session.execute(select(SignIn.id).where(*over)).scalars())
    db.session.rollback()
    if expired:
        with write() as work:
            work.session.execute(update(SignIn).where(*over).values(ended_at=SignIn.expires_at))
            for session in expired:
                work.after_commit(partial(end_session, session))


def close_ended_sockets() -> None:
    """Close the sockets of this process whose sign-in another process has ended, for when its word did not come."""
    here = sessions_here()
    for start in range(0, len(here), CHUNK):
        is_over = or_(SignIn.ended_at.is_not(None), SignIn.expires_at <= clock.now())
        query = select(SignIn.id).where(SignIn.id.in_(here[start : start + CHUNK]), is_over)
        over = list(db.session.execute(query).scalars())
        db.session.rollback()
        for session in over:
            end_session(session)


def forget_old_sign_ins() -> None:
    """Delete sign-ins, push tokens and failures that nobody will ask for any more."""
    with write() as work:
        long_ago = work.now - KEEP_ENDED
        work.session.execute(delete(SignIn).where(SignIn.expires_at < long_ago))
        work.session.execute(delete(PushToken).where(PushToken.expires_at < long_ago))
        work.session.execute(delete(LoginFailure).where(LoginFailure.at < long_ago))
