"""What may be kept as a form: a whole PDF of bounded size that only shows pages. Pure."""

from __future__ import annotations

import hashlib
import re

MOST_BYTES = 3_000_000
DIGEST_PATTERN = re.compile(r"^[0-9a-f]{64}$")
_TAIL_BYTES = 2048
# What a page to print and write on never needs: it would run or reach out on a ward's phone.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|SubmitForm|XFA)\b")


def fault_of_pdf(data: bytes) -> tuple[str, str] | None:
    """(code, sentence) of why a file is not kept, or None."""
    if len(data) > MOST_BYTES:
        return "too_large", f"The file is too large: at most {MOST_BYTES // 1_000_000} MB, so that phones can hold it."
    if not data.startswith(b"%PDF-1.") and not data.startswith(b"%PDF-2."):
        return "no_pdf", "This is no PDF file."
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        return "cut_off", "The PDF file breaks off before its end. Save it again."
    if _ACTIVE.search(data):
        return "active_pdf", "This PDF contains a program or attachments. Print it to a plain PDF first."
    return None


def digest_of(data: bytes) -> str:
    """The name of a file: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    """Whether a text can be the name of a file."""
    return DIGEST_PATTERN.fullmatch(text) is not None
