"""What OCR there is on this machine, and what to do where something is missing."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_extract.errors import NoOcrEngine
from newsletter_extract.reading.ocr import tesseract


@dataclass(frozen=True, slots=True)
class Report:
    """The OCR engine found, if any, and the sentences that mend what is missing."""

    engine: str | None
    program: str | None
    languages: tuple[str, ...]
    advice: tuple[str, ...]


def examine(language: str = "eng") -> Report:
    """Look for the OCR engine and the language that a run would use."""
    try:
        engine = tesseract.find_engine(language)
    except NoOcrEngine as error:
        return Report(None, None, (), (str(error),))
    missing = [code for code in language.split("+") if code not in engine.languages]
    advice = tuple(f"{code} is missing: apt install tesseract-ocr-{code}" for code in missing)
    return Report(engine.name, engine.program, engine.languages, advice)
