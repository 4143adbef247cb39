"""Content-Encoding undone while the bytes come in, with caps on what they unpack to (TRUST S7)."""

from __future__ import annotations

import sys
import zlib
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_BODY = 10 * 2**20
MAX_RATIO = 200
RATIO_FROM = 2**20
STEP = 256 * 1024  # the most that is unpacked at a time


class TooLarge(ValueError):
    """The body unpacks to more than is taken."""


class _Codec(Protocol):
    def unpack(self, chunk: bytes) -> list[bytes]: ...

    @property
    def is_finished(self) -> bool: ...


class Unpacker:
    """Takes a body in pieces. One encoding is undone; a second one inside it is left, and no feed."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        self._codec = _codec(encoding)
        self._max = max_bytes
        self._pieces: list[bytes] = []
        self._came = self._size = 0
        self._is_broken = False

    @property
    def is_cut(self) -> bool:
        """Whether the packed stream broke off or was broken."""
        return self._is_broken or not self._codec.is_finished

    def feed(self, chunk: bytes) -> None:
        """More bytes. Raises TooLarge."""
        if self._is_broken:
            return
        self._came += len(chunk)
        for piece in self._unpacked(chunk):
            self._size += len(piece)
            if self._size > self._max:
                raise TooLarge(f"The feed is larger than {self._max // 2**20} MB.")
            if self._size > RATIO_FROM and self._size > MAX_RATIO * self._came:
                raise TooLarge("The feed unpacks to far more than was sent.")
            self._pieces.append(piece)

    def _unpacked(self, chunk: bytes) -> list[bytes]:
        try:
            return self._codec.unpack(chunk)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError):
            self._is_broken = True
            return []

    def body(self) -> bytes:
        """All that came."""
        return b"".join(self._pieces)


def _codec(encoding: str) -> _Codec:
    match encoding.strip().lower():
        case "gzip" | "x-gzip":
            return _Zlib(31)
        case "deflate":
            return _Zlib(15)
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
        case _:
            return _Plain()


class _Plain:
    is_finished = True

    def unpack(self, chunk: bytes) -> list[bytes]:
        return [chunk]


class _Zlib:
    """gzip and deflate; the latter also without its header, as some servers send it."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream = zlib.decompressobj(bits)
        self._is_begun = False

    @property
    def is_finished(self) -> bool:
        return self._stream.eof or not self._is_begun

    def unpack(self, chunk: bytes) -> list[bytes]:
        if not self._is_begun and self._bits == 15 and chunk and chunk[0] & 0x0F != 8:
            self._stream = zlib.decompressobj(-15)
        self._is_begun = True
        pieces = [self._stream.decompress(chunk, STEP)]
        while self._stream.unconsumed_tail and len(pieces) <= MAX_RATIO:
            pieces.append(self._stream.decompress(self._stream.unconsumed_tail, STEP))
        return pieces


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._is_begun = False

    @property
    def is_finished(self) -> bool:
        return not self._is_begun or bool(self._stream.is_finished())

    def unpack(self, chunk: bytes) -> list[bytes]:
        self._is_begun = True
        pieces = [self._stream.process(chunk, output_buffer_limit=STEP)]
        while not self._stream.can_accept_more_data() and len(pieces) <= MAX_RATIO:
            pieces.append(self._stream.process(b"", output_buffer_limit=STEP))
        return pieces


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor()
        self._is_begun = False

    @property
    def is_finished(self) -> bool:
        return not self._is_begun or self._stream.eof

    def unpack(self, chunk: bytes) -> list[bytes]:
        self._is_begun = True
        pieces = [self._stream.decompress(chunk, STEP)]
        while not self._stream.needs_input and not self._stream.eof and len(pieces) <= MAX_RATIO:
            pieces.append(self._stream.decompress(b"", STEP))
        return pieces
