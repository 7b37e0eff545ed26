"""Every setting, with its default; each is read from the environment as WARDLIGHT_<NAME> (docs/settings.md)."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one installation; units are in the names."""

    data_dir: Path = CHECKOUT / "instance"
    database_url: str = ""
    demo: bool = False
    https: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    session_hours: int = 12
    offline_reading_hours: int = 12
    push_token_days: int = 14
    ticket_seconds: int = 60
    login_failures_allowed: int = 5
    login_failure_window_minutes: int = 15
    silent_after_minutes: int = 10
    help_answer_minutes: int = 10
    question_answer_minutes: int = 30
    safety_answer_minutes: int = 5
    handover_minutes: int = 10
    overrun_minutes: int = 15
    shift_starts: str = "07:00,19:00"
    it_voices: str = "it-lead,it-security"
    clinical_voices: str = "incident-commander,safety-officer"
    calendar_public: bool = False
    recovery_guards: bool = True
    late_rights_hours: int = 24
    skew_doubtful_seconds: int = 120
    hint_coalesce_ms: int = 100
    fast_path: bool = True
    fast_fanout: bool = True
    accept_per_second: int = 300
    max_push_bytes: int = 65536
    max_push_ops: int = 50
    group_commit: bool = True
    snapshot_page_rows: int = 2000
    signed_valid_minutes: int = 30
    backup_wanted_hours: int = 26
    redis_url: str = ""
    push_origins: str = ""
    push_contact: str = ""
    delivery_origins: str = ""
    delivery_deadline_seconds: int = 10
    delivery_in_flight: int = 100
    worker: bool = True
    public_url: str = ""
    public_updates: bool = True
    embed_origins: str = ""
    searchable: bool = False
    status_folder: str = ""
    status_valid_minutes: int = 60
    ward_code: str = ""
    packet_folder: str = ""
    packet_hour: int = 3
    packet_paper: str = "a4"
    log_level: str = "INFO"
    metrics_token: str = ""

    @property
    def dsn(self) -> str:
        """The database to use: the one named, or the SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'wardlight.db'}"

    @property
    def fans_out_fast(self) -> bool:
        """Whether broadcasts take our own short way to the sockets."""
        return self.fast_path and self.fast_fanout

    @property
    def commits_together(self) -> bool:
        """Whether pushes of the same moment share a commit."""
        return self.fast_path and self.group_commit

    @property
    def remembers_sign_ins(self) -> bool:
        """Whether a sign-in is looked up anew only when something has changed, and its pulls answered at the door."""
        return self.fast_path

    @property
    def session_life(self) -> timedelta:
        """How long a sign-in lasts without a new one."""
        return timedelta(hours=self.session_hours)


_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _parse(kind: Any, text: str) -> Any:
    if kind is not bool:
        return kind(text)
    word = text.strip().lower()
    if word not in _WORDS and word:
        raise ValueError(word)  # a mistyped word must not silently mean "off"
    return _WORDS.get(word, False)


def from_environment(**overrides: Any) -> Settings:
    """Settings from WARDLIGHT_* variables; `overrides` win. ValueError names the variable that does not parse."""
    kinds = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for field in fields(Settings):
        text = os.environ.get(f"WARDLIGHT_{field.name.upper()}")
        if text is None:
            continue
        try:
            values[field.name] = _parse(kinds[field.name], text)
        except ValueError as error:
            raise ValueError(f"WARDLIGHT_{field.name.upper()} is not a valid value: {text!r}") from error
    return Settings(**{**values, **overrides})
