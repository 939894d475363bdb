"""Text and hOCR: odd encodings, patterns that readers choke on, and markup that means harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from make_files import NEWS, HostileFile

PAGE = "<div class='ocr_page' title='bbox 0 0 2480 3508'>"


def word(text: str, box: str = "100 100 300 140") -> str:
    return f"<span class='ocrx_word' title='bbox {box}; x_wconf 90'>{text}</span> "


def files(scale: float) -> Iterator[HostileFile]:
    """All texts; the long ones as long as `scale` says."""

    def times(count: int) -> int:
        return max(2, int(count * scale))

    yield from _encodings()
    yield from _patterns(times)
    yield from _markup(times)


def _encodings() -> Iterator[HostileFile]:
    news = f"Bulletin – “news”\n\n{NEWS}\n"
    for encoding in ("utf-8-sig", "utf-16", "utf-32", "cp1252"):
        yield f"{encoding}.txt", news.encode(encoding), "reads"
    for encoding in ("utf-16-le", "utf-16-be", "cp037", "utf-7"):
        yield f"{encoding}.txt", news.encode(encoding, "replace"), "ends"
    for encoding, words in (
        ("cp1251", "Таможня изъяла 40 кг."),
        ("shift_jis", "税関は押収した。"),
        ("cp1253", "Τελωνείο Πειραιά"),
    ):
        yield f"{encoding}.txt", (words * 9).encode(encoding), "ends"
    yield "cut character.txt", NEWS.encode() + b"\xe2\x82", "ends"
    yield "overlong.txt", NEWS.encode() + b"\xc0\xaf\xe0\x80\xaf", "ends"
    yield "surrogates.txt", NEWS.encode() + b"\xed\xa0\x80", "ends"
    yield "page.html", f"<!DOCTYPE html><p>{NEWS}</p>".encode(), "fails"
    yield "letter.rtf", rb"{\rtf1\ansi " + NEWS.encode() + b"}", "fails"
    yield "data.json", b'{"quantity": "40 kg"}', "fails"
    yield "half of a mark.txt", b"\xff\xfe\x41", "fails"
    yield "nul.txt", NEWS.encode() + b"\0" * 9, "fails"
    yield "bell.txt", NEWS.encode() + b"\x07", "fails"
    yield "empty.txt", b"", "fails"
    yield "mark only.txt", b"\xef\xbb\xbf", "ends"
    yield "white only.txt", b" \n\t\r\n" * 999, "ends"
    yield "noise.bin", bytes(range(256)) * 99, "fails"


def _patterns(times: Callable[[int], int]) -> Iterator[HostileFile]:
    for name, text in {
        "one line of a": "a" * times(2_000_000),
        "digits": "1" * times(200_000),
        "digits and commas": "1," * times(50_000),
        "digits and blanks": "1 " * times(50_000),
        "dashes": "-" * times(200_000),
        "one dash one": "1-" * times(50_000),
        "blanks": " " * times(1_000_000) + "x",
        "empty lines": "\n" * times(500_000),
        "form feeds": "\f" * times(5_000),
        "months": "January " * times(20_000),
        "dates": "12 May 2021, " * times(4_000),
        "to and to": "from 1 to 2 " * times(10_000),
        "kilograms": "kg " * times(30_000),
        "currencies": "EUR " * times(30_000),
        "sums": "EUR 1 million, " * times(4_000),
        "brackets": "(" * times(100_000),
        "quotes": '"' * times(100_000),
        "points": "." * times(200_000),
        "capitals": "A " * times(30_000),
        "broken words": "cus-\ntoms " * times(10_000),
        "many columns": "\t".join("1" * times(10_000)) + "\n" + "\t".join("2" * times(10_000)),
        "many rows": "a  1 kg\n" * times(10_000),
        "combining marks": "e" + "\u0301" * times(50_000),
        "joiners": "\u200d" * times(50_000) + "a",
        "right to left": "\u202e" + "tfird " * times(5_000),
        "names": "Mr John Smith of Riga, " * times(3_000),
        "headings": "12 May 2021, Riga, Latvia:\n" * times(3_000),
        "formulas": "=cmd|'/c calc'!A1\n" * times(500),
        "terminal": "\x1b]0;x\x07" * 50,
        "markup": "<script>alert(1)</script>\n" * times(500),
    }.items():
        yield f"{name}.txt", text.encode(), "ends"


def _markup(times: Callable[[int], int]) -> Iterator[HostileFile]:
    laughs = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))
    for name, text in {
        "entities in entities": f"<!DOCTYPE html [<!ENTITY e0 'ha'>{laughs}]>{PAGE}{word('&e9;')}",
        "entity of a file": f"<!DOCTYPE html [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>{PAGE}{word('&f;')}",
        "never closed": PAGE + "<span class='ocrx_word' title='bbox 1 1 2 2'>" * times(30_000),
        "nested": "<div>" * times(50_000) + PAGE + word("customs"),
        "many words": PAGE + word("customs") * times(20_000),
        "boxes too large": PAGE + word("customs", "0 0 99999999999999999999 99999999999999999999"),
        "boxes inside out": PAGE + word("customs", "300 300 100 100"),
        "many pages": (PAGE + word("customs") + "</div>") * times(2_000),
        "no resolution": PAGE.replace("'>", "; scan_res 0 0'>") + word("customs"),
        "resolution of the end": PAGE.replace("'>", f"; scan_res {'9' * times(400)} 9'>") + word("customs"),
        "long attribute": f"<div class='ocr_page' title='{'bbox ' * times(100_000)}'>" + word("customs"),
        "no page": word("customs"),
        "script": PAGE + "<script>while(true){}</script>" + word("customs"),
    }.items():
        yield f"{name}.hocr", f"<html>{text}".encode(), "ends"
