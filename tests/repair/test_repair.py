"""Repair of words, spaces, marks and broken lines as a specification: what is mended, by which rule."""

from __future__ import annotations

import pytest
from tests.repair.reading import cleaned, repaired, rules

from newsletter_extract.settings import ConfusionEntry


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("the fight against fillicit trade goes on", "against illicit trade", "glyph.added"),
        ("a route through Westem provinces is used", "through Western provinces", "glyph.m_rn"),
        ("on the intemational trade in such goods", "the international trade", "glyph.m_rn"),
        ("the group se1zed all of it", "group seized all", "glyph.digit_letter"),
        ("the iliegal trade was stopped", "illegal trade", "glyph.i_l"),
        ("they searched tbe lorry at the gate", "searched the lorry", "glyph.b_h"),
        ("a unit of the counterfcit goods team", "the counterfeit goods", "glyph.c_e"),
        ("lnspectors of the port met again", "Inspectors of the", "glyph.l_i"),
        ("he was taken to ltaly and sent home", "to Italy and", "glyph.l_i"),
        ("all of it is under contro! of the police", "under control of", "glyph.bar"),
        ("they wi!l come back", "will come", "glyph.bar"),
        ("to prevent terroris| and crime", "prevent terrorism and", "glyph.bar"),
        ("with h€lp from other sources", "with help from", "glyph.euro"),
        ("to imProve control at the gate", "to improve control", "glyph.case"),
        ("all airPorts of the region", "all airports of", "glyph.case"),
        ("there is trust betweén the services", "trust between the", "glyph.accent"),
        ("and multiilateral meetings were held", "multilateral meetings", "glyph.added"),
        ("the govemment and the courts agreed", "the government and", "glyph.m_rn"),
        ("new infornation on the case came", "new information on", "glyph.n_m"),
        ("on the lntemational trade in ivory", "the international trade", "glyph.several"),
        ("part 0f the trade in such goods", "part of the", "glyph.digit_letter"),
        ("it was said that lt is lawful", "that it is", "glyph.l_i"),
        ("the chilcl was found in the lorry", "the child was", "glyph.cl_d"),
        ("by the custorhs of the country", "the customs of", "glyph.rh_m"),
        ("all over the €uropean market", "the European market", "glyph.euro"),
        ("they met in Geimany and in France", "in Germany and", "glyph.i_r"),
        ("the oﬃcer and the ﬂight were late", "the officer and the flight", "glyph.ligature"),
    ],
)
def test_misread_letters(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(read)
    assert printed in next(document.blocks()).text
    assert rule in rules(changes)


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("the offi-\ncers met again", "the officers met", "hyphen.join"),
        ("at the Confe-\nrence it was underli-\nned", "Conference it was underlined", "hyphen.join"),
        ("a cross-\nborder search was made", "cross-border search", "hyphen.keep"),
        ("an Air-\nCargo search was made", "Air-Cargo search", "hyphen.keep"),
        ("in the spirit of non-\nduplication they met", "of non-duplication they", "hyphen.keep"),
        ("the offi\u00ad\ncers met again", "the officers met", "hyphen.join"),
        ("the offi\u00adcers met again", "the officers met", "hyphen.soft"),
        ("the offi¬\ncers met again", "the officers met", "hyphen.join"),
        ("their inde-.\npendence was won", "their independence was", "hyphen.join"),
        ("work was underli-\n4 ned by all", "work was underlined by", "hyphen.join"),
        ("new transpor\ntation routes were seen", "new transportation routes", "hyphen.lost"),
        ("a long-\nterm plan was made", "a long-term plan", "hyphen.keep"),
        ("the e-\ncommerce trade grew", "the e-commerce trade", "hyphen.keep"),
        ("a follow-\nup meeting was held", "a follow-up meeting", "hyphen.keep"),
        ("a break-\ndown of trust was seen", "a breakdown of", "hyphen.join"),
        ("they were there-\nby able to go", "were thereby able", "hyphen.join"),
        ("the team of Fort-de-\nFrance came", "of Fort-de-France came", "hyphen.keep"),
        ("an up-to-\ndate list was made", "an up-to-date list", "hyphen.keep"),
        ("a home-\ndistilled drink was sold", "a home-distilled drink", "hyphen.keep"),
        ("the secre-tariat has met again", "the secretariat has", "hyphen.inside"),
        ("they co-ordinate, and the co-\noperation of all", "the co-operation of", "hyphen.keep"),
        ("they coordinate, and the co-\noperation of all", "the cooperation of", "hyphen.join"),
        ("the skip--\nper left the port", "the skipper left", "hyphen.join"),
        ("the prosec-\n'utors left the port", "the prosecutors left", "hyphen.join"),
        ("in the years 2019-\n2021 they met", "years 2019-2021 they", "hyphen.keep"),
        ("after the mid-\n2021 review of it", "the mid-2021 review", "hyphen.keep"),
        ("les auto-\nrités du pays sont", "les autorités du", "hyphen.join"),
        ("die Zusam-\nmenarbeit der Behörden ist gut", "die Zusammenarbeit der", "hyphen.join"),
        ("la coope-\nración de las autoridades", "la cooperación de", "hyphen.join"),
        ("information ex-\nSeizures of the year\nchange among services", "information exchange", "hyphen.round"),
    ],
)
def test_broken_words(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(read)
    assert printed in " ".join(block.text for block in document.blocks())
    assert rule in rules(changes)


@pytest.mark.parametrize(
    "text",
    [
        "import- and export controls",
        "Ein- und Ausfuhr von Waren",
        "a two- to three-day course",
        "the well-known know-how of risk-based checks",
    ],
)
def test_hyphens_that_stay(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("a rule that was understoodinthe same way", "was understood in the same", "space.split"),
        ("Inaddition, they were told of it", "In addition, they", "space.split"),
        ("Asignificant part of it was found", "A significant part", "space.split"),
        ("the counterpartsin Serbia agreed", "the counterparts in Serbia", "space.split"),
        ("AseminaronrisRanalysis was held in the port.", "A seminar on risk analysis was", "space.split"),
        ("they brought it toa court in the north", "it to a court", "space.split"),
        ("they came to the port ofRiga by sea", "port of Riga by", "space.split"),
        ("infor mation on the case was sent", "information on the", "space.join"),
        ("the cus toms service took part", "the customs service", "space.join"),
        ("bottles of deterg ent were opened", "of detergent were", "space.join"),
        ("regio nal actors smugg ling tobacco", "regional actors smuggling tobacco", "space.join"),
        ("C U S T O M S  N E W S", "CUSTOMS NEWS", "space.letters"),
        ("the crew ,which was tired, left", "the crew, which was", "space.after_mark"),
        ("on status,and on trade", "status, and", "space.after_mark"),
        ("a regional.and local plan", "a regional and local", "glyph.mark_for_space"),
        ("they were carrying:out checks", "carrying out", "glyph.mark_for_space"),
        ("all of the-ships in the port were", "the ships in", "glyph.mark_for_space"),
        ("they had to build'a fence at the gate", "build a fence", "glyph.mark_for_space"),
    ],
)
def test_spaces(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(read)
    assert printed in " ".join(block.text for block in document.blocks())
    assert rule in rules(changes)


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("went\n‘through the gate and came back again", "went through the gate", "glyph.quote"),
        ("all of South “Eastern Europe took part in it", "South Eastern Europe", "glyph.quote"),
        ("they work in. the region for a year", "work in the region", "glyph.mark"),
        ("the end of. the year is near", "end of the year", "glyph.mark"),
        ("the engine, which was old,; had been sold", "was old, had", "glyph.mark"),
        ("They met in Split, .Croatia, in the spring", "Split, Croatia", "glyph.mark"),
        ("during the &2\nglobal sessions it was said", "during the global sessions", "glyph.stray"),
        ("the sessions were for :\nofficers of the port", "were for officers", "glyph.stray"),
        ("to oversee and evaluate\n| the results of it", "evaluate the results", "glyph.stray"),
        ('in Kosovo"" (boundary crossing)', "in Kosovo (boundary", "glyph.note_mark"),
    ],
)
def test_marks(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(read)
    assert printed in " ".join(block.text for block in document.blocks())
    assert rule in rules(changes)


def test_misread_bullets() -> None:
    text = "They work in:\n\n¢ Bosnia and Herzegovina\n\n+ Montenegro (port of Bar)\n\n« North Macedonia\n"
    _, document, changes = cleaned(text)
    items = [block.text for block in document.blocks() if block.kind == "list_item"]
    assert items == ["• Bosnia and Herzegovina", "• Montenegro (port of Bar)", "• North Macedonia"]
    assert rules(changes) == {"glyph.bullet"}


NOISY = (
    "The govemment and the intemational police met in tbe port, wbere the custorns officers se1zed the cigarcttes "
    "and the smuggiers fled to Westem Europe with the rnoney of the cornpany. "
)
"""A text that shows its noise."""


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("They won the prize. it was given to them.", "prize. It was", "glyph.case"),
        ("They met again in january with the others.", "in January with", "glyph.case"),
        ("The men had found ail five of them.", "found all five", "glyph.listed"),
        ("They came to the port, The ship had left.", "the port. The ship", "glyph.stop"),
        ("The note by Or Sengphachanh was read.", "by Dr Sengphachanh", "glyph.title"),
        ("He sold all the tramadol! and left.", "tramadol and", "glyph.mark"),
        ("The tool of the trade is a better too! of his.", "better tool of", "glyph.bar"),
        ("He had 3 kg and 4 kg and 5 kg and 9kg of it.", "9 kg of", "space.unit"),
    ],
)
def test_what_only_noisy_text_shows(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(NOISY + read)
    assert printed in next(document.blocks()).text
    assert rule in rules(changes)
    assert repaired(read) == read


CLEAN = "The officers of the port met again in the spring and spoke of the goods that had been found on the quay. " * 20
"""A text that has shown that it is clean."""


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("They came again. All of the mobile. money was gone.", "mobile money was", "glyph.mark"),
        ("They left in March. 2021 for good.", "in March 2021", "glyph.mark"),
        ("They left when. Kampong Saom was shut.", "left when Kampong", "glyph.mark"),
        ("They left. The. men had been there.", "The men had", "glyph.mark"),
        ("It was bad and had, been seen.", "had been seen", "glyph.mark"),
        ("A report came when: they had left.", "when they had", "glyph.mark"),
        ("He saw 'customs men of the watchmaker's shop.", "saw customs men", "glyph.quote"),
        ("This was' the last of it.", "This was the", "glyph.quote"),
        ("Their numbers -had been ground off.", "numbers had been", "glyph.mark"),
        ("They found .which was new, and left.", "found which was", "glyph.mark"),
        ("They took 18,900: bottles of it.", "18,900 bottles", "glyph.mark"),
        ("It was gone because.a form was lost.", "because a form", "glyph.mark_for_space"),
        ("They had fold.as they played.badly there.", "fold as they played badly", "glyph.mark_for_space"),
        ("In Suva, Fiji:-Skippers left the port.", "Fiji: Skippers", "glyph.mark"),
        ("They left the port.. It was night.", "the port. It", "glyph.mark"),
    ],
)
def test_specks_at_words(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(NOISY + read)
    assert printed in next(document.blocks()).text
    assert rule in rules(changes)
    assert read in repaired(CLEAN + read)


@pytest.mark.parametrize(
    "text",
    [
        "They met approx. five men, i.e. two. The others stayed in Sept. 2021 at no. five.",
        "See www.zoll.de or customs.gov, and the files report.name and setup.info there.",
        "They saw ‘quoted words’ and the officers' own ‘inner words’ of the watchmaker's men.",
        "The goods -cash and gold- were found, and half-hearted men left it at that.",
        "It consists of: two men, who had, in fact, been there; it may, if need be, be so.",
        "They took 5 kg. of it, viz. two boxes, etc. and so on.",
    ],
)
def test_what_noisy_text_keeps(text: str) -> None:
    assert text in repaired(NOISY + text)


LEADS = """3 May 2021, Riga, Latvia: Officers met.

4 June 2021, Oslo, Norway: The boats were met.

5 July 2021, Le Marin, Martinique: A boat was met."""


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("7 May 2021. Turku, Finland: They met.", "7 May 2021, Turku, Finland: They", "glyph.lead_mark"),
        ("7 May 2021; Turku, Finland: They met.", "7 May 2021, Turku, Finland: They", "glyph.lead_mark"),
        ("7-9 May 2021, Turku, Finland; They met.", "7-9 May 2021, Turku, Finland: They", "glyph.lead_mark"),
        ("7 May 2021, Turku, Finland: joint teams met.", "Finland: Joint teams", "glyph.case"),
    ],
)
def test_openings_of_paragraphs_are_alike(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(f"{NOISY}\n\n{LEADS}\n\n{read}\n")
    assert printed in list(document.blocks())[-1].text
    assert rule in rules(changes)
    alone = f"{NOISY}\n\n{read}\n"
    assert read in repaired(alone)


BARRED = """Riga, Latvia | 3 May 2021 Officers met there.

Oslo, Norway | 4-6 June 2021 The boats were met."""


@pytest.mark.parametrize("sign", ["}", "!", "I", "]"])
def test_bars_before_dates_are_alike(sign: str) -> None:
    read = f"Le Marin, Martinique {sign} 13 May 2021 A boat was met."
    _, document, changes = cleaned(f"{NOISY}\n\n{BARRED}\n\n{read}\n")
    assert list(document.blocks())[-1].text.startswith("Le Marin, Martinique | 13 May 2021")
    assert "glyph.lead_mark" in rules(changes)
    assert f"Martinique {sign} 13 May" in repaired(f"{NOISY}\n\n{read}\n")


def test_a_speck_at_a_bar_before_a_date_goes() -> None:
    assert "\nVirtual | 13 May 2021" in repaired(f"{NOISY}\n\n{BARRED}\n\nVirtual-| 13 May 2021 A boat was met.\n")
    assert "Virtual-| 13 May 2021" in repaired(f"{NOISY}\n\nVirtual-| 13 May 2021 A boat was met.\n")


def test_sentences_with_a_year_are_no_openings() -> None:
    text = "In 2021 the men found it; They sold it in 2022. And so on."
    assert text in repaired(f"{NOISY}\n\n{LEADS}\n\n{text}\n")


def test_the_row_of_the_total_is_known() -> None:
    table = "Goods\tCases\tQuantity\nCigarettes\t19\t3,400 sticks\nTobacco\t4\t120 kg\nTotat\t23\t"
    _, document, _ = cleaned(f"{NOISY}\n\n{table}\n")
    assert "\nTotal\t23" in next(block.text for block in document.blocks() if block.kind == "table")


def test_specks_in_cells_go() -> None:
    table = "Goods\tCases\tQuantity\nCigarettes .\t19\t3,400 sticks\n_Tobacco.\t4\t120 kg\nTotal\t23\t"
    _, document, changes = cleaned(f"{NOISY}\n\n{table}\n")
    cells = next(block.text for block in document.blocks() if block.kind == "table").split("\n")
    assert [row.split("\t")[0] for row in cells] == ["Goods", "Cigarettes", "Tobacco", "Total"]
    assert {"glyph.stray", "glyph.mark"} <= rules(changes)


def test_the_documents_own_words_help() -> None:
    text = "UNODC and INTERPOL met. INTERPOL spoke.\nThey thanked the UNODC-WCO-\nNTERPOL project."
    assert "UNODC-WCO-INTERPOL project" in repaired(text)


def test_a_letter_lost_at_the_edge() -> None:
    assert "and is carried out" in repaired("in cooperation with the services\nnd is carried out in four ports")


def test_a_word_seen_three_times_is_trusted() -> None:
    assert "Westem" not in repaired("the Westem route")
    text = "The Westem ferry left. The Westem crew slept. The Westem cargo was searched."
    assert repaired(text) == text


def test_full_takes_the_risk_that_safe_does_not() -> None:
    text = "he sold gallots of oil"
    assert repaired(text, level="safe") == text
    assert repaired(text, level="full") == "he sold gallons of oil"


def test_off_changes_nothing() -> None:
    arranged, document, changes = cleaned("the fillicit Westem", level="off")
    assert document == arranged
    assert changes == ()


def test_the_users_own_words_stay() -> None:
    text = "goods of the Westem brand and fillicit cream"
    assert repaired(text, words=("fillicit",), names=("Westem",)) == text


def test_the_users_own_names_are_looked_for() -> None:
    assert "at Kapitmas checkpoint" in repaired("stopped at Kapitrnas checkpoint", names=("Kapitmas",))


def test_the_users_own_confusions_are_used() -> None:
    own = (ConfusionEntry(misread="ß", meant="g"),)
    assert "all cargo was" in repaired("all carßo was searched", confusions=own)
