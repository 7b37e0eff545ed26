"""Frames: what our server builds is what a strict client takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from app.bench.wire import BadFrame, client_frame, take_frame
from app.live.frames import text_frame


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_of_any_length_comes_back_whole(length: int) -> None:
    data = bytearray(text_frame("x" * length))

    assert take_frame(data) == (1, b"x" * length)
    assert data == b""


@settings(deadline=None)
@given(st.lists(st.text(max_size=300), max_size=5), st.integers(0, 50))
def test_frames_in_a_row_come_back_one_by_one_however_they_are_cut(texts: list[str], cut: int) -> None:
    whole = b"".join(text_frame(text) for text in texts)
    data, got = bytearray(), []
    for part in (whole[:cut], whole[cut:]):
        data += part
        while (frame := take_frame(data)) is not None:
            got.append(frame[1].decode())

    assert got == texts


@pytest.mark.parametrize("data", [b"\x01\x01x", b"\xc1\x01x", bytes(client_frame("x"))])
def test_fragments_compression_and_masks_are_not_taken(data: bytes) -> None:
    with pytest.raises(BadFrame):
        take_frame(bytearray(data))
