"""The page on which a person checks one extraction: a folder with HTML and pictures, or a single file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from newsletter_extract.reading import Source
from newsletter_extract.review.corrections import digest
from newsletter_extract.review.pictures import page_pictures
from newsletter_extract.schema import Category, EventKind, Extraction, OrganizationKind, PlaceKind, Precision

PICTURES = "pages"
"""Folder beside the HTML that holds its pictures."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]|^\.")
"""What no file name of ours has, whatever a document is called: separators, marks of URLs, a dot in front."""
_LONGEST_STEM = 80
_CHOICES = {
    "commodity/category": get_args(Category),
    "event/kind": get_args(EventKind),
    "organization/kind": get_args(OrganizationKind),
    "place/kind": get_args(PlaceKind),
    "date/precision": get_args(Precision),
}
"""Values that a field of the edit form may take."""


@dataclass(frozen=True, slots=True)
class Site:
    """Files of a page by their paths relative to the HTML file that shows them."""

    html: str
    pictures: Mapping[str, bytes]


def document_page(
    extraction: Extraction, source: Source | None, *, single_file: bool = False, save_to: str | None = None
) -> Site:
    """The review page of one extraction; without `source`, as for plain text, it shows the text alone.

    Pictures are named after the document, or lie inside the HTML with `single_file`. `save_to` is the address that
    corrections are sent to where a server runs; else the browser saves them as a file.
    """
    pictures: dict[str, bytes] = {}
    shown: list[dict[str, Any]] = []
    stem = _UNSAFE.sub("_", extraction.source.name)[:_LONGEST_STEM]
    for page, webp in page_pictures(source, extraction) if source else ():
        name = f"{stem}.page-{page.number}.webp"
        address = "data:image/webp;base64," + base64.b64encode(webp).decode() if single_file else f"{PICTURES}/{name}"
        shown.append({"page": page.number, "width": page.width, "height": page.height, "src": address})
        if not single_file:
            pictures[name] = webp
    data = {
        "extraction": extraction.model_dump(mode="json"),
        "sha256": digest(extraction),
        "pictures": shown,
        "choices": _CHOICES,
        "saveTo": save_to,
    }
    title = extraction.bulletin.title or extraction.source.name
    return Site(_html("document", title, data), pictures)


def _html(script: str, title: str, data: Mapping[str, Any]) -> str:
    """A page around a script and its data, with a policy that lets nothing else run."""
    code, style = asset(f"{script}.js"), asset("review.css")
    template = _environment().get_template("page.html.j2")
    html: str = template.render(
        title=title, style=style, script=code, data=json_for_html(data), policy=_policy(code, style)
    )
    return html


def _policy(code: str, style: str) -> str:
    """Content security policy: this very script and style, pictures beside the page, its own server."""
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (code, style)]
    return (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; img-src 'self' file: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def json_for_html(data: Any) -> str:
    """JSON that cannot end the script element it stands in, nor open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


@cache
def asset(name: str) -> str:
    """A built script or style, as the package ships it."""
    return (files("newsletter_extract.review") / "static" / name).read_text("utf-8")


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("newsletter_extract.review"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
