"""Sets sections of the book: each line of standard input is a page as JSON, each line of standard output says that one is done."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from followup import sections

BEHIND_THE_WEB = 10
"""How much it gives way to the web's processes, so that pages come as fast while a book is made."""


class Command(BaseCommand):
    """Sets sections of the book for another process; see followup/sections.py."""

    help = "Sets sections of the book for another process."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(BEHIND_THE_WEB)
        sections.typeset_lines(sys.stdin, sys.stdout)
