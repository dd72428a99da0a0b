"""Data written in one way only, so that equal data have equal checksums."""

import hashlib
import json
from typing import Any


def canonical(data: Any) -> bytes:
    """`data` as JSON with sorted keys, without spaces, in UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """The SHA-256 checksum, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
