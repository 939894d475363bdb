"""The whole way from a file to its facts, on one screen."""

from __future__ import annotations

from newsletter_extract import extractors, layout, reading, repair, validation
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading import Source
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings


def extract(source: Source, settings: Settings | None = None) -> Extraction:
    """Read one bulletin and return every fact in it, each with the words it came from.

    Raises a NewsletterExtractError where the input, the OCR engine or the settings are the trouble.
    """
    settings = settings or Settings()
    gazetteer = load_gazetteer(settings.extraction.places)
    document = reading.read(source, settings.reading)
    document = layout.arrange(document)
    document, changes = repair.clean(document, settings.repair, gazetteer)
    facts = extractors.find(document, gazetteer, settings.extraction)
    return validation.check(document, changes, facts)
