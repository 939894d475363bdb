"""Dates, numbers, units and places: repaired with proof, else left and told."""

from __future__ import annotations

import pytest
from tests.repair.reading import cleaned, repaired, rules

from newsletter_extract import extract, extractors, layout, repair
from newsletter_extract.document import BBox, Document, Page, Word
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.repair.numbers import doubtful_numbers
from newsletter_extract.settings import RepairSettings, Settings


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("811 November 2021, Belgrade, Serbia: They met.", "8-11 November 2021", "date.range_dash"),
        ("They met on 2529 October 2021 in Riga.", "25-29 October", "date.range_dash"),
        ("8 11 November 2021, Riga: They met.", "8-11 November", "date.range_dash"),
        ("45 October 2021, Riga: They met.", "4-5 October", "date.range_dash"),
        ("29 November3 December 2021, Rome: They met.", "29 November-3 December", "date.range_dash"),
        ("They met on 7 Septernber 2019 again.", "7 September", "date.month_name"),
        ("They met on 7 0ctober 2019 again.", "7 October", "date.month_name"),
        ("They met in Febmary 2019 again.", "in February", "date.month_name"),
        ("A report for Apr oril - June 2022 on this.", "for April - June 2022", "date.month_name"),
        ("A report of Septem tember 2022 on this.", "of September 2022", "date.month_name"),
        ("They met on 3 Juiy 2019 again.", "3 July", "date.month_name"),
        ("They met in May 2O19 again.", "May 2019", "date.year_digits"),
        ("It was worth a million, On 11 March 2022 they left.", "million. On 11", "glyph.stop"),
        ("They met on l2 May 2019 again.", "12 May", "date.day_digits"),
        ("LOME, TOGO, l3 AUGUST 2019. They met again.", "13 AUGUST", "date.day_digits"),
        ("They met on 9 March-2023 again.", "9 March 2023", "glyph.mark_for_space"),
        ("A total of 1O5 kg of it was found.", "105 kg", "number.digits"),
        ("Goods worth EUR 25,OOO were found.", "EUR 25,000", "number.digits"),
        ("A total of 12 kq of it was found.", "12 kg", "number.unit"),
        ("Of 25,000 packs and 1.647,220 pieces and 105,000 more.", "1,647,220", "number.marks"),
        ("He lives in Begrade, Serbia, with them.", "Belgrade", "place.name"),
        ("They crossed at Be1grade by night.", "Belgrade", "place.name"),
        ("It came from the Democratic Republic of the Corigo by lorry.", "Congo", "place.name"),
        ("The ship had left Dar es Salaarn at night.", "Salaam", "place.name"),
        ("Officers of Port of Spairi found it.", "Spain", "place.name"),
        ("Ploée, Croatia, 14 February 2023: They met.", "Ploče, Croatia", "place.name"),
        ("Ploée, Croatia, 14 May: They left Ploée and came to Ploée.", "Ploče, Croatia, 14 May", "place.name"),
        ("Col6n, Panama, 11 April 2022: They met.", "Colón, Panama", "place.name"),
        ("La Hachadura, E! Salvador, 13 April 2022: They met.", "El Salvador", "place.name"),
        ("They crossed at 6adina by night.", "Gradina", "place.name"),
        ("They crossed at 0hrid by night.", "Ohrid", "place.name"),
        ("The crossing of Vermicé is open.", "Vermicë", "place.accent"),
        ("The ferry from Durrés was late.", "Durrës", "place.accent"),
        ("Mersin, Tiirkiye: They met.", "Mersin, Türkiye", "place.name"),
        ("Malmé, Sweden, 2 May 2020: They met.", "Malmö, Sweden", "place.accent"),
        ("Asuncién, Paraguay: They met.", "Asunción, Paraguay", "place.name"),
        ("Nagpur (india), 2 May 2021: They met.", "Nagpur (India)", "place.name"),
        ("Mtinster, Germany: They met.", "Münster, Germany", "place.name"),
        ("They met in Ktity (SK) and drove on.", "Kúty (SK)", "place.name"),
        ("Ltibeck (DE), 3 May 2021: They met.", "Lübeck (DE)", "place.name"),
        ("Ubiia (SK), 3 May 2021: They met.", "Ubľa (SK)", "place.name"),
        ("Tectin Umán, Guatemala, 3 May 2021: They met.", "Tecún Umán, Guatemala", "place.name"),
        ("Hegyeshalom (HU): Both sit in a cell in Gyér.", "cell in Győr", "place.accent"),
        ("Tectin Umán, Guatemaia, 3 May 2021: They met.", "Tecún Umán, Guatemala", "place.name"),
        ("21 May 2021, Scpron (HU): They met.", "Sopron (HU)", "place.name"),
        ("KUMASL, Ghana, 18 May 2022: They met.", "KUMASI, Ghana", "place.name"),
        ("MALMÉ, Sweden, 2 May 2020: They met.", "MALMÖ, Sweden", "place.accent"),
        ("In Gy6r two of them were held.", "In Győr two", "place.name"),
        ("Shiraz, lran: They met.", "Shiraz, Iran", "place.name"),
        ("Malé (Maidives), 2 May 2021: They met.", "Malé (Maldives)", "place.name"),
        ("They came from Negri1 by bus.", "from Negril by", "place.name"),
        ("They met on l4 Apri1 2020 again.", "14 April 2020", "date.day_digits"),
        ("They met in Deeember 2O2Q again.", "December 2020", "date.year_digits"),
        ("They met on 2l-23 June 2021 again.", "21-23 June 2021", "date.day_digits"),
        ("They met on 3O April 2O19 again.", "30 April 2019", "date.day_digits"),
        ("They met from 3O April – 2 May 2019 again.", "30 April – 2 May 2019", "date.day_digits"),
        ("They met on 1Oth Nov. 2019 again.", "10th Nov. 2019", "date.day_digits"),
        ("A note of $5OO was false.", "$500 was", "number.digits"),
        ("They drove 300 krn to the port.", "300 km to", "number.unit"),
        ("A dose of 5 mI of it was given.", "5 ml of", "number.unit"),
        ("Some 19,400 Ibs of it were found.", "19,400 lbs of", "number.unit"),
        ("A parcel of 8 Ib. came by post.", "8 lb. came", "number.unit"),
        ("Weights are in pounds (Ibs) unless noted.", "(lbs)", "number.unit"),
    ],
)
def test_what_is_proven(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(read)
    assert printed in next(document.blocks()).text
    assert rule in rules(changes)


@pytest.mark.parametrize(
    "text",
    [
        "A total of 811 November passengers were counted.",
        "They met on 30 May 2021 and on 31 July 2021.",
        "Of 811 cases 30 came in November 2021.",
        "Regulation 1215 March 2019 is in force.",
        "He wrote of Riga, On 11 streets and the sea, and, on 11 March 2022, of Oslo.",
        "The code B2O and the form IPA2019 were used with HS 2402.20 goods.",
        "It weighed 26,5 tons and cost EUR 105,000 in all.",
        "Mrs Marsh and Mr Mays came in June and in August.",
        "Léon André and José Pérez met Hélène Côté and Jürgen Müller there.",
        "He went from Bogotá to Cortés and to San José by bus.",
        "An amount of 12 km was walked.",
        "In 2019 2021 files were read, and 30 men came on 1 May 2020.",
        "A column of | 118 kg stood between the rules.",
        "They counted 12 (It was late) and then 30 It is said that 5 Ink pads were left.",
        "The plant in Gary, IN, and the office in Sao (PL) were shut; Ktity, IN, is none.",
        "Mr Gyér of Toulouse (FR) and Ms Sk6r of Reading (GB) spoke.",
        "They met at EUBAM, Libya, and at ACBPS, Australia, as RHIPTO (NO) and EUCAP (SO) did.",
        "TARTU AND LOMÉ met; the fine was OMR 61,440.500 in all.",
        "Mar rally 2022 and Jun report - July 2021 and Ma arch - Bridge 2020 were titles.",
        "Tectin Umán, Jamaica, is no such place.",
        "Chapter 3 I saw and part 2 | end of it.",
    ],
)
def test_what_no_proof_changes(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("number", ["2S kg", "1B5 tonnes", "12.345,678 kg", "10,0000 pieces"])
def test_doubtful_numbers_are_told(number: str) -> None:
    text = f"In May a total of {number} of tobacco was found."
    extraction = extract(text.encode(), name="t.txt")
    assert [f for f in extraction.findings if f.code == "number_doubtful"]
    assert number in extraction.text[0].blocks[0].text
    assert not [r for r in extraction.repairs if r.rule.startswith("number.")]


def test_thousandths_of_a_currency_that_has_them_are_no_doubt() -> None:
    told = [f.code for f in extract(b"Fines of OMR 61,440.500 were paid in May 2021.", name="t.txt").findings]
    assert "number_doubtful" not in told


@pytest.mark.parametrize(("cell", "told"), [("1,214 4 lb", True), ("1 214 lb", False), ("3 12 dogs", False)])
def test_two_numbers_before_one_unit_are_told(cell: str, *, told: bool) -> None:
    (page,) = tabled("Goods | Amount", f"Cocaine | {cell}", "Hashish | 377 lb").pages
    notices = [n for block in page.blocks for n in doubtful_numbers(block)]
    assert [n.code for n in notices] == ["number_doubtful"] * told


def tabled(*rows: str, sure: float = 0.9) -> Document:
    """A table of a scan with one row a string, its cells parted by bars, as repaired."""
    words = [
        Word(word, BBox(60 + 150 * column + 35 * k, 60 + 24 * row, 92 + 150 * column + 35 * k, 70 + 24 * row), sure)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells.split("|"))
        for k, word in enumerate(cell.split())
    ]
    page = Page(number=1, width_pt=595, height_pt=842, words=tuple(words), origin="ocr")
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (page,)))
    return repair.clean(document, RepairSettings(), load_gazetteer())[0]


