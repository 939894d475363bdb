"""Settings of a run, with their defaults. A configuration file (TOML) has the same tables and keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingSettings(Section):
    ocr: Literal["auto", "always", "never"] = "auto"
    language: str = Field(
        default="eng", pattern=r"^[A-Za-z_]+(\+[A-Za-z_]+)*$", description='As tesseract names it, "eng+deu".'
    )
    pages: tuple[tuple[int, int | None], ...] = Field(
        default=(), description="Ranges of page numbers, inclusive; empty for all."
    )
    password: str | None = None
    pixel_limit: int = Field(default=120_000_000, gt=0, description="Largest image, in pixels.")
    page_timeout_s: float = Field(default=120.0, gt=0, description="Longest OCR of one page, in seconds.")
    second_reader: Literal["auto", "on", "off"] = Field(
        default="auto", description="Read doubtful lines by a second OCR engine; auto where it is installed."
    )
    cache: Path | None = Field(default=None, description="Folder that OCR results are kept in.")
    jobs: int = Field(default=0, ge=0, description="Pages OCRed at once; 0 for the number of cores.")


class ConfusionEntry(Section):
    """Letters that the user's OCR takes for others."""

    misread: str = Field(min_length=1, max_length=3)
    meant: str = Field(max_length=3)


class RepairSettings(Section):
    level: Literal["off", "safe", "full"] = "safe"
    words: tuple[str, ...] = Field(default=(), description="Words of the user's field that are right as they are.")
    names: tuple[str, ...] = Field(default=(), description="Names that are right as they are, and are looked for.")
    confusions: tuple[ConfusionEntry, ...] = ()


class PlaceEntry(Section):
    """A place of the user's own."""

    name: str
    kind: Literal["city", "country", "region", "airport", "seaport", "border_crossing", "other"] = "city"
    country: str | None = None
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


class OrganizationEntry(Section):
    name: str
    acronym: str | None = None
    kind: Literal[
        "international", "customs", "police", "border", "justice", "government", "unit", "company", "other"
    ] = "other"
    country: str | None = None


class CommodityEntry(Section):
    """Words that name a commodity, and the category of the contract they belong to."""

    words: tuple[str, ...]
    category: str


class UnitEntry(Section):
    unit: str
    names: tuple[str, ...]
    si_unit: str | None = None
    si_factor: float | None = None


_HEADING_FIELDS = frozenset({"{date}", "{place}", "{text}"})


class HeadingEntry(Section):
    """How an agency writes the headings of its events."""

    pattern: str = Field(description='As in print, with {date}, {place} and {text}: "Case {text} | {date} | {place}".')

    @field_validator("pattern")
    @classmethod
    def _has_known_fields(cls, pattern: str) -> str:
        fields = set(re.findall(r"\{[^}]*\}?", pattern))
        if not fields <= _HEADING_FIELDS:
            raise ValueError(f"only {', '.join(sorted(_HEADING_FIELDS))} may stand in braces")
        if not fields & {"{date}", "{place}"}:
            raise ValueError("needs {date} or {place}")
        return pattern


class ExtractionSettings(Section):
    day_first: bool | None = Field(default=None, description="Order of 03/04/2020; null to tell from the document.")
    dollar: str = Field(default="USD", description="The currency of a bare $ where the document does not tell.")
    places: tuple[PlaceEntry, ...] = ()
    organizations: tuple[OrganizationEntry, ...] = ()
    commodities: tuple[CommodityEntry, ...] = ()
    units: tuple[UnitEntry, ...] = ()
    headings: tuple[HeadingEntry, ...] = ()


class Settings(Section):
    reading: ReadingSettings = ReadingSettings()
    repair: RepairSettings = RepairSettings()
    extraction: ExtractionSettings = ExtractionSettings()


def load_settings(path: Path) -> Settings:
    """Read a TOML file. Raises ConfigError naming the file and the key that is wrong."""
    import tomllib

    from pydantic import ValidationError

    from newsletter_extract.errors import ConfigError

    try:
        return Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such configuration file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {key}: {first['msg']}") from None


def settings_of(config: Path | None, overrides: dict[str, dict[str, str]]) -> Settings:
    """Defaults, then the configuration file, then the options. Raises ConfigError or UsageError."""
    base = load_settings(config) if config else Settings()
    data: dict[str, Any] = base.model_dump()
    for section, values in overrides.items():
        for key, value in values.items():
            if value:
                data[section][key] = parse_pages(value) if key == "pages" else value
    from pydantic import ValidationError

    from newsletter_extract.errors import UsageError

    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        option = str(first["loc"][-1]) if first["loc"][-1] != "level" else "repair"
        raise UsageError(f"--{option}: {first['msg']}.") from None


def parse_pages(text: str) -> tuple[tuple[int, int | None], ...]:
    """Page ranges from "1-3,7,9-". Raises UsageError."""
    from newsletter_extract.errors import UsageError

    ranges: list[tuple[int, int | None]] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)\s*(?:(-)\s*(\d+)?)?\s*", part)
        if not match or int(match[1]) < 1 or (match[3] and int(match[3]) < int(match[1])):
            raise UsageError(f"--pages: {part!r} is no range of pages; write 1-3,7.")
        last = int(match[3]) if match[3] else None if match[2] else int(match[1])
        ranges.append((int(match[1]), last))
    return tuple(ranges)
