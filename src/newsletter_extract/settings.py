"""Settings of a run, with their defaults. A configuration file (TOML) has the same tables and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


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
    jobs: int = Field(default=0, ge=0, description="Pages OCRed at once; 0 for the number of cores.")


class RepairSettings(Section):
    level: Literal["off", "safe", "full"] = "safe"
    words: tuple[str, ...] = Field(default=(), description="Words of the user's field that are right as they are.")


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


class ExtractionSettings(Section):
    day_first: bool | None = Field(default=None, description="Order of 03/04/2020; null to tell from the document.")
    dollar: str = Field(default="USD", description="The currency of a bare $ where the document does not tell.")
    places: tuple[PlaceEntry, ...] = ()
    organizations: tuple[OrganizationEntry, ...] = ()
    commodities: tuple[CommodityEntry, ...] = ()
    units: tuple[UnitEntry, ...] = ()


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