def table(*rows: str, sure: float = 0.9) -> str:
    return "\n".join(block.text for block in tabled(*rows, sure=sure).blocks())


HEADS = "Goods|Amount|Duty"


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        (["Tobacco|325 kg|38,900", "Spirits|880 1|41,700", "Wine|9,300 bottles|27,400"], "\t880 l\t"),
        (["Tobacco|325 kg|38,900", "Spirits|880 I|41,700", "Wine|9,300 bottles|27,400"], "\t880 l\t"),
        (["Tobacco|325 kg|38,900", "Beer|2,1501|12,050", "Wine|9,300 bottles|27,400"], "\t2,150 l\t"),
        (["Tobacco|325|38,900", "Spirits|880 1|41,700", "Wine|9,300|27,400"], "\t880 1\t"),
        (["Tobacco|325 kg|38,900", "Spirits|8801|41,700", "Wine|9,300 bottles|27,400"], "\t8801\t"),
    ],
)
def test_litres_of_a_column_of_units(rows: list[str], printed: str) -> None:
    assert printed in table(HEADS, *rows)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["325 kg", "8801", "9,300 bottles", "44 kg"], True),
        (["325 kg", "8802", "9,300 bottles", "44 kg"], False),
        (["325 kg", "8801", "9,300", "44 kg"], False),
        (["325 kg", "880 l", "9,300 bottles", "44 kg"], False),
    ],
)
def test_a_number_that_may_end_in_a_litre_is_told(cells: list[str], told: bool) -> None:
    rows = [f"{name}|{cell}|12,300" for name, cell in zip(("Tobacco", "Spirits", "Wine", "Tea"), cells, strict=True)]
    assert any("'8801'" in notice.message for notice in tabled(HEADS, *rows).notices) == told


