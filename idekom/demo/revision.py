"""The demo's revision round: a draft of a new version with comments, some of them answered. The draft and the people are invented."""

from datetime import timedelta
from hashlib import sha256

from agreement.models import Part, Passage, RevisionComment, RevisionRound, Version, Wording
from idekom.lib.dated import today
from idekom.users.models import User

INTRODUCTION = """Det här är ett påhittat utkast, så att ni kan se hur en revision går till.

Vi vill veta två saker: Är det lätt att förstå? Saknas något?"""
DRAFT = [
    (Part.TITLE, None, Passage.Kind.HEADING, "Överenskommelsen, påhittat utkast"),
    (Part.VISION, None, Passage.Kind.HEADING, "Vision"),
    (Part.VISION, None, Passage.Kind.PARAGRAPH, "En stad där alla invånare kan engagera sig och där deras engagemang syns i besluten."),
    (Part.GOAL, 1, Passage.Kind.PARAGRAPH, "Villkoren för dialog och samverkan ska vara tydliga och lika för alla."),
    (Part.PRINCIPLE, 1, Passage.Kind.HEADING, "Integritet och oberoende"),
    (Part.PRINCIPLE, 1, Passage.Kind.PARAGRAPH, "Organisationerna bestämmer över sig själva, också när staden är med och betalar."),
    (Part.PRINCIPLE, 2, Passage.Kind.HEADING, "Dialog"),
    (Part.PRINCIPLE, 2, Passage.Kind.PARAGRAPH, "Den som har bjudit in berättar inom tre månader vad synpunkterna ledde till."),
    (Part.COMMITMENT, 1, Passage.Kind.HEADING, "Kunskapsökning i Göteborgs stad"),
    (Part.COMMITMENT, 1, Passage.Kind.PARAGRAPH, "Varje ny chef i staden får en introduktion till den idéburna sektorn."),
]
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
    """The round, on the draft that there is or on a small one of its own; one comment waits to be read."""
    round = RevisionRound.objects.create(
        version=_draft(secretary), opens_on=today() - timedelta(days=12), closes_on=today() + timedelta(days=18), introduction=INTRODUCTION
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


def _draft(secretary: User) -> Version:
    """The newest draft with a fixed Swedish text, or a small one made here."""
    fixed = Wording.objects.filter(status=Wording.Status.FIXED, language=Wording.Language.SWEDISH, version__status=Version.Status.DRAFT)
    found = fixed.filter(version__revision_round=None).select_related("version").order_by("-pk").first()
    if found:
        return found.version
    texts = {"vision_sv": DRAFT[2][3], "aim_sv": "Påhittat mål.", "name_sv": "Utkast till ny överenskommelse", "name_en": "Draft of a new agreement"}
    version = Version.objects.create(slug="utkast", **texts)
    wording = Wording.objects.create(version=version, source_name="utkast.md", source_sha256=sha256(str(DRAFT).encode()).hexdigest())
    Passage.objects.bulk_create(
        Passage(wording=wording, position=place, part=part, number=number, kind=kind, text=text)
        for place, (part, number, kind, text) in enumerate(DRAFT, start=1)
    )
    wording._become("fix", by=secretary)
    return version
