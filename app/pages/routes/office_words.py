"""What the office pages call kinds of ways, fields, events and states, in the reader's language."""

from __future__ import annotations

from flask_babel import lazy_gettext

CHANNEL_WORDS = {
    "push": lazy_gettext("Push to phones"),
    "email": lazy_gettext("E-mail server"),
    "sms": lazy_gettext("SMS gateway"),
    "webhook": lazy_gettext("Program (webhook)"),
    "teams": lazy_gettext("Teams channel"),
    "slack": lazy_gettext("Slack channel"),
}
FIELD_WORDS = {
    "host": lazy_gettext("Server"),
    "port": lazy_gettext("Port"),
    "security": lazy_gettext("Security"),
    "sender": lazy_gettext("Sender"),
    "username": lazy_gettext("User name"),
    "url": lazy_gettext("Address"),
    "method": lazy_gettext("Method"),
    "content_type": lazy_gettext("Kind of body"),
    "body": lazy_gettext("Body, with {to} and {text}"),
    "authorization": lazy_gettext("Authorization header, with {secret}"),
}
SECRET_WORDS = {
    "email": lazy_gettext("Password"),
    "sms": lazy_gettext("Key"),
    "teams": lazy_gettext("Webhook address"),
    "slack": lazy_gettext("Webhook address"),
}
EVENT_WORDS = {
    "incident.declared": lazy_gettext("incident declared"),
    "incident.restored": lazy_gettext("restored by IT"),
    "incident.all_clear": lazy_gettext("all-clear"),
    "incident.closed": lazy_gettext("stood down"),
    "incident.cancelled": lazy_gettext("cancelled"),
    "broadcast.sent": lazy_gettext("update sent"),
    "broadcast.acknowledged": lazy_gettext("update acknowledged by a unit"),
    "ack.reminder": lazy_gettext("reminder to acknowledge"),
    "update.due": lazy_gettext("promised update due"),
    "step.overdue": lazy_gettext("step overdue"),
    "help.answered": lazy_gettext("request for help answered"),
    "unit.unanswered": lazy_gettext("unit has not acknowledged"),
    "plan.review": lazy_gettext("plan to read again"),
    "unit.silent": lazy_gettext("unit silent"),
}
STATE_WORDS = {
    "up": (lazy_gettext("works"), "record", "check"),
    "down": (lazy_gettext("no answer"), "late", "warn"),
    "refused": (lazy_gettext("refused"), "late", "refused"),
    "doubted": (lazy_gettext("answers are doubted"), "late", "warn"),
    "untried": (lazy_gettext("not tried yet"), "", "open"),
    "off": (lazy_gettext("disabled"), "", "skip"),
}
DONE_WORDS = {
    "added": lazy_gettext("The way out is kept. Try it now."),
    "enabled": lazy_gettext("It is used again."),
    "disabled": lazy_gettext("It is not used any more; what waited for it was given up."),
    "removed": lazy_gettext("It is removed, with its secret."),
    "tested": lazy_gettext("A test is on its way. Load this page again to see how it went."),
    "policy": lazy_gettext("What leaves the house is kept."),
    "address": lazy_gettext("The address is kept."),
}
