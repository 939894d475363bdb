"""Messages between the program and the processes that read documents: a JSON head and a body of bytes.

JSON, so that a process that was taken over by a hostile document cannot make its parent run anything.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
_MAX_HEAD_BYTES = 8 << 20
_MAX_BODY_BYTES = 1 << 30

Frame = tuple[dict[str, Any], bytes]


def write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one message. Raises OSError where the other side is gone."""
    packed = json.dumps(head).encode("ascii")
    stream.write(_LENGTHS.pack(len(packed), len(body)))
    stream.write(packed)
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next message; None where the stream ends or what comes is no message."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_bytes, body_bytes = _LENGTHS.unpack(lengths)
    if head_bytes > _MAX_HEAD_BYTES or body_bytes > _MAX_BODY_BYTES:
        return None
    packed, body = stream.read(head_bytes), stream.read(body_bytes)
    if len(packed) < head_bytes or len(body) < body_bytes:
        return None
    try:
        head = json.loads(packed)
    except ValueError:
        return None
    return (head, body) if isinstance(head, dict) else None
