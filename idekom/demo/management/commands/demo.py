"""manage.py demo: the founding data and the demo's invented content."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command

from idekom.demo import content


class Command(BaseCommand):
    """Fill an empty portal with demo content, or list the accounts to try it with."""

    help = "Founding data and invented content; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="only tell which accounts there are to sign in as")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["accounts"]:
            call_command("founding", verbosity=0)
            self.stdout.write("demo content made" if content.build() else "demo content was there already")
            return
        for account in content.ACCOUNTS:
            self.stdout.write(f"{account.email:50} {account.who:32} {settings.SITE_URL}{account.where}")