def test_no_amount_is_told_where_its_unit_may_be_among_its_digits() -> None:
    document = tabled("Goods seized|Amount", "Tobacco|325 kg", "Spirits|8801", "Wine|9,300 bottles", "Tea|44 kg")
    facts = extractors.find(document, load_gazetteer(), Settings().extraction)
    told = {s.commodity.text: s for s in facts.seizures}
    assert [(q.text, q.value, q.unit) for q in told["Spirits"].quantities] == [("8801", None, None)]
    assert told["Spirits"].confidence < 0.7 < told["Tobacco"].confidence
    pieces = tabled("Goods seized|Number", "Stolen vehicles|3il", "Pistols|164", "Rifles|76")
    (cars, *_) = extractors.find(pieces, load_gazetteer(), Settings().extraction).seizures
    assert [(q.text, q.value) for q in cars.quantities] == [("3il", None)]
    assert [q.value for q in told["Wine"].quantities] == [9300]


@pytest.mark.parametrize(
    ("cells", "total", "sure"),
    [
        (["31", "20", "24"], "75", [True, True, True]),
        (["31", "20", "24"], "95", [False, False, False]),
        (["31", "240", "44"], "1315", [True, False, True]),
        (["31", "29", "2,400"], "1,460", [True, True, False]),
    ],
)
def test_no_row_is_sure_whose_number_keeps_the_total_from_being_right(
    cells: list[str], total: str, sure: list[bool]
) -> None:
    rows = [f"{name}|{cell}|{100 + k} kg" for k, (name, cell) in enumerate(zip(GOODS, cells, strict=True))]
    document = tabled("Goods seized|Cases|Amount", *rows, f"Total|{total}|", sure=0.98)
    facts = extractors.find(document, load_gazetteer(), Settings().extraction)
    assert [seizure.confidence > 0.7 for seizure in facts.seizures] == sure


