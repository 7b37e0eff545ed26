"""Answers of some size are packed as the phone likes best, wherever they are given."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache, partial

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from app.base.beside import beside_the_loop

COMPRESS_FROM_BYTES = 1_400
# From here on compressing takes milliseconds and is worth a thread, so that others are answered meanwhile.
COMPRESS_BESIDE_FROM_BYTES = 524_288
Packer = Callable[[bytes], bytes]
# The better one first; browsers ask for brotli over https. What is packed on the loop holds up everybody else: at these
# levels it takes half the time of those that large answers get, and is 3 to 10 % larger (ADR 52).
QUICKLY: dict[str, Packer] = {
    "br": partial(brotli.compress, quality=1),
    "gzip": partial(gzip.compress, compresslevel=1),
}
THOROUGHLY: dict[str, Packer] = {
    "br": partial(brotli.compress, quality=2),
    "gzip": partial(gzip.compress, compresslevel=4),
}


def packed(data: bytes, accepted: str) -> tuple[bytes, str | None]:
    """The data as it goes out to whoever sends this Accept-Encoding, and its Content-Encoding; None: as it was."""
    encoding = _best_of(accepted) if len(data) >= COMPRESS_FROM_BYTES else None
    if encoding is None:
        return data, None
    if len(data) >= COMPRESS_BESIDE_FROM_BYTES:
        return beside_the_loop(THOROUGHLY[encoding], data), encoding
    return QUICKLY[encoding](data), encoding


@lru_cache(maxsize=64)
def _best_of(accepted: str) -> str | None:
    return parse_accept_header(accepted, Accept).best_match(tuple(QUICKLY))
