"""PDFs: cut, with bits turned over, built to run for ever, to fill memory, or to act."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from make_files import NEWS, HostileFile, cut, flipped, zeros

CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
TEXT = f"BT /F1 10 Tf 50 700 Td ({NEWS}) Tj ET"


def pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + (body.encode("latin-1") if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return out + head.encode()


def stream(data: bytes | str, entries: str = "") -> bytes:
    data = data.encode("latin-1") if isinstance(data, str) else data
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def page(
    content: bytes | str = TEXT,
    *,
    box: str = "0 0 595 842",
    entries: str = "",
    more: tuple[str | bytes, ...] = (),
    content_entries: str = "",
    resources: str = "",
) -> bytes:
    """A PDF of one page with this content; objects 6 and on are `more`."""
    return pdf(
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R "
        f"/Resources << /Font << /F1 5 0 R >> {resources} >> {entries} >>",
        stream(content, content_entries),
        FONT,
        *more,
    )


def repeated(times: int) -> bytes:
    """A page that stands in its file once and in its tree of pages so many times."""
    # the table of offsets is wrong then, and readers mend it
    return page().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [%s] /Count %d" % (b"3 0 R " * times, times))


def good() -> bytes:
    """A page with packed content, so that damage shows."""
    return page(zlib.compress(TEXT.encode()), content_entries="/Filter /FlateDecode")


def files(_scale: float) -> Iterator[HostileFile]:
    """All PDFs."""
    for share, data in cut(good(), (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)):
        yield f"cut {share}.pdf", data, "ends"
    for seed, data in flipped(good(), 24, skip=9):
        yield f"flipped {seed}.pdf", data, "ends"
    for name, data in (*_trees(), *_structures()):
        yield f"{name}.pdf", data, "ends"
    for name, data in _bombs():
        yield f"{name}.pdf", data, "ends"
    for name, data in _acting():
        yield f"{name}.pdf", data, "reads"
    yield "locked.pdf", _locked(), "fails"
    yield "header only.pdf", b"%PDF-1.7\n", "fails"
    yield "no objects.pdf", b"%PDF-1.7\ntrailer << >>\nstartxref\n0\n%%EOF", "fails"
    yield "text after a header.pdf", b"%PDF-1.7\n" + NEWS.encode() * 50, "fails"


def _trees() -> Iterator[tuple[str, bytes]]:
    yield "cyclic page tree", pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
                                  "<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>")  # fmt: skip
    yield "page tree is its own kid", pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100000 >>")
    levels = [
        f"<< /Type /Pages /Kids [{' '.join([f'{n + 1} 0 R'] * 10)}] /Count {10 ** (10 - n)} >>" for n in range(2, 10)
    ]
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    yield "ten to the eighth pages", pdf(CATALOG, *levels, leaf)
    deep = [f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 /Parent {n - 1} 0 R >>" for n in range(2, 20_000)]
    yield "page tree of twenty thousand levels", pdf(CATALOG, *deep, leaf)
    yield "two thousand million pages", pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", leaf)
    yield "fewer than no pages", pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count -5 >>", leaf)
    yield "no kids", pdf(CATALOG, "<< /Type /Pages /Count 3 >>")
    yield "one page a thousand times", repeated(1000)
    kids = " ".join(f"{n} 0 R" for n in range(3, 3003))
    root = f"<< /Type /Pages /Kids [{kids}] /Count 3000 >>"
    yield "three thousand empty pages", pdf(CATALOG, root, *[leaf] * 3000)
    boxes = {"huge": "0 0 1e9 1e9", "flat": "0 0 1 9999999", "empty": "0 0 0 0", "inside out": "9 9 1 1"}
    boxes |= {"no numbers": "a b c d", "infinite": f"0 0 {'9' * 400} 5"}
    for name, box in boxes.items():
        yield f"{name} page", page(box=box)
    yield "huge user unit", page(entries="/UserUnit 1e30")
    yield "turned by seven degrees", page(entries="/Rotate 7")


def _structures() -> Iterator[tuple[str, bytes]]:
    body = good()
    start = body.rindex(b"xref\n0")
    yield "xref loop", body.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)
    yield "xref nowhere", body.replace(b"startxref\n", b"startxref\n9")
    yield "xref before the start", body.replace(b"startxref\n", b"startxref\n-")
    yield "object refers to itself", pdf(CATALOG, "2 0 R")
    yield "catalog refers to itself", pdf("<< /Type /Catalog /Pages 1 0 R >>")
    yield "length refers to itself", pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream")  # fmt: skip
    yield (
        "hundred thousand arrays",
        pdf(CATALOG, "<< /Type /Pages /Kids " + "[" * 100_000 + "]" * 100_000 + " /Count 1 >>"),
    )
    yield "hundred thousand dictionaries", pdf(CATALOG, "<< /A " * 100_000 + ">>" * 100_000)
    yield "hundred thousand arrays in content", page("[" * 100_000 + "]" * 100_000 + " TJ")
    yield "wrong length", body.replace(b"/Length ", b"/Length 99999")
    yield "object numbers too large", pdf(CATALOG, "<< /Type /Pages /Kids [4294967296 0 R 99999999999 0 R] /Count 2 >>")
    yield "unknown filter", page(content_entries="/Filter /NoSuchDecode")
    for kind in (
        "DCTDecode",
        "JPXDecode",
        "JBIG2Decode",
        "CCITTFaxDecode",
        "LZWDecode",
        "ASCII85Decode",
        "RunLengthDecode",
    ):
        yield f"garbage as {kind}", page(bytes(range(256)) * 20, content_entries=f"/Filter /{kind}")
    yield "form that draws itself", page("/X Do", resources="/XObject << /X 6 0 R >>", more=(
        stream("/X Do", f"{FORM} /Resources << /XObject << /X 6 0 R >> >>"),))  # fmt: skip
    yield "text in no font", page(TEXT.replace("/F1", "/F9"))
    yield "font of garbage", page(resources="/Font << /F1 6 0 R >>", more=(
        "<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /X /FontFile2 8 0 R >>", stream(bytes(range(256)) * 64)))  # fmt: skip
    yield "type 3 font that shows itself", page(resources="/Font << /F1 6 0 R >>", more=(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 7 0 R >> "
        "/Encoding << /Differences [67 /a] >> /FirstChar 67 /LastChar 67 /Widths [9] "
        "/Resources << /Font << /F1 6 0 R >> >> >>", stream("BT /F1 9 Tf (C) Tj ET")))  # fmt: skip


def _bombs() -> Iterator[tuple[str, bytes]]:
    flate = "/Filter /FlateDecode"
    yield "two gigabytes of content", page(zeros(2 << 30), content_entries=flate)
    twice = zlib.compress(zeros(2 << 30), 9)
    yield "two gigabytes packed twice", page(twice, content_entries="/Filter [/FlateDecode /FlateDecode]")
    yield (
        "million shows of text",
        page(zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * 1_000_000 + b"ET"), content_entries=flate),
    )
    yield "million saved states", page(zlib.compress(b"q " * 1_000_000), content_entries=flate)
    yield "million strokes", page(zlib.compress(b"0 0 m 9 9 l S " * 300_000), content_entries=flate)
    forms = [
        stream(f"/X{n} Do " * 10, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
               f"/Resources << /XObject << /X{n} {n + 7} 0 R >> >>") for n in range(9)
    ]  # fmt: skip
    forms.append(stream("0 0 m 9 9 l S", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    yield "thousand million drawings", page("/X Do", resources="/XObject << /X 6 0 R >>", more=tuple(forms))
    for bits, side in ((1, 100_000), (8, 40_000)):
        entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent {bits} {flate}"
        image = stream(zeros(bits * side * side // 8 & ~0xFFFFF), f"{entries} /ColorSpace /DeviceGray")
        yield (
            f"picture of {side} pixels a side",
            page("595 0 0 842 0 0 cm /X Do", resources="/XObject << /X 6 0 R >>", more=(image,)),
        )
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange endcmap"
    yield "map of all characters", page(resources="/Font << /F1 6 0 R >>", more=(
        f"{FONT[:-2]} /ToUnicode 7 0 R >>", stream(cmap)))  # fmt: skip


def _acting() -> Iterator[tuple[str, bytes]]:
    """Pages that would run or fetch something in a viewer; their words are read and nothing else happens."""
    for name, action in (
        ("script", "/S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/'); while(true){})"),
        ("launch", "/S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >>"),
        ("link", "/S /URI /URI (http://127.0.0.1:9/)"),
        ("remote go to", "/S /GoToR /F (//127.0.0.1/share/x.pdf) /D [0 /Fit]"),
        ("form submission", "/S /SubmitForm /F (http://127.0.0.1:9/)"),
    ):
        yield name, page(entries=f"/AA << /O << {action} >> >>")
    yield "embedded file", page(more=(stream(b"MZ" + bytes(999), "/Type /EmbeddedFile"),))
    yield "xml forms", page(more=(stream('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),))


def _locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(good())))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
