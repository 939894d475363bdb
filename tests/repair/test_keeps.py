"""Numbers, codes and names stay as they were read, in clean text and in noisy text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.repair.reading import cleaned, repaired
from tests.repair.test_repair import NOISY

CARRIERS = (
    "The officers wrote down {} and went on to the port.",
    "It was {}, as they were told by the crew of the ship.",
    "They found {} in the hold, and nobody knew of it.",
)
SURNAMES = (
    "Abdrakhmanov", "Achterberg", "Aït-Ahmed", "Baoulé", "Bekmukhambetova", "Bjørnstad", "Bondarenko",
    "Chukwuemeka", "Cojocaru", "Csíkszentmihályi", "Dlamini", "Đurđević", "Dzhumagulov", "Eriksen",
    "Fa'asalele", "Gjokaj", "Gudmundsdottir", "Haile-Selassie", "Horvath", "Ibragimov", "İnönü", "Jovanović",
    "Kipchirchir", "Kovalchuk", "Lewandowski", "Lindqvist", "Mbeki", "Mihailescu", "Müllner", "Nascimento",
    "Ngcobo", "Nguyen", "O'Shaughnessy", "Okonkwo", "Ouedraogo", "Papadopoulos", "Pham", "Qerimi", "Quliyev",
    "Ramkissoon", "Rasmussen", "Schwarzenegger", "Sengphachanh", "Singh", "Stoyanova", "Szűcs", "Taufahema",
    "Tembo", "Tshabalala", "Ustinov", "Vaitkus", "Virtanen", "Wickramasinghe", "Xhaferri", "Yılmaz",
    "Zhelyazkov", "Zulu", "Carnes", "Earnshaw", "Bumett", "Modem", "Clame", "Stemberg", "Hom", "Bames",
)  # fmt: skip
SPECIES = (
    "Acipenser gueldenstaedtii", "Testudo graeca", "Panthera pardus", "Smutsia gigantea", "Psittacus erithacus",
    "Dalbergia cochinchinensis", "Hippocampus kuda", "Anguilla anguilla", "Aloe ferox", "Carcharhinus falciformis",
    "Manis javanica", "Loxodonta cyclotis", "Diospyros celebica", "Haliotis midae", "Saiga tatarica", "Naja naja",
)  # fmt: skip
PRODUCTS = (
    "tramadol", "Tramaking", "pregabalin", "Lyrica", "Rivotril", "Subutex", "Captagon", "Tapentadol",
    "metonitazene", "Kamagra", "Ozempic", "sildenafil", "Davidoff", "Marlboro", "Winston", "Oris", "Karelia",
    "Jin Ling", "Gudang Garam", "Xiaomi", "Hublot", "Moncler", "Adidas", "AirPods", "PlayStation",
    "Toyota Hilux", "Kalashnikov", "Zastava", "Glock", "yaba", "khat", "naswar", "gutkha", "snus", "shisha",
    "ayahuasca", "krokodil", "nyaope", "waragi", "rakija",
)  # fmt: skip
VARIANTS = (
    "colour and color", "organise and organize", "licence and license", "centre and center", "programme and program",
    "cheque and check", "tyre and tire", "grey and gray", "catalogue and catalog", "defence and defense",
    "judgement and judgment", "aluminium and aluminum", "travelling and traveling", "per cent and percent",
)  # fmt: skip
FOREIGN = (
    "La Guardia Civil ha detenido a dos personas en el puerto de la ciudad.",
    "Les douaniers ont saisi des cigarettes dans un camion sur la route du nord.",
    "Die Beamten fanden bei der Kontrolle des Wagens mehrere Kilogramm Kokain.",
    "Funcționarii vamali au găsit țigări în remorca unui camion la punctul de frontieră.",
    "Carinski službenici su na graničnom prelazu pronašli robu koja nije bila prijavljena.",
    "Os agentes da alfândega apreenderam a droga que estava no porão do navio.",
    "Celnicy znaleźli w ciężarówce papierosy bez polskich znaków akcyzy i je zabrali.",
    "De douane heeft in de haven van de stad een partij drugs in beslag genomen.",
)


@pytest.mark.parametrize("name", [*SURNAMES, *SPECIES, *PRODUCTS, *VARIANTS])
def test_names_and_variants_stay(name: str) -> None:
    for carrier in CARRIERS:
        said = carrier.format(name)
        assert repaired(said) == said
    titled = f"The report was read by Inspector {name} in the port."
    assert repaired(titled) == titled
    assert titled in repaired(NOISY + titled)


@pytest.mark.parametrize("sentence", FOREIGN)
def test_other_languages_stay(sentence: str) -> None:
    assert repaired(sentence) == sentence
    assert sentence in repaired(NOISY + sentence)


def written(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)


CODES = st.one_of(
    written(r"[A-Z]{2}/[1-9]\d{1,3}/20[12]\d"),
    written(r"[A-Z]{1,3}-[1-9]\d{2,4}-[A-HJ-NP-Z]{1,2}"),
    written(r"\+[1-9]\d{1,2} \d{2} \d{3} \d{2} \d{2}"),
    written(r"No\. [1-9]\d{0,4}(/[A-Z])?"),
    written(r"[A-Z]{4}[1-9]\d{6}"),
    written(r"[A-Z][1-9]\d[A-Z]{2}"),
    written(r"HS [1-9]\d{3}\.\d{2}"),
)
AMOUNTS = st.one_of(
    written(r"[1-9]\d{0,2}(,\d{3}){0,3}(\.\d)?( kg| tonnes| litres| pieces)?"),
    written(r"[1-9]\d{0,2}(\.\d{3}){1,2}(,\d)? (kg|pieces)"),
    written(r"(EUR|USD|XOF|RSD) [1-9]\d{0,2}(,\d{3}){0,3}"),
    written(r"[€$£][1-9]\d{0,2}(\.\d)? million"),
    written(r"[1-9]\d?\.\d{1,2} per cent"),
    written(r"[1-9]\d?/[1-9]\d?"),
)


@given(CODES, st.sampled_from(CARRIERS), st.booleans())
@example("AB-1011-SO", CARRIERS[0], True)
@settings(max_examples=120, deadline=None)
def test_codes_stay(code: str, carrier: str, noisy: bool) -> None:
    said = carrier.format(code)
    assert said in repaired((NOISY if noisy else "") + said)


@given(AMOUNTS, st.sampled_from(CARRIERS), st.booleans())
@settings(max_examples=120, deadline=None)
def test_amounts_stay(amount: str, carrier: str, noisy: bool) -> None:
    said = carrier.format(amount)
    assert said in repaired((NOISY if noisy else "") + said)


_NOISY_NUMBERS = st.text("0123456789lIO|!.,- ", min_size=1, max_size=9)


@given(_NOISY_NUMBERS, st.sampled_from((" kg", " pieces", " November 2021", "", " million", " Novernber 2O2l")))
@settings(max_examples=150, deadline=None)
def test_a_changed_digit_is_on_record_with_its_rule(number: str, after: str) -> None:
    _, document, changes = cleaned(CARRIERS[0].format(number + after))
    (block,) = document.blocks()
    touched = [c for c in changes if re.sub(r"\D", "", c.before) != re.sub(r"\D", "", c.after)]
    assert all(re.search(r"number\.|date\.|glyph\.|place\.", c.rule) and c.confidence < 1 for c in touched)
    assert all(block.text[c.start : c.end] == c.after for c in changes)
