"""The HTML around a page's script and its data, with a policy that lets nothing else run.

Data stand in the HTML as base64 of gzip: a tenth of the size, and no text of a document comes near the markup.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_LEVEL = 6


def page_html(
    script: str, title: str, data: Any = None, *, parts: Sequence[str] = (), linked: Mapping[str, str] | None = None
) -> str:
    """A page that runs the built script `script`.js on its data.

    `parts` are packed data: they stand inside the page after `data`. `linked` gives the page its script, style and
    further data as files, for pages that share them: `script`, `style` and, separated by spaces, `data`, each an
    address relative to the page.
    """
    code, style = asset(f"{script}.js"), asset("review.css")
    html: str = (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=title,
            style=style,
            script=code,
            linked=linked or {},
            parts=[pack(data), *parts],
            policy=_policy(code, style, linked=bool(linked)),
        )
    )
    return html


def pack(data: Any) -> str:
    """Data as the pages unpack it. The same data give the same text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate, as in the name of a file that is no UTF-8, has no bytes; it is shown as a question mark.
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), _LEVEL, mtime=0)).decode()


@cache
def asset(name: str) -> str:
    """A built script or style, as the package ships it."""
    return (files("newsletter_extract.review") / "static" / name).read_text("utf-8")


def _policy(code: str, style: str, *, linked: bool) -> str:
    """Content security policy: this very script and style or, where linked, those beside the page; its own pictures.

    `file:` stands for the page's own folder, which not every browser takes for 'self'.
    """
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (code, style)]
    scripts, styles = ("'self' file:", "'self' file:") if linked else hashes
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' file: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("newsletter_extract.review"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
