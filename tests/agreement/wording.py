"""Builders of official wordings: passages as a document would give them."""

from datetime import timedelta
from typing import Any

from agreement.models import Part, Passage, RevisionComment, RevisionRound, Version, Wording
from idekom.lib.dated import today

Told = tuple[str, int | None, str, str]
"""(part, number, kind, text)"""
SHORT: list[Told] = [
    ("title", None, "heading", "Överenskommelse om samverkan"),
    ("values", None, "heading", "Värden"),
    ("values", None, "paragraph", "Alla människor är lika mycket värda."),
    ("vision", None, "heading", "Vision"),
    ("vision", None, "paragraph", "En stad där medborgarna är med och bestämmer."),
    ("goal", 1, "paragraph", "Tydliga villkor för dialog."),
    ("principle", 1, "heading", "Självständighet"),
    ("principle", 1, "paragraph", "Var part styr sig själv."),
    ("principle", 2, "heading", "Dialog"),
    ("principle", 2, "paragraph", "Dialogen är öppen."),
    ("principle", 2, "item", "Den börjar tidigt."),
    ("principle", 2, "item", "Den återkommer."),
    ("commitment", 1, "heading", "Mer kunskap"),
    ("commitment", 1, "paragraph", "Staden lär sig mer."),
    ("other", None, "paragraph", "Tack till alla som har skrivit."),
]


def wording(version: Version, told: list[Told] | None = None, *, language: str = "sv", fixed: bool = True, **fields: Any) -> Wording:
    """A wording with its passages; fixed, unless it is to stay a draft."""
    made = Wording.objects.create(version=version, language=language, source_name="text.md", source_sha256="0" * 64, **fields)
    Passage.objects.bulk_create(
        Passage(wording=made, position=place, part=Part(part), number=number, kind=kind, text=text)
        for place, (part, number, kind, text) in enumerate(told or SHORT, start=1)
    )
    if fixed:
        made._become("fix", by=None)
    return made


def changed(**texts: str) -> list[Told]:
    """SHORT with other words: the keys are the old words with _ for a space, or the whole text in a dict."""
    new = {old.replace("_", " "): words for old, words in texts.items()}
    return [(part, number, kind, _put(text, new)) for part, number, kind, text in SHORT]


def _put(text: str, new: dict[str, str]) -> str:
    for old, words in new.items():
        text = text.replace(old, words)
    return text


def draft(**fields: Any) -> Version:
    """A draft of a new version."""
    return Version.objects.create(
        **{"slug": "2027", "name": "Utkast 2027", "vision": "En stad.", "aim": "Mer.", "text": "## Värden\n\nLika.", **fields}
    )


def revision(version: Version | None = None, *, opens: int = -1, closes: int = 10, **fields: Any) -> RevisionRound:
    """A round on a draft, from `opens` to `closes` days from today; the draft is made if there is none."""
    found = version or Version.objects.filter(status=Version.Status.DRAFT).first() or draft()
    if not found.wordings.exists():
        wording(found)
    days = {"opens_on": today() + timedelta(days=opens), "closes_on": today() + timedelta(days=closes)}
    return RevisionRound.objects.create(version=found, **days, **fields)


def comment(round: RevisionRound | None = None, *, text: str = "Skriv invånarna.", position: int = 5, **fields: Any) -> RevisionComment:
    """What somebody has said about a paragraph of a draft, while the round was open."""
    about = round or RevisionRound.objects.first() or revision()
    passage = Passage.objects.get(wording=about.wording, position=position)
    told = {"name": "", "email": "", "language": "sv", **fields}
    return RevisionComment.leave(about, passage, text=text, day=about.opens_on, **told)
