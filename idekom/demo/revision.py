"""The demo's revision round: comments on the draft of a new version, some of them answered. The people are invented."""

from datetime import timedelta

from agreement.models import Passage, RevisionComment, RevisionRound, Version
from idekom.demo import wording
from idekom.lib.dated import today
from idekom.users.models import User

INTRODUCTION = """Det här är ett påhittat utkast, så att ni kan se hur en revision går till.

Vi vill veta två saker: Är det lätt att förstå? Saknas något?"""
SAID = [
    ("Föreningen Nattöppet Kök", "Bra att det står besluten. Skriv gärna vilka beslut.", "", ""),
    (
        "",
        "Säg vad som händer med den som kritiserar.",
        "partly",
        "Vi lägger till en mening om kritik. Hur ett enskilt fall hanteras hör inte hemma här.",
    ),
    ("Kooperativet Kugghjulet", "Tre månader är för långt. Skriv en månad.", "taken", "Det blir en månad."),
    ("Ada Exempel", "Alla chefer bör få den, inte bara nya.", "not", "Det finns inte medel till det. Frågan tas upp i nästa handlingsplan."),
]


def build(secretary: User) -> None:
    """The round on the draft; one comment waits to be read."""
    round = RevisionRound.objects.create(
        version=Version.objects.get(slug=wording.SLUG),
        opens_on=today() - timedelta(days=12),
        closes_on=today() + timedelta(days=18),
        introduction=INTRODUCTION,
    )
    passages = list(round.wording.passages.exclude(kind=Passage.Kind.HEADING)) if round.wording else []
    for place, (name, text, outcome, reason) in enumerate(SAID):
        about = passages[place % len(passages)]
        said = RevisionComment.leave(round, about, text=text, name=name, email="", language="sv", day=today())
        said.show(by=secretary)
        if outcome:
            said.answer(by=secretary, outcome=outcome, reason=reason)
    RevisionComment.leave(round, passages[0], text="Vad betyder att det syns?", name="", email="", language="sv", day=today())
    held = RevisionComment.leave(round, passages[-1], text="Köp billiga cyklar.", name="Reklam", email="", language="sv", day=today())
    held.hold_back(by=secretary)
