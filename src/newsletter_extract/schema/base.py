"""What every model of the output is made of: fields with their meaning, codes, and the place of a fact's words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Number = int | float


@cache
def _codes(name: str) -> frozenset[str]:
    text = (files("newsletter_extract") / "resources" / name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2, with XK for Kosovo."""
    return _codes("iso3166-1.txt")


def currency_codes() -> frozenset[str]:
    """ISO 4217."""
    return _codes("iso4217.txt")


def _country(code: str) -> str:
    if code not in country_codes():
        raise ValueError(f"{code!r} is not an ISO 3166-1 alpha-2 code")
    return code


def _currency(code: str) -> str:
    if code not in currency_codes():
        raise ValueError(f"{code!r} is not an ISO 4217 code")
    return code


CountryCode = Annotated[str, AfterValidator(_country)]
CurrencyCode = Annotated[str, AfterValidator(_currency)]
Box = tuple[float, float, float, float]


def about(description: str, *examples: Any, **more: Any) -> Any:
    """A field with what it means and what it looks like; the examples of nested models are their fields' own."""
    return Field(description=description, examples=list(examples) or None, **more)


Confidence = Annotated[float, about("Share of such facts that are right.", 0.93, ge=0, le=1)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Provenance(Model):
    """Where the words of a fact stand."""

    page: int = about("Page number, from 1.", 2, ge=1)
    block: str = about("Id of the block in `text`.", "block-17")
    start: int = about("First character in the block's text.", 0, ge=0)
    end: int = about("One past the last character.", 18, ge=0)
    bbox: Box | None = about(
        "Left, top, right, bottom in points from the top left of the page; null for plain text.",
        [56.7, 120.4, 180.2, 133.0],
    )

    @model_validator(mode="after")
    def _ordered(self) -> Provenance:
        if self.start > self.end:
            raise ValueError("provenance starts after its end")
        return self


PLACE_IN_TEXT = {"page": 1, "block": "block-4", "start": 0, "end": 16, "bbox": [56.7, 120.4, 180.2, 133.0]}


class Located(Model):
    """A fact that points at its words."""

    provenance: Provenance | None = about("Where the words stand.", PLACE_IN_TEXT, default=None)
    confidence: Confidence = 1.0
