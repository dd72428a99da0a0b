"""`manage.py founding`: what the portal starts from."""

from typing import Any

from django.core.management.base import BaseCommand

from agreement import founding as agreement_founding
from council import founding as council_founding
from council.founding import ballots as ballots_founding
from followup import founding as followup_founding
from idekom.users import founding as users_founding


class Command(BaseCommand):
    """Load the agreement, the council from 2010 to 2017 and the rights of the secretariat. What is there already is left as it is."""

    help = "Load the founding data: the agreement, its parties and the council from 2010 to 2017. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        made = agreement_founding.load() + council_founding.load() + ballots_founding.load() + followup_founding.load()
        users_founding.load()
        self.stdout.write(f"Founding data: {made} new rows.")
