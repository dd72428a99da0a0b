"""Where this checkout keeps its own things on this machine, and which port it listens on. Two checkouts share no directory, socket or lock."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from local.say import stop

CHECKOUT = Path(__file__).resolve().parent.parent
LONGEST_SOCKET = 90  # characters; Linux allows 107 and each server adds a name of its own


def fingerprint(path: Path) -> str:
    """Eight characters that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]


def home() -> Path:
    """The directory of all that is made here: `.local/` in the checkout.

    For root another one, because PostgreSQL never runs as root, and the user it runs as has no business in /root.
    """
    if os.environ.get("LOCAL_DIR"):
        return Path(os.environ["LOCAL_DIR"]).absolute()
    return Path("/var/lib/idekom") / fingerprint(CHECKOUT) if os.geteuid() == 0 else CHECKOUT / ".local"


def make(directory: Path, mode: int = 0o700, owner: int | None = None) -> Path:
    """The directory, made when missing, with just this mode and owner."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if stat.S_IMODE(directory.stat().st_mode) != mode:
            directory.chmod(mode)
        if owner is not None and directory.stat().st_uid != owner:
            os.chown(directory, owner, -1)
    except OSError as error:
        stop(f"Cannot use {directory}: {error.strerror}. Clone the portal into a directory of your own, or set LOCAL_DIR to one.")
    return directory


@dataclass(frozen=True)
class Place:
    """The data of one set of servers: the demo's, or those of one run of the tests."""

    root: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data directory."""
        return self.root / "postgres"

    @property
    def redis(self) -> Path:
        """Redis' data directory."""
        return self.root / "redis"

    @property
    def portal(self) -> Path:
        """DATA_DIR: uploads, compiled reports, collected static files."""
        return self.root / "portal"

    @property
    def logs(self) -> Path:
        """One log file per process."""
        return self.root / "log"

    @property
    def sockets(self) -> Path:
        """Where both servers listen: beside the data, or under /tmp when that path is too long or has odd characters."""
        beside = self.root / "run"
        if len(str(beside)) + len("/.s.PGSQL.5432") < LONGEST_SOCKET and re.fullmatch(r"[\w./-]+", str(beside), re.ASCII):
            return beside
        return Path("/tmp") / f"idekom-{os.geteuid()}-{fingerprint(self.root)}"  # noqa: S108 - checked in private_directory

    def make(self, server_user: int | None) -> None:
        """Make the directories. The servers' own belong to `server_user` (None: to whoever runs this)."""
        make(self.root, 0o711 if server_user is not None else 0o700)
        make(self.portal)
        make(self.logs)
        make(self.postgres, 0o700, server_user)
        make(self.redis, 0o700, server_user)
        private_directory(self.sockets, os.geteuid() if server_user is None else server_user)


def private_directory(directory: Path, owner: int) -> None:
    """A directory that is nobody else's: /tmp is open to all, so one that somebody prepared there is refused."""
    if not directory.is_symlink() and not directory.exists():
        make(directory, 0o700, owner)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        stop(f"{directory} belongs to somebody else. Remove it, or set LOCAL_DIR to a short path of your own.")
    make(directory, 0o700, owner)


def demo() -> Place:
    """The place of `./run`."""
    return Place(home() / "demo")


def port() -> int:
    """The port of the portal, from PORT."""
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        stop(f"PORT is {text!r}: it must be a number from 1 to 65535.", 2)
    return int(text)
