"""E-mail through the hospital's own server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Collection
from email.headerregistry import Address
from email.message import EmailMessage

from app.delivery.answers import NO_CONTACT, SENT, Answer
from app.delivery.channels.kind import ChannelKind, Config, Field
from app.delivery.job import Job
from app.delivery.outgoing import Outgoing

DEADLINE_SECONDS = 20.0
PORTS = {"starttls": "587", "tls": "465", "none": "25"}


def _check(config: Config, _secret: str, _named: Collection[str]) -> str:
    if not config.get("port", "").isdigit() or not 0 < int(config["port"]) < 65_536:
        return "The port is a number such as 587."
    try:
        Address(addr_spec=config.get("sender", ""))
    except ValueError:
        return "The sender is an e-mail address such as wardlight@hospital.example."
    return "" if config.get("security") in PORTS else "Choose how the connection is secured."


def mail_of(job: Job) -> EmailMessage:
    """The mail. Its Message-ID is that of the delivery, so that a second copy can be told to be one."""
    words = job.words("en")
    mail = EmailMessage()
    mail["Subject"] = words.title
    mail["From"] = Address("Wardlight", addr_spec=job.way["sender"])
    mail["To"] = Address(addr_spec=job.way["address"])
    mail["Message-ID"] = f"<{job.id.replace(':', '.')}@wardlight>"
    mail["Date"] = job.news["created_at"]
    mail["Auto-Submitted"] = "auto-generated"
    exercise = "\nEXERCISE: nothing of this is real.\n" if job.news["kind"] == "exercise" else ""
    mail.set_content(
        f"{words.body}\n{exercise}\nOpen Wardlight on your phone for what to do. Do not answer this mail.\n"
    )
    return mail


def _send(job: Job, _outgoing: Outgoing) -> Answer:
    way = job.way
    try:
        with _connect(way) as server:
            if way.get("username"):
                server.login(str(way["username"]), job.secret)
            server.send_message(mail_of(job))
    except smtplib.SMTPRecipientsRefused:
        return Answer("dead", "address_refused")
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPNotSupportedError):
        return Answer("refused", "refused")
    except smtplib.SMTPResponseException as error:
        return Answer("later", "service_failed") if 400 <= error.smtp_code < 500 else Answer("refused", "refused")
    except (OSError, smtplib.SMTPException):
        return NO_CONTACT
    except ValueError:
        return Answer("dead", "address_refused")
    return SENT


def _connect(way: Config) -> smtplib.SMTP:
    host, port, context = way["host"], int(way["port"]), ssl.create_default_context()
    if way["security"] == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=DEADLINE_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=DEADLINE_SECONDS)
    if way["security"] == "starttls":
        server.starttls(context=context)
    return server


KIND = ChannelKind(
    name="email",
    title="E-mail server",
    fields=(
        Field("host", "Server", hint="mail.hospital.example"),
        Field("port", "Port", default="587"),
        Field("security", "Security", default="starttls", choices=("starttls", "tls", "none")),
        Field("sender", "Sender", hint="wardlight@hospital.example"),
        Field("username", "User name", required=False),
    ),
    secret_label="Password",
    check=_check,
    send=_send,
)
