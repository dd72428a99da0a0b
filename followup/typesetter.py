"""Sets pages as files, in this process or for another one. It stands on nothing of Django's, so that a process for it starts soon."""

import gc
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from idekom.lib import pdf

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in a section's own file; the book's stands in the book."""
BEHIND_THE_WEB = 10
"""How much a process of its own gives way to the web's, so that pages come as fast while a book is made."""


def typeset(page: str, *, css: str, kept: Path) -> None:
    """Set a page and keep it, whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f"{uuid4()}.tmp")
    unfinished.write_bytes(pdf.render(page, identifier="0" * 32, moment=EPOCH, css=css))
    unfinished.rename(kept)


def typeset_lines(lines: IO[str], told: IO[str]) -> None:
    """The first line is the style and the next ones [page, where to keep it], as JSON. Each is answered with a line when it is done."""
    css = json.loads(next(lines))
    pdf.warm_up(css)
    gc.freeze()  # what stays is not looked through after each page
    print(".", file=told, flush=True)
    for line in lines:
        page, kept = json.loads(line)
        typeset(page, css=css, kept=Path(kept))
        print(".", file=told, flush=True)


if __name__ == "__main__":
    os.nice(BEHIND_THE_WEB)
    typeset_lines(sys.stdin, sys.stdout)
