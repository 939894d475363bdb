"""Pictures: cut, with bits turned over, and larger than they look."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from make_files import HostileFile, cut, flipped, zeros
from PIL import Image


def encoded(form: str, size: tuple[int, int] = (120, 60), **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).save(out, form, **options)
    return out.getvalue()


def png(width: int, height: int, data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A grey PNG of 1 bit a pixel with this packed data."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def files(_scale: float) -> Iterator[HostileFile]:
    """All pictures."""
    for form in ("PNG", "JPEG", "TIFF", "WEBP"):
        data = encoded(form)
        for share, part in cut(data, (0.1, 0.5, 0.9)):
            yield f"cut {share}.{form.lower()}", part, "ends"
        for seed, part in flipped(data, 2, skip=12):
            yield f"flipped {seed}.{form.lower()}", part, "ends"
    yield "sixty thousand a side.png", png(60_000, 60_000, zlib.compress(b"\0" * 99)), "fails"
    yield "thirty thousand a side.png", png(30_000, 30_000, zeros(113 << 20)), "fails"
    yield "largest that is tried.png", png(10_900, 10_900, zeros(15 << 20)), "ends"
    yield (
        "words of a gigabyte.png",
        png(8, 8, zlib.compress(bytes(16)), (b"zTXt", b"Comment\0\0" + zeros(1 << 30))),
        "ends",
    )
    yield (
        "profile of a gigabyte.png",
        png(8, 8, zlib.compress(bytes(16)), (b"iCCP", b"icc\0\0" + zeros(1 << 30))),
        "ends",
    )
    yield "one pixel.png", png(1, 1, zlib.compress(b"\0\0")), "ends"
    yield "no pixel.png", png(0, 0, zlib.compress(b"")), "fails"
    yield "a line.png", png(100_000, 1, zlib.compress(bytes(12_501))), "ends"
    yield "sixty thousand a side.jpg", _resized_jpeg(65_500), "fails"
    yield "directory that is its own next.tif", _tiff(next_directory=8), "ends"
    yield "strip outside of the file.tif", _tiff(strip=1 << 31), "ends"
    frames = [Image.new("1", (40, 40), 1) for _ in range(20)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    yield "twenty frames.tif", out.getvalue(), "ends"
    yield "resolution of nothing.png", encoded("PNG", dpi=(0, 0)), "ends"
    yield "gif.gif", encoded("GIF"), "fails"


def _resized_jpeg(side: int) -> bytes:
    data = encoded("JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]


def _tiff(next_directory: int = 0, strip: int = 8) -> bytes:
    """A grey TIFF of 8 by 8 pixels, one directory."""
    tags = [(256, 8), (257, 8), (258, 8), (259, 1), (262, 1), (273, strip), (278, 8), (279, 64)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", next_directory)
