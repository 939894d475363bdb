"""Preparing images: a clean page stays as it is, a bad one gets better."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.ocr import geometry, light, specks
from newsletter_extract.reading.ocr.components import parts
from newsletter_extract.reading.ocr.drawings import without_drawn
from newsletter_extract.reading.ocr.heights import with_ink_heights
from newsletter_extract.reading.ocr.letters import find_letters, is_upside_down, lines_run_down, measure_x_height
from newsletter_extract.reading.ocr.marks import with_marks
from newsletter_extract.reading.ocr.overlaps import cut_to_line, without_doubles
from newsletter_extract.reading.ocr.panels import lighten_panels
from newsletter_extract.reading.ocr.prepare import Picture, prepare
from newsletter_extract.reading.ocr.regions import find_regions
from newsletter_extract.reading.ocr.rules import erase_rules, find_rules
from newsletter_extract.reading.ocr.second_look import second_look, with_found

LINES = [
    "Officers of the harbour police opened the crates",
    "and found what the papers did not speak of at all",
    "The goods were brought to the customs house, and",
    "the driver was heard by the judge on the same day",
]
DPI = (200.0, 200.0)


def page(paper: int = 250, ink: int = 60, size: int = 34) -> Any:
    picture = Image.new("L", (1200, 700), paper)
    draw = ImageDraw.Draw(picture)
    for k in range(12):
        draw.text((60, 40 + 50 * k), LINES[k % 4], fill=ink, font_size=size)
    return np.asarray(picture).copy()


def speckled() -> Any:
    grey = page()
    random = np.random.default_rng(3)
    for y, x in zip(random.integers(5, 690, 150), random.integers(5, 1190, 150), strict=True):
        grey[y : y + 4, x : x + 4] = 0
    return grey


def test_a_clean_page_is_left_alone() -> None:
    grey = page()
    prepared = prepare(Picture(grey, DPI))
    assert (prepared.skew_degrees, prepared.turned_degrees, prepared.flattened) == (0.0, 0, False)
    assert np.array_equal(prepared.grey, grey)


@pytest.mark.parametrize(
    "step", [lambda grey: light.stretch(grey, 18), light.clear_edges, light.upright_tone, light.wipe_show_through]
)
def test_no_step_touches_a_clean_page(step: Any) -> None:
    grey = page()
    assert step(grey) is grey


def test_specks_go_and_letters_stay() -> None:
    clean, dirty = page().astype(int), speckled()
    mended = specks.despeckle(dirty).astype(int)
    assert np.abs(mended - clean).mean() < 0.3 * np.abs(dirty.astype(int) - clean).mean()


@pytest.mark.parametrize("degrees", [-6.5, -3.0, -0.8, 0.6, 2.5])
def test_skew_is_measured_and_undone(degrees: float) -> None:
    turned = geometry.turn(page(), degrees)
    assert geometry.measure_skew(turned) == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_brought_upright(turn: int) -> None:
    prepared = prepare(Picture(geometry.quarter(page(), turn), DPI))
    assert (prepared.turned_degrees + turn) % 360 == 0
    assert np.array_equal(prepared.grey, page())


def test_capitals_and_digits_do_not_tell_which_way_is_up() -> None:
    picture = Image.new("L", (1200, 700), 250)
    for k in range(12):
        ImageDraw.Draw(picture).text((60, 40 + 50 * k), "SEIZURES 8 409 173 UNITS 52", fill=60, font_size=34)
    upright = np.asarray(picture)
    assert not is_upside_down(find_letters(upright))
    assert not is_upside_down(find_letters(geometry.quarter(upright, 180)))
    assert not lines_run_down(find_letters(upright))


@pytest.mark.parametrize("size", [16, 24, 34, 50])
def test_print_is_scaled_by_its_letters(size: int) -> None:
    grey = page(size=size)
    true = measure_x_height(grey, find_letters(grey))
    assert true == pytest.approx(0.54 * size, abs=1.5)
    prepared = prepare(Picture(grey, DPI))
    assert 12 <= measure_x_height(prepared.grey, find_letters(prepared.grey)) <= 21
    assert prepared.dpi / DPI[0] == pytest.approx(prepared.grey.shape[1] / 1200, rel=0.01)


def test_pixels_that_are_not_square_become_square() -> None:
    squashed = cv2.resize(page(), (1200, 336), interpolation=cv2.INTER_AREA)
    prepared = prepare(Picture(squashed, (204.0, 98.0)))
    assert prepared.grey.shape[1] / prepared.grey.shape[0] == pytest.approx(1200 / 700, rel=0.02)


def test_uneven_light_is_levelled() -> None:
    shade = np.linspace(1.0, 0.55, 1200, dtype=np.float32)
    level = light.level((page() * shade).astype(np.uint8), 18)
    paper = np.percentile(level[:, 900:], 80), np.percentile(level[:, :300], 80)
    assert paper[0] == pytest.approx(paper[1], abs=12)


@pytest.mark.parametrize("with_letters", [False, True])
def test_shaded_panels_without_letters_are_wiped(with_letters: bool) -> None:
    sheet = np.vstack([page(), np.full((400, 1200), 250, np.uint8)])
    shaded = sheet.copy()
    panel = page()[20:320, :900] if with_letters else np.full((300, 900), 250, np.uint8)
    noise = np.random.default_rng(5).normal(0, 12, panel.shape)
    shaded[760:1060, 150:1050] = np.clip(panel * 0.7 + noise, 0, 255)
    inside = light.level(shaded, 18)[755:1065, 145:1055]
    assert (inside < 240).any() == with_letters
    assert (inside < 120).any() == with_letters


def test_faint_print_is_darkened() -> None:
    faint = page(paper=210, ink=150)
    assert np.ptp(light.stretch(faint, 18)) > 3 * np.ptp(faint)


def banded(ground: int, top: int, bottom: int, letters: int = 250, skew: float = 0.0) -> Any:
    """The page with its second line, of 42 pixels from 82, in light letters on a dark bar, a little worn."""
    grey = page()
    ink = (250 - grey[top:bottom, 50:1150].astype(float)) / 190
    grey[top:bottom, 50:1150] = ground + ink * (letters - ground)
    worn = cv2.GaussianBlur(geometry.turn(grey, skew), (0, 0), 0.8)
    return np.clip(worn + np.random.default_rng(2).normal(0, 6, worn.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("skew", [0.0, 1.5])
@pytest.mark.parametrize(
    ("ground", "letters", "top", "bottom"),
    [(0, 250, 80, 132), (60, 250, 76, 136), (110, 245, 80, 130), (150, 252, 78, 134), (40, 170, 80, 132)],
)
def test_light_letters_on_a_dark_bar_become_dark_ones(
    ground: int, letters: int, top: int, bottom: int, skew: float
) -> None:
    grey = banded(ground, top, bottom, letters, skew)
    plain = geometry.turn(page(), skew).astype(int)
    after = np.abs(lighten_panels(grey, 18).astype(int) - plain)
    rows = slice(top - 20, bottom + 20)
    assert after[rows, 60:1140].mean() < 22
    assert after[rows, 60:1140].mean() < 0.35 * np.abs(grey[rows, 60:1140].astype(int) - plain[rows, 60:1140]).mean()


def test_what_is_dark_and_no_panel_is_left_alone() -> None:
    """A photo, a bar without letters, letters of a masthead and a row between thick rules."""
    grey = page()
    across, down = np.meshgrid(np.linspace(0, 1, 400), np.linspace(0, 1, 120))
    grey[500:620, 100:500] = 60 + 120 * np.abs(np.sin(7 * across + 5 * down))
    grey[500:540, 600:900] = 30
    grey[560:640, 600:640] = grey[580:600, 640:680] = 20
    grey[70:74, 50:1150] = grey[130:134, 50:1150] = 20
    assert lighten_panels(grey, 18) is grey


def test_the_other_side_of_the_sheet_is_wiped_off() -> None:
    clean = page(ink=20)
    back = np.roll(clean[:, ::-1], 17, axis=0)
    through = np.minimum(clean, 255 - ((255 - back.astype(float)) * 0.35)).astype(np.uint8)
    wiped = light.wipe_show_through(through).astype(int)
    assert np.abs(wiped - clean).mean() < 0.35 * np.abs(through.astype(int) - clean).mean()


def test_thin_strokes_stay_where_the_other_side_is_wiped_off() -> None:
    clean = cv2.GaussianBlur(page(ink=20), (0, 0), 1.0)
    back = np.roll(clean[:, ::-1], 17, axis=0)
    wiped = light.wipe_show_through(np.minimum(clean, 255 - ((255 - back.astype(float)) * 0.35)).astype(np.uint8))
    thin = (clean > 130) & (clean < 200)
    assert (wiped[thin] < 215).mean() > 0.98


def test_grey_type_is_no_show_through() -> None:
    grey = page(ink=20)
    grey[440:640] = page(ink=165)[440:640]
    assert light.wipe_show_through(grey) is grey


def test_dark_edges_of_a_copy_are_cleared_and_a_banner_is_kept() -> None:
    grey = page()
    grey[:, :20] = 15
    assert light.clear_edges(grey)[:, :20].min() > 200
    banner = page()
    banner[:120] = 40
    assert light.clear_edges(banner) is banner


def test_a_photographed_sheet_is_cut_out_and_flattened() -> None:
    corners = np.array([[90, 60], [1290, 100], [1260, 780], [60, 760]], np.float32)
    source = np.array([[0, 0], [1200, 0], [1200, 700], [0, 700]], np.float32)
    warp = cv2.getPerspectiveTransform(source, corners)
    photo = cv2.warpPerspective(page(), warp, (1360, 860), borderValue=50)
    found = geometry.sheet_corners(photo)
    assert found is not None
    assert np.abs(found - corners).max() < 8
    assert geometry.sheet_corners(page()) is None


@pytest.mark.parametrize("side", ["top", "left", "bottom"])
def test_a_dark_banner_along_one_side_is_part_of_the_sheet(side: str) -> None:
    grey = page()
    banner = {"top": np.s_[:90, :], "left": np.s_[:, :90], "bottom": np.s_[-90:, :]}[side]
    grey[banner] = 70
    assert geometry.sheet_corners(grey) is None


@pytest.mark.parametrize("degrees", [0.0, 1.5, -1.5])
@pytest.mark.parametrize("ground", [40, 120])
def test_a_head_of_a_table_that_lies_askew_is_inverted_and_its_neighbours_are_not(ground: int, degrees: float) -> None:
    grey = page()
    grey[86:130, 40:1160] = ground + (250 - grey[86:130, 40:1160].astype(int)) * (240 - ground) // 190
    askew, straight = geometry.turn(grey, degrees), geometry.turn(page(), degrees)
    found = lighten_panels(askew, 18)
    assert np.abs(found[200:].astype(int) - straight[200:]).max() == 0
    assert np.median(np.abs(found.astype(int) - straight)) < 3
    assert (found[40:160] < 120).mean() == pytest.approx((straight[40:160] < 120).mean(), abs=0.05)


def test_rules_are_found_and_erased() -> None:
    grey = page()
    grey[30:32, 50:900] = 130
    grey[30:400, 50:52] = 130
    rules = find_rules(grey, 1.0)
    assert {rule.bbox.width > rule.bbox.height for rule in rules} == {True, False}
    assert erase_rules(grey, rules, 1.0)[31, 60:880].min() > 200


def worn(grey: Any, seed: int = 5) -> Any:
    """A page as a bad copier saves it: pale, soft, with noise in grains."""
    noise = np.random.default_rng(seed).normal(0, 15, grey.shape)
    pale = cv2.GaussianBlur(255 - (255 - grey.astype(np.float32)) * 0.75, (0, 0), 1.2)
    coded = cv2.imencode(".jpg", np.clip(pale + noise, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    return cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)


def test_thin_rules_that_noise_breaks_are_found_and_lines_of_letters_are_none() -> None:
    grey = page()
    for y in (35, 85, 335, 485):
        grey[y : y + 2, 40:1160] = 205
    for x in (40, 1100):
        grey[35:485, x : x + 2] = 205
    found = [rule.bbox for rule in find_rules(worn(grey), 0.36)]
    level = [round(box.top / 0.36) for box in found if box.width > box.height]
    upright = [round(box.x0 / 0.36) for box in found if box.height > box.width]
    for places, wanted in ((level, (35, 85, 335, 485)), (upright, (40, 1100))):
        assert {min(wanted, key=lambda w: abs(w - place)) for place in places} == set(wanted)
        assert all(min(abs(w - place) for w in wanted) <= 4 for place in places)
    assert find_rules(worn(page()), 0.36) == ()


@pytest.mark.parametrize("off", [-9, -4, 0, 5, 9])
def test_words_of_worn_scans_are_as_high_as_their_ink(off: int) -> None:
    """The first lines of the page, whose boxes an engine gave too high or too low, and too large by turns."""
    words, found = [], []
    for k in range(3):
        top = 49 + 50 * k + off * (-1) ** k
        x = 60
        for word in LINES[k].split():
            width = 17 * len(word)
            words.append(Word(word, BBox(x, top, x + width, top + 30), 0.9))
            x += width
    found = with_ink_heights(light.whiten(worn(page())), words)
    assert [word.text for word in found] == [word.text for word in words]
    standing = [w for w in found if not set("gjpqy,") & set(w.text)]
    feet = [min(w.bbox.bottom for w in standing if abs(w.bbox.bottom - 75 - 50 * k) < 20) for k in range(3)]
    assert [round(b - a) for a, b in pairwise(feet)] == pytest.approx([50, 50], abs=2)


def columns(gutter: int, banner: bool = False) -> Any:
    picture = Image.new("L", (1400, 900), 250)
    draw = ImageDraw.Draw(picture)
    if banner:
        draw.text((60, 30), "A head that goes over both columns of the page", fill=40, font_size=40)
    for k in range(14):
        for x in (60, 60 + 480 + gutter):
            draw.text((x, 120 + 45 * k), LINES[k % 4][:30], fill=40, font_size=32)
    return np.asarray(picture)


@pytest.mark.parametrize("banner", [False, True])
def test_columns_are_read_apart(banner: bool) -> None:
    grey = columns(60, banner)
    regions = find_regions(find_letters(grey), [], 17)
    assert len(regions) == 2 + banner
    assert sum(r.height > 500 for r in regions) == 2


def test_lines_are_not_cut_at_spaces() -> None:
    grey = page()
    assert len(find_regions(find_letters(grey), [], 18)) == 1


@pytest.mark.parametrize("title", ["THE HILL LIFT", "Little Fit", "Hull"])
def test_the_stems_of_a_large_title_are_no_rules(title: str) -> None:
    picture = Image.new("L", (1200, 700), 250)
    ImageDraw.Draw(picture).text((60, 40), title, fill=30, font_size=95)
    for top in (300, 360, 420):
        ImageDraw.Draw(picture).rectangle((60, top, 700, top + 2), fill=90)
    for left in (60, 380, 700):
        ImageDraw.Draw(picture).rectangle((left, 300, left + 2, 422), fill=90)
    ImageDraw.Draw(picture).text((80, 312), "tobacco", fill=60, font_size=34)
    rules = find_rules(np.asarray(picture), 0.36)
    assert all(rule.bbox.top > 290 * 0.36 for rule in rules)
    assert sum(rule.bbox.height > rule.bbox.width for rule in rules) == 3


def test_a_stroke_parts_cells_that_stand_close() -> None:
    picture = Image.new("L", (1200, 700), 250)
    for k in range(12):
        ImageDraw.Draw(picture).text((60, 40 + 50 * k), "tobacco", fill=60, font_size=34)
        ImageDraw.Draw(picture).text((210, 40 + 50 * k), "tobacco", fill=60, font_size=34)
    letters = find_letters(np.asarray(picture))
    assert len(find_regions(letters, [BBox(202, 20, 204, 660)], 18)) == 2
    assert len(find_regions(letters, [], 18)) == 1


def test_the_wide_spaces_of_a_large_title_are_no_gutters() -> None:
    picture = Image.new("L", (1200, 900), 250)
    draw = ImageDraw.Draw(picture)
    draw.text((60, 20), "The Quay Log", fill=60, font_size=90)
    for k in range(12):
        draw.text((60, 180 + 30 * k), LINES[k % 4], fill=60, font_size=20)
    regions = find_regions(find_letters(np.asarray(picture)), [], 10)
    assert sum(region.top < 150 for region in regions) == 1


def test_ink_that_was_passed_over_is_read_on_a_second_look() -> None:
    picture = Image.new("L", (1200, 300), 250)
    ImageDraw.Draw(picture).text((900, 100), "7", fill=40, font_size=34)
    word = Word("Tobacco", BBox(60, 100, 200, 126), 0.96)
    look = second_look(np.asarray(picture), [word])
    assert look is not None
    found = with_found([word], look, [Word("7", BBox(110, 35, 130, 70), 0.97)])
    assert [w.text for w in found] == ["Tobacco", "7"]
    assert 880 < found[1].bbox.x0 < found[1].bbox.x1 < 940


def test_a_line_that_was_passed_over_is_looked_at_whole() -> None:
    picture = Image.new("L", (1200, 300), 250)
    ImageDraw.Draw(picture).text((100, 100), "Silver jewelry, 14.5 kg", fill=40, font_size=34)
    look = second_look(np.asarray(picture), [Word("Tobacco", BBox(60, 30, 200, 56), 0.96)])
    assert look is not None
    assert len(look.places) == 1


def test_nothing_left_over_means_no_second_look() -> None:
    assert second_look(np.full((300, 600), 250, np.uint8), [Word("Tobacco", BBox(60, 100, 200, 126), 0.96)]) is None


def test_what_a_second_look_sees_does_not_replace_what_was_sure() -> None:
    picture = Image.new("L", (1200, 300), 250)
    ImageDraw.Draw(picture).text((900, 100), "7", fill=40, font_size=34)
    look = second_look(np.asarray(picture), [])
    assert look is not None
    sure = [Word("9", BBox(880, 90, 940, 140), 0.96)]
    assert with_found(sure, look, [Word("7", BBox(110, 35, 130, 70), 0.97)]) == sure


def test_dust_does_not_hide_how_high_the_letters_of_a_sparse_page_are() -> None:
    picture = Image.new("L", (1654, 2339), 250)
    for k in range(3):
        ImageDraw.Draw(picture).text((150, 140 + 50 * k), LINES[k], fill=60, font_size=30)
    grey, random = np.asarray(picture).copy(), np.random.default_rng(5)
    for y, x in zip(random.integers(5, 2300, 900), random.integers(5, 1640, 900), strict=True):
        grey[y : y + 6, x : x + 6] = 0
    assert 0.8 < find_letters(grey).height / find_letters(np.asarray(picture)).height < 1.25


def number(text: str, size: int = 30) -> tuple[Any, BBox]:
    """A number in print on white paper, and the box that an engine gives it."""
    picture = Image.new("L", (400, 100), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((100, 30), text, fill=30, font_size=size)
    box = draw.textbbox((100, 30), text, font_size=size)
    return np.asarray(picture), BBox(*(float(edge) for edge in box))


@pytest.mark.parametrize(
    ("printed", "read", "again", "found"),
    [
        ("14.5", "145", "14.5", "14.5"),
        ("145.25", "14525", "145.25", "145.25"),
        ("1,250.5", "12505", "1,250.5", "1,250.5"),
        ("314.5", "3145", "", "314.5"),
        ("314,5", "3145", "3145", "314,5"),
        ("145", "145", "14.5", "145"),
        ("14.5", "14.5", "145", "14.5"),
        ("2,045", "2,045", "2.045", "2,045"),
        ("2021.", "2021.", "20.21", "2021."),
    ],
)
def test_a_mark_between_digits_comes_back_where_the_ink_has_it(printed: str, read: str, again: str, found: str) -> None:
    grey, box = number(printed)
    words, doubtful = with_marks(grey, [Word(read, box, 0.9)], [Word(again, box, 0.9)] if again else [])
    assert [word.text for word in words] == [found]
    assert [word.first_reading for word in words] == [None if found == read else (read, "ocr.mark")]
    assert not doubtful


def test_a_mark_that_is_not_proven_is_told() -> None:
    grey, box = number("3.9")
    words, doubtful = with_marks(grey, [Word("39", box, 0.95)], [Word("39", box, 0.95)])
    assert [word.text for word in words] == ["39"]
    assert doubtful == words


def sparse(ink: int = 60, noise: float = 9.0, specks: int = 700) -> Any:
    """A page of A4 with two short lines at its head, noise and dust."""
    random = np.random.default_rng(6)
    picture = Image.new("L", (1654, 2339), 247)
    for k, line in enumerate(LINES[:2]):
        ImageDraw.Draw(picture).text((200, 200 + 50 * k), line[:26], fill=ink, font_size=32)
    grey = cv2.GaussianBlur(np.asarray(picture).astype(np.float32), (0, 0), 0.9) + random.normal(0, noise, (2339, 1654))
    for x, y in zip(random.integers(0, 1654, specks), random.integers(0, 2339, specks), strict=True):
        cv2.circle(grey, (int(x), int(y)), int(random.integers(1, 3)), 30.0, -1)
    data = cv2.imencode(".jpg", np.clip(grey, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)


@pytest.mark.parametrize("specks", [0, 100, 700])
def test_a_sparse_page_is_as_large_and_dark_as_it_was(specks: int) -> None:
    grey = sparse(specks=specks)
    assert light.stretch(grey, 14.4) is grey
    prepared = prepare(Picture(grey, DPI))
    assert (prepared.grey.shape, prepared.turned_degrees) == (grey.shape, 0)
    regions = find_regions(find_letters(light.whiten(prepared.grey)), [], prepared.x_px)
    assert sum(region.top < 330 for region in regions) <= 2
    assert len(regions) <= 4


def test_faint_print_on_a_sparse_page_is_darkened_for_all_its_dust() -> None:
    assert np.percentile(light.stretch(sparse(ink=185, noise=2.0), 14.4)[195:245, 190:400], 5) < 60


@pytest.mark.parametrize("quality", [None, 60, 38])
def test_the_noise_of_a_sparse_page_is_not_stretched_to_print(quality: int | None) -> None:
    random = np.random.default_rng(2)
    grey = np.clip(random.normal(250, 14, (2339, 1654)), 0, 255).astype(np.uint8)
    grey[200:230, 150:300] = 60
    if quality:
        # what is saved so has its noise in grains, and neighbours differ little
        coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        grey = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    assert light.stretch(grey, 14.4) is grey


def with_drawing() -> Any:
    """A page whose right half is strokes of a pen, far longer than a line is high."""
    picture = Image.fromarray(page(size=20)[:, :600])
    sheet = Image.new("L", (1200, 700), 250)
    sheet.paste(picture)
    for x in range(700, 1150, 14):
        ImageDraw.Draw(sheet).line((x, 100, x - 60, 600), fill=60, width=3)
    ImageDraw.Draw(sheet).text((700, 30), "Xurkije", fill=60, font_size=20)
    return np.asarray(sheet).copy()


@pytest.mark.parametrize(
    ("word", "stays"),
    [
        (Word("LEY", BBox(760, 300, 830, 330), 0.3), False),  # a listed name, as three letters often are
        (Word("4", BBox(800, 400, 812, 425), 0.95), False),
        (Word("Wvnll", BBox(760, 300, 860, 330), 0.6), False),
        (Word("Xurkije", BBox(700, 30, 775, 54), 0.6), True),  # clear of the strokes
        (Word("Xurkije", BBox(760, 300, 860, 330), 0.95), True),  # read surely
        (Word("harbour", BBox(760, 300, 860, 330), 0.5), True),
    ],
)
def test_strokes_of_a_drawing_are_no_words(word: Word, stays: bool) -> None:
    grey = with_drawing()
    text = [Word("Officers", BBox(60, 40, 150, 64), 0.9), Word("7", BBox(60, 90, 72, 112), 0.8)]
    assert without_drawn(grey, grey, [*text, word], 10.0) == ([*text, word] if stays else text)


def test_a_word_that_touches_a_stroke_is_kept_beside_one_that_is_known() -> None:
    words = [Word("duty", BBox(690, 300, 752, 330), 0.9), Word("Xu", BBox(760, 300, 790, 330), 0.6)]
    grey = with_drawing()
    assert without_drawn(grey, grey, words, 10.0) == words


def test_what_stands_at_the_edge_of_a_hidden_picture_is_no_word() -> None:
    grey = page(size=20)
    hidden = grey.copy()
    hidden[200:400, 700:900] = 250
    grey[200:400, 700:900] = 40
    words = [Word("Wv", BBox(905, 300, 930, 320), 0.6), Word("Wv", BBox(1000, 300, 1030, 320), 0.6)]
    assert without_drawn(grey, hidden, words, 10.0) == words[1:]


@pytest.mark.parametrize(
    ("text", "box", "bottom"),
    [
        ("fast", BBox(140, 180, 157, 200), 190),  # reaches over the line below
        ("disk", BBox(140, 166, 157, 190), 190),
        ("GAZETTE", BBox(140, 180, 200, 200), 200),  # larger, and so wider
        ("T", BBox(140, 180, 146, 200), 200),  # may be a drop cap
    ],
)
def test_a_box_that_reaches_over_two_lines_is_cut_to_its_own(text: str, box: BBox, bottom: float) -> None:
    line = [Word("port", BBox(40 + 20 * k, 180, 57 + 20 * k, 190), 0.9) for k in range(4)]
    below = Word("per", BBox(40, 194, 52, 204), 0.9)
    found = cut_to_line([*line, Word(text, box, 0.6), below])
    assert [*found[:4], found[5]] == [*line, below]
    assert (found[4].bbox.top, found[4].bbox.bottom) == (180, bottom)


def test_a_part_of_a_line_that_was_read_by_itself_is_cut_to_the_line_beside_it() -> None:
    line = [Word("port", BBox(40 + 20 * k, 180, 57 + 20 * k, 190), 0.9) for k in range(4)]
    part, far = Word("Quay", BBox(20, 178, 36, 202), 0.6), Word("Quay", BBox(200, 178, 216, 202), 0.6)
    below = [Word("port", BBox(20 + 20 * k, 194, 37 + 20 * k, 204), 0.9) for k in range(4)]
    found = cut_to_line([far, *line, part, *below])
    assert [(found[k].bbox.top, found[k].bbox.bottom) for k in (0, 5)] == [(178, 202), (180, 190)]


def test_of_two_words_in_one_place_the_surer_stays() -> None:
    sure, unsure = (
        Word("Electronics,", BBox(392, 745, 434, 752), 0.99),
        Word("Flectronice", BBox(393, 745, 432, 751), 0.8),
    )
    beside, under = Word("Inc.", BBox(437, 745, 450, 752), 0.7), Word("18720", BBox(392, 750, 434, 757), 0.7)
    assert without_doubles([unsure, beside, under, sure]) == [beside, under, sure]
    assert without_doubles([sure, unsure]) == [sure]


def test_more_parts_are_counted_than_sixteen_bits_number() -> None:
    ink = np.zeros((600, 600), np.uint8)
    ink[::2, ::2] = 1
    assert len(parts(ink)) == 90_000
