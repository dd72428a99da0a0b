"""Uploaded files put aside while somebody decides: a file cannot be typed again, and the one that is kept may be somebody else's."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

FOLDER = "applications/aside"
KEPT = timedelta(days=7)


def put_aside(file: File[Any], owner: str) -> str:
    """Keep the file, for nobody but the owner (a draft's token); gives the ticket that a page carries."""
    file.seek(0)
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.pdf", file)
    return signing.Signer(salt=owner).sign(name)


def take_up(ticket: str, owner: str) -> UploadedFile[Any] | None:
    """The file that was put aside for the owner, as if it were uploaded again; None for any other ticket, and when it is gone."""
    try:
        name = signing.Signer(salt=owner).unsign(ticket)
        file = default_storage.open(name, "rb")
    except (signing.BadSignature, OSError, ValueError):
        return None
    return UploadedFile(file, name.rpartition("/")[2], "application/pdf", file.size)


def forget_aside(now: datetime) -> int:
    """Delete what was put aside more than a week ago; returns how many files."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    old = [f"{FOLDER}/{name}" for name in names if default_storage.get_modified_time(f"{FOLDER}/{name}") < now - KEPT]
    for name in old:
        default_storage.delete(name)
    return len(old)
