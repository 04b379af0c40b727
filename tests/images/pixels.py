"""Images for tests, made without Pillow: noise, which no encoder makes much smaller by chance."""

from __future__ import annotations

import struct
import zlib
from random import Random


def noise_png(width: int, height: int, seed: int = 0) -> bytes:
    """A PNG in colour; smooth enough that a lossy file is smaller."""
    random = Random(seed)  # noqa: S311
    rows = []
    for y in range(height):
        row = bytearray([0])
        for x in range(width):
            row += bytes((min(255, (x * 3 + seed) % 256), min(255, (y * 5) % 256), random.randrange(256)))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
