"""Where the result of an input goes: a path below OUT that no name of a file or of a member of an archive can leave."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

SUFFIX = ".json"
_UNSAFE = frozenset('%\\:*?"<>|')
"""What other file systems do not take, and the mark of an escape itself."""
_MAX_PART_BYTES = 255
_MAX_PATH_BYTES = 1000
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def result_path(parts: Iterable[str]) -> str:
    """The path of a result, relative and with /, from the parts of an input's path; other parts give another path.

    Parts that are empty or "." fall out. A byte that is no UTF-8, a control character and what some file system
    refuses become %XX, so that nothing is a way out or a device.
    """
    given = [part for part in parts if part not in {"", "."}]
    safe = [_folder(part) for part in given[:-1]] + [_fitted(_escaped(given[-1]) if given else "document", SUFFIX)]
    path = "/".join(safe)
    if len(path.encode("utf-8")) > _MAX_PATH_BYTES:
        return f"{_digest('/'.join(given))}/{safe[-1]}"
    return path


def another(path: str, key: bytes) -> str:
    """A second name for a result whose path is taken, from the key of its input."""
    stem = path.removesuffix(SUFFIX)
    folder, _, name = stem.rpartition("/")
    return (f"{folder}/" if folder else "") + _fitted(f"{name}~{hashlib.sha256(key).hexdigest()[:12]}", SUFFIX)


def fold(path: str) -> str:
    """Paths that some file systems take for one have the same fold."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _folder(part: str) -> str:
    name = _fitted(_escaped(part), "")
    if name.casefold().endswith(SUFFIX):  # else it could be in the way of a result
        name = f"{name[:-1]}%{ord(name[-1]):02X}"
    return name


def _escaped(part: str) -> str:
    out = []
    for char in part:
        if char in _UNSAFE or char == "/" or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            out.append("".join(f"%{byte:02X}" for byte in packed(char)))
        else:
            out.append(char)
    if part.strip(".") == "" or part[-1] in ". ":
        out[-1] = f"%{ord(part[-1]):02X}"
    if part.split(".", maxsplit=1)[0].casefold() in _DEVICES:
        out[0] = f"%{ord(part[0]):02X}"
    return "".join(out)


def _fitted(name: str, suffix: str) -> str:
    """The name with its suffix, cut to what a file system takes; what was cut is told by a digest."""
    room = _MAX_PART_BYTES - len(suffix)
    inside = name.encode("utf-8")
    if len(inside) <= room:
        return name + suffix
    mark = f"~{_digest(name)}"
    return inside[: room - len(mark)].decode("utf-8", "ignore") + mark + suffix


def _digest(text: str) -> str:
    return hashlib.sha256(packed(text)).hexdigest()[:12]


def packed(name: str) -> bytes:
    """The bytes of a name, also of one that no encoding allows."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")
