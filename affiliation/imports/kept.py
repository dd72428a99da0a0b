"""The checked file between the check and the confirmation: kept here under a random name, so that what is written is what was checked."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "imports"
SALT = "affiliation.import"
LONGEST = timedelta(hours=12)


def keep(data: bytes, *, fingerprint: str, by: int) -> str:
    """Keep the file; returns a signed token that names it, its content, what it was found to do, and who may confirm."""
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.csv", ContentFile(data))
    return signing.dumps({"name": name, "sha256": hashlib.sha256(data).hexdigest(), "fingerprint": fingerprint, "by": by}, salt=SALT)


def fetch(token: str, *, by: int) -> tuple[bytes, str] | None:
    """The file and what it was found to do; None when it is gone, too old, somebody else's or not what was kept."""
    told = _told(token)
    if told is None or told["by"] != by or not default_storage.exists(told["name"]):
        return None
    with default_storage.open(told["name"]) as file:
        data: bytes = file.read()
    return (data, told["fingerprint"]) if hashlib.sha256(data).hexdigest() == told["sha256"] else None


def drop(token: str) -> None:
    """Delete the file."""
    if told := _told(token):
        default_storage.delete(told["name"])


def forget(now: datetime) -> int:
    """Delete the files that nobody confirmed in time; returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < now - LONGEST]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _told(token: str) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return told