@pytest.mark.parametrize(
    ("cells", "total", "printed"),
    [
        (["3)", "2", "24"], "57", "31"),
        (["31", "7t4", "1,250"], "2,035", "754"),
        (["12.6", "9.Z", "0.4"], "22.2", "9.2"),
        (["3)", "2)", "24"], "76", "3)"),
        (["3)", "2", "24"], "99", "3)"),
        (["3)", "2", "n/a"], "33", "3)"),
        (["3)", "2 kg", "24"], "57", "3)"),
        (["3)", "24"], "55", "3)"),
    ],
)
def test_a_digit_is_proven_by_the_total(cells: list[str], total: str, printed: str) -> None:
    names = ("Tobacco", "Cocaine", "Diesel fuel")
    rows = [f"{name}|{cell}|{100 + k} kg" for k, (name, cell) in enumerate(zip(names, cells, strict=False))]
    text = table("Goods|Cases|Amount", *rows, f"Total|{total}|")
    assert f"\t{printed}\t" in text


@pytest.mark.parametrize(
    ("cells", "total", "printed"),
    [
        (["43105", "918.0", "266.2"], "5494.7", ["4310.5", "918.0", "266.2", "5494.7"]),
        (["43105", "918.0", "266.2"], "54947", ["4310.5", "918.0", "266.2", "5494.7"]),
        (["12", "918.25", "266.25"], "119650", ["12", "918.25", "266.25", "1196.50"]),
        (["43105", "918.0", "266.2"], "44289.2", ["43105", "918.0", "266.2", "44289.2"]),
        (["43105", "918.0", "266.2"], "5494.9", ["43105", "918.0", "266.2", "5494.9"]),
        (["43105", "9180", "2662"], "54947", ["43105", "9180", "2662", "54947"]),
        (["431 kg", "918.0 l", "266.2 l"], "5494.7", ["431 kg", "918.0 l", "266.2 l", "5494.7"]),
    ],
)
def test_marks_that_were_passed_over_are_proven_by_the_total(cells: list[str], total: str, printed: list[str]) -> None:
    rows = [f"{name}|{cell}|{100 + k} kg" for k, (name, cell) in enumerate(zip(GOODS, cells, strict=True))]
    text = table("Goods|Weight|Amount", *rows, f"Total|{total}|")
    assert [row.split("\t")[1] for row in text.split("\n")[1:]] == printed


@pytest.mark.parametrize(
    ("cells", "told"),
    [(["164", "3il", "76"], True), (["164", "3il", "none"], False), (["164", "3 l", "76"], False)],
)
def test_letters_among_the_digits_of_a_column_are_told(cells: list[str], *, told: bool) -> None:
    rows = [f"{name}|{100 + k} kg|{cell}" for k, (name, cell) in enumerate(zip(GOODS, cells, strict=True))]
    notices = tabled("Goods|Amount|Pieces", *rows).notices
    assert any("'3il'" in notice.message for notice in notices) == told


def test_no_digit_is_proven_by_numbers_that_were_hard_to_read() -> None:
    rows = ("Goods|Cases|Amount", "Tobacco|3)|11 kg", "Cocaine|2|12 kg", "Diesel|24|13 kg", "Total|57|")
    assert "\t31\t" in table(*rows, sure=0.9)
    assert "\t3)\t" in table(*rows, sure=0.5)


def scanned(*words: tuple[str, tuple[int, ...]]) -> str:
    """The repaired text of a scan with these words, each with the letters over which a mark was not read."""
    boxes = [BBox(60.0 * k, 20.0, 60.0 * k + 50, 32.0) for k in range(len(words))]
    read = tuple(Word(text, box, 0.9, size_pt=10.0, accents=at) for (text, at), box in zip(words, boxes, strict=True))
    page = Page(1, 60.0 * len(words) + 60, 300.0, "ocr", words=read)
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (page,)))
    clean, _ = repair.clean(document, RepairSettings(), load_gazetteer())
    return " ".join(block.text for block in clean.blocks())


