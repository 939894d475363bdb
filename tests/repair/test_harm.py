"""What must stay: names, acronyms, codes, other languages, deliberate spellings; and the record of what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.repair.reading import cleaned, repaired

from newsletter_extract import layout, repair
from newsletter_extract.document import Document, Page
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading.plain_text import read_text
from newsletter_extract.repair.edits import as_read
from newsletter_extract.settings import RepairSettings


@pytest.mark.parametrize(
    "text",
    [
        "Inspector Kipchirchir of Modara met Ms Oduya-Lindqvist, Mr Xhaferri and Mrs O’Shaughnessy.",
        "Testudo hermanni, Python regius, Smutsia temminckii, Haliotis midae and Sphyrna lewini are protected.",
        "Tramadol, Captagon, pregabalin, carfentanil, nitazenes, khat, kratom, snus and mandrax were listed.",
        "Samsung, Xiaomi, Oppo, Hublot, Lacoste, Zippo, Davidoff and Gudang Garam goods were found.",
        "UNSCR 1244, CARICOM IMPACS and SELEC wrote to info@example.org about www.example.org/a-b and sub.example.com.",
        "On 3 May in Riga officers seized 2 lbs. 8 oz. of resin, 3 pcs. of ivory and 5 ltr. of oil at no. 5 there.",
        "It was corrected! What a demonstration! They went on recording!",
        "On 30 May 2021 and 31 July 2021 the colour of the labelled catalogue was analysed.",
        "The organization analyzed the color of the catalog; the program's behavior changed.",
        "Units used eTIR, ASYCUDA, NCTS, e-CMR, iPhones, WhatsApp, YouTube and ABCU1234567 containers.",
        "Officers of the Guardia di Finanza, the Polizia and the Carabinieri joined the Policía Nacional.",
        "Im Rahmen der Kontrolle wurden an der Grenze mehrere Pakete gefunden, die nicht versteuert waren.",
        "La police a saisi les cigarettes dans le camion et le conducteur est en garde à vue.",
        "Seizures of methylenedioxymethamphetamine, gamma-butyrolactone and 3-methylmethcathinone rose.",
        "The zakladchiki hid magnets; the herders say matatu, boda-boda, panga and mitumba.",
        "Cybercrime, deepfakes, blockchain, ransomware, smishing and hawala were on the agenda of the 22nd meeting.",
        "The airlines’ staff and the officers' union met; ‘quoted words’ and “longer quotations, too” stay.",
        "At 8am and 5pm the 9mm rounds, 10kg of khat and 3D models were seen by Mr Davidsen and Ms Andersonn.",
        "The file _Report of May_ was sent, e.g. by post, approx. five days later, i.e. in time.",
        "The fields datetime, filepath and LookupError of CPython are left as-is by SuperH and by xarray.",
        "Mr Stearn, Ms Bumett, G. B. Westem and Inspector Thoms spoke; greenlets and a greenlet are kept.",
        "It is a *very* good tool, as he put it; they came, You may say, and saw.",
        "The kathoey, the tuk-tuk, the jeepney and the barangay of Xi'an, N'Djamena and Ma'an stay.",
        "ISO 9001, IMO 9231483, UN1993, 2C-B, DE-AB 1234 and 0f 1a ff are codes.",
        "Gela, 31 December/1 January 2019, and Bari, 30 April/1 May 2019.",
        "They came back, as such: four of them. Is it so? It is, says A. of the 2nd unit.",
    ],
)
def test_what_stays(text: str) -> None:
    assert repaired(text) == text


def test_born_digital_text_is_only_joined() -> None:
    text = "the fillicit Westem trade of the offi-\ncers, ‘though understoodinthe region"
    arranged = layout.arrange(Document("t", "0" * 64, 0, "text/plain", tuple(read_text(text))))
    (page,) = arranged.pages
    born = Page(1, 100.0, 100.0, "text_layer", blocks=page.blocks)
    document = Document("t", "0" * 64, 0, "application/pdf", (born,))
    _, changes = repair.clean(document, RepairSettings(), load_gazetteer())
    assert [(c.before, c.after) for c in changes] == [("offi- cers,", "officers,")]
    layered = replace(document, pages=(replace(born, is_scan=True),))
    clean, _ = repair.clean(layered, RepairSettings(), load_gazetteer())
    assert next(clean.blocks()).text == "the illicit Western trade of the officers, though understood in the region"


SPECS = sorted([*(ROOT / "samples").glob("*.spec.json"), *(ROOT / "benchmarks/repair_pages").glob("*.spec.json")])


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_clean_bulletins_stay(path: Path) -> None:
    spec = json.loads(path.read_text("utf-8"))
    text = "\n\n".join(block["text"] for block in spec["blocks"])
    _, document, changes = cleaned(text)
    assert [(c.before, c.after, c.rule) for c in changes] == []
    assert document.notices == ()


_PIECES = st.sampled_from(
    ["fillicit", "Westem", "offi-", "cers", "understoodinthe", "811 November 2021", "&2", "|", ":", "€er", "Riga,",
     "cross-", "border", "ex-", "change", "‘through", "regional.and", "C U S T O M S", "cus", "toms", "1O5 kg",
     "Vermicé", "in.", "the", "F", "inde-.", "pendence", "contro!", "imProve", "soft\u00adly", "\u00ad", "é", "12 kq"]
)  # fmt: skip
_TEXT = st.lists(
    st.lists(_PIECES | st.text("ab-| ‘’.,1O\t", max_size=5), min_size=1, max_size=9), min_size=1, max_size=9
)


_MEETING = [
    ["fillicit"], ["fillicit", "offi-", "ex-", "regional.and", "", "1\t."], ["\tb", "cross-"],
    ["fillicit", "O-", "\t", "fillicit"], ["fillicit", "Westem", "contro!", "imProve", "", "fillicit"],
]  # fmt: skip
"""Three changes that meet in one place, the one in the middle without length."""


@given(_TEXT)
@example(_MEETING)
@settings(max_examples=120, deadline=None)
def test_the_text_as_read_can_be_rebuilt(lines: list[list[str]]) -> None:
    arranged, document, changes = cleaned("\n".join(" ".join(line) for line in lines), level="full")
    for before, after in zip(arranged.blocks(), document.blocks(), strict=True):
        own = sorted((c for c in changes if c.block_id == after.id), key=lambda c: c.start)
        assert as_read(after.text, own) == before.text
        assert all(after.text[c.start : c.end] == c.after != c.before for c in own)
        assert all(a.end <= b.start for a, b in pairwise(own))
        assert all(0 < c.confidence <= 1 for c in own)
        assert all(0 <= t.start <= t.end <= len(after.text) for t in after.tokens)
        assert [t.start for t in after.tokens] == sorted(t.start for t in after.tokens)


@given(_TEXT)
@settings(max_examples=40, deadline=None)
def test_the_same_text_gives_the_same_repairs(lines: list[list[str]]) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    assert cleaned(text)[1:] == cleaned(text)[1:]
