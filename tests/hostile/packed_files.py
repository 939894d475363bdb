"""Archives: members that lead out of the folder, that never end, and archives in archives."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Iterator

from make_files import NEWS, HostileFile, cut, zeros


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that come twice
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def tarred(*members: tarfile.TarInfo, packing: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(None, packing, out) as archive:  # type: ignore[call-overload]
        for member in members:
            content = f"{member.name}\n\n{NEWS}".encode()
            member.size = len(content) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(content) if member.isreg() else None)
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def news(number: int) -> bytes:
    return f"Packed bulletin {number}\n\n{NEWS}".encode()


def files(_scale: float) -> Iterator[HostileFile]:
    """All archives."""
    slips = (
        "../slip.txt",
        "/tmp/slip.txt",
        "..\\..\\slip.txt",
        "C:\\slip.txt",
        "a/../../slip.txt",
        "~/slip.txt",
        "....//slip.txt",
    )
    yield "slips.zip", zipped(*((name, news(n)) for n, name in enumerate(slips))), "reads"
    yield "slips.tar", tarred(*(tarfile.TarInfo(f"{name}{n}") for n, name in enumerate(slips))), "reads"
    odd = (".", "..", "a" * 5_000, "a/" * 500 + "b", "new\nline", "CON", "é", "x.json/y", "x", " ", "nul\0l")
    yield "odd names.zip", zipped(*((name, news(100 + n)) for n, name in enumerate(odd))), "reads"
    yield "links.tar", tarred(
        special("link", tarfile.SYMTYPE, "/etc/passwd"), special("hard", tarfile.LNKTYPE, "link"),
        special("device", tarfile.CHRTYPE), special("pipe", tarfile.FIFOTYPE), special("loop", tarfile.SYMTYPE, "loop"),
    ), "reads"  # fmt: skip
    inner = zipped(("a.txt", news(200)))
    for depth in range(6):
        inner = zipped(("inner.zip", inner), ("a.txt", news(201 + depth)))
    yield "seven deep.zip", inner, "reads"
    yield "four gigabytes.zip", _bomb(4 << 30), "ends"
    yield "six hundred megabytes.zip", _bomb(600 << 20), "ends"
    whole = zipped(*((f"{n}.txt", news(300 + n)) for n in range(5)))
    for share, data in cut(whole, (0.3, 0.9)):
        yield f"cut {share}.zip", data, "fails"
    damaged = bytearray(whole)
    damaged[60] ^= 255
    yield "damaged member.zip", bytes(damaged), "ends"
    yield "empty.zip", zipped(), "reads"
    yield "many members.zip", zipped(*((f"{n}/", b"") for n in range(5_000))), "reads"
    locked = bytearray(zipped(("a.txt", news(400)), method=zipfile.ZIP_STORED))
    locked[6] |= 1
    locked[bytes(locked).index(b"PK\1\2") + 8] |= 1
    yield "locked.zip", bytes(locked), "ends"
    yield "letter.docx", zipped(("[Content_Types].xml", b"<xml/>"), ("word/document.xml", b"<w/>")), "fails"
    yield "book.epub", zipped(("mimetype", b"application/epub+zip"), ("a.xhtml", b"<p>")), "fails"
    yield "program.jar", zipped(("META-INF/MANIFEST.MF", b"Main-Class: X"), ("X.class", b"\xca\xfe")), "fails"
    packed = tarred(tarfile.TarInfo("a.txt"), packing="w:gz")
    for share, data in cut(packed, (0.3, 0.8)):
        yield f"cut {share}.tar.gz", data, "fails"
    yield "text.gz", gzip.compress(news(401)), "fails"
    yield "zeros.gz", gzip.compress(bytes(1 << 20)) * 200, "ends"
    yield "zeros.xz", lzma.compress(bytes(64 << 20)), "ends"
    header = bytearray(tarred(tarfile.TarInfo("a.txt")))
    header[124:136] = b"77777777777\0"
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header[:512])
    yield "member longer than the file.tar", bytes(header), "ends"
    yield "numbers below nothing.tar", bytes(header).replace(b"77777777777\0", b"-7777777777\0"), "ends"


def _bomb(size: int) -> bytes:
    """A zip with one member of so many zeros, a thousandth of that in size."""
    raw = zeros(size)[2:-4]
    out = io.BytesIO()
    name = b"zeros.txt"
    fields = (8, 0, 0, 0, len(raw), min(size, 0xFFFFFFF0))
    import struct

    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, *fields[:3], *fields[3:], len(name), 0) + name
    out.write(local + raw)
    start = out.tell()
    out.write(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, *fields[:3], *fields[3:], len(name), 0, 0, 0, 0, 0, 0)
        + name
    )
    out.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, out.tell() - start, start, 0))
    return out.getvalue()