@pytest.mark.parametrize(
    ("read", "accents", "printed"),
    [
        ("Liepaja,", (4,), "Liepāja,"),
        ("Liepaja,", (), "Liepaja,"),
        ("Liepaja,", (1,), "Liepaja,"),
        ("Liepaja,", (3, 4), "Liepaja,"),
        ("(Turkiye)", (2,), "(Türkiye)"),
        ("Curacao", (5,), "Curaçao"),
        ("Reykjavik", (7,), "Reykjavík"),
        ("Apia,", (2,), "Apia,"),
        ("Istanbul", (3,), "Istanbul"),
        ("Zoltan", (4,), "Zoltan"),
    ],
)
def test_accents_that_a_scan_shows(read: str, accents: tuple[int, ...], printed: str) -> None:
    assert scanned(("from", ()), (read, accents), ("came", ())) == f"from {printed} came"


def test_accents_of_names_of_two_words() -> None:
    assert scanned(("in", ()), ("Sao", (1,)), ("Paulo", ()), ("they", ())) == "in São Paulo they"


def test_a_repaired_date_says_so() -> None:
    extraction = extract(b"811 November 2021, Belgrade, Serbia: They met with officers.", name="t.txt")
    assert [(str(d.start), str(d.end), d.repaired) for d in extraction.dates] == [("2021-11-08", "2021-11-11", True)]


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        (["14,800", "6.350", "22,000"], "6,350"),
        (["14.800 kg", "6,350 kg", "22.000 l"], "6.350 kg"),
        (["14,800", "6.350", "22,000.5"], "6.350"),
        (["14,800", "6.350", "2,000.25"], "6.350"),
        (["14,800", "6.350", "900"], "6.350"),
        (["1,234,000", "867.400", "22,000"], "867,400"),
        (["1.250", "6.350", "14,200"], "14.200"),
        (["95.65", "28:20", "4.68"], "28.20"),
        (["402.6", "1.310.000", "74.300"], "402,6"),
        (["402,6", "1,310,000", "74,300"], "402.6"),
        (["402.6", "1,310,000", "74,300"], "402.6"),
        (["10:15", "28:20", "4.68"], "28:20"),
    ],
)
def test_thousands_are_parted_as_in_the_rest_of_a_column(cells: list[str], printed: str) -> None:
    rows = [f"{name}|{100 + k} kg|{cell}" for k, (name, cell) in enumerate(zip(GOODS, cells, strict=True))]
    assert f"\t{printed}\n" in table("Goods|Amount|Value", *rows, NOISE) + "\n"


MORE_GOODS = ("Tobacco", "Cocaine", "Diesel fuel", "Pistols", "Spirits")
GOODS = ("Tobacco", "Cocaine", "Diesel fuel")
NOISE = "Oflicers of tne harbour|wcre|at"


@pytest.mark.parametrize(
    ("units", "printed"),
    [
        (["kg", "I", "pcs"], "l"),
        (["kg", "1", "litres"], "l"),
        (["kg", "I", "7"], "I"),
        (["kg", "I"], "I"),
        (["pcs", "pes", "pes", "ky", "I"], "l"),
    ],
)
def test_a_sign_among_units_is_a_litre(units: list[str], printed: str) -> None:
    rows = [f"{name}|{100 + k}|{unit}" for k, (name, unit) in enumerate(zip(MORE_GOODS, units, strict=False))]
    assert f"10{units.index(unit_read(units))}\t{printed}" in table("Goods|Amount|Unit", *rows)


def unit_read(units: list[str]) -> str:
    return next(unit for unit in units if unit in {"I", "1"})


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Tne oflicers left Galle (Sri Lanka}, 9 May 2021 and wcre seen.", "(Sri Lanka),"),
        ("Tne oflicers left Galle [Sri Lanka), 9 May 2021 and wcre seen.", "(Sri Lanka),"),
        ("Tne oflicers left Galle [Sri Lanka], 9 May 2021 and wcre seen.", "[Sri Lanka],"),
        ("Tne oflicers left a set f(x} and wcre seen.", "f(x}"),
    ],
)
def test_brackets_that_close_each_other_are_of_one_kind(read: str, printed: str) -> None:
    assert printed in repaired(read)
