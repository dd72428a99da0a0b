"""A draft of the agreement's next version, brought in from a document. Its sentences are invented."""

from pathlib import Path

from agreement.importing import bring_in
from agreement.models import Version, Wording
from idekom.users.models import User

SLUG = "utkast-2027"
DOCUMENT = Path(__file__).with_name("utkast-2027.md")


def build(secretary: User) -> None:
    """The draft as the secretary reads it in and fixes it; and an English text that still waits to be checked."""
    version = Version.objects.create(slug=SLUG, **{"name_sv": "Utkast 2027", "name_en": "Draft 2027"})
    bring_in(version, Wording.Language.SWEDISH, DOCUMENT.name, DOCUMENT.read_bytes(), by=secretary).fix(by=secretary)
    english = DOCUMENT.with_name("draft-2027.md")
    bring_in(version, Wording.Language.ENGLISH, english.name, english.read_bytes(), by=secretary)
