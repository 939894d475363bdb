"""Broken, hostile and odd files: `python tests/hostile/make_files.py FOLDER` writes them all there.

Each has what must come of it: "reads" (a result), "fails" (none, and a sentence why) or "ends" (one or the other).
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).parent))

Outcome = Literal["reads", "fails", "ends"]
HostileFile = tuple[str, bytes, Outcome]
"""A name, which need not be UTF-8 (surrogateescape), the content, and what comes of it."""

NEWS = "12 May 2021, Riga, Latvia: Customs officers seized 40 kg of cocaine in a lorry."
"""The words of all files that hold any: nothing else may come out of them as a seizure."""


def all_files(scale: float = 1.0) -> Iterator[HostileFile]:
    """Every file, the same ones each time; long texts are shorter by `scale`."""
    import packed_files
    import pdf_files
    import picture_files
    import text_files

    for module in (pdf_files, picture_files, text_files, packed_files):
        yield from module.files(scale)
    yield from _named()


def _named() -> Iterator[HostileFile]:
    names = [
        b"sp ace.txt", b"new\nline.txt", b"-rf.txt", b"--help", b"x" * 250, b"no utf8 \xff\xfe.txt", b"tab\t.txt",
        b"$(touch pwned).txt", b"`id`.txt", b"quote'\".txt", b"semi;colon&.txt", b"%s%n.txt", b"back\\slash.txt",
        b"dot.", b"CON", b"a:b.txt", b"~", b"\x1b[31mred.txt", "\u202egnp.txt".encode(), "🚢.txt".encode(),
        "e\u0301.txt".encode(), "é.txt".encode(),
    ]  # fmt: skip
    for number, name in enumerate(names):
        yield os.fsdecode(name), f"Bulletin {number}\n\n{NEWS}\n".encode(), "reads"


def cut(data: bytes, shares: tuple[float, ...]) -> Iterator[tuple[int, bytes]]:
    """The data cut short at these shares of its length."""
    for share in shares:
        yield int(share * 100), data[: int(len(data) * share)]


def flipped(data: bytes, count: int, bits: int = 20, skip: int = 0) -> Iterator[tuple[int, bytes]]:
    """The data with some bits turned over, in `count` ways; the first `skip` bytes stay."""
    for seed in range(count):
        rng = random.Random(seed)
        changed = bytearray(data)
        for _ in range(bits):
            changed[rng.randrange(skip, len(changed))] ^= 1 << rng.randrange(8)
        yield seed, bytes(changed)


def zeros(size: int, level: int = 9) -> bytes:
    """A zlib stream of so many zero bytes, made without packing them all."""
    import zlib

    block = 1 << 20
    packer = zlib.compressobj(level)
    head = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(level, zlib.DEFLATED, -15).flush()
    count = size // block
    checksum = ((count * block % 65521) << 16) | 1  # Adler-32 of zeros
    return head + again * (count - 1) + end + checksum.to_bytes(4, "big")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content, _ in all_files():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
