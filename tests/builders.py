"""Plain builders for tests: each makes one valid thing, through the public verbs where there are any."""

import itertools
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from affiliation.models import Affiliation, Application, Ceremony, Decision
from agreement.models import Commitment, Owner, Party, Principle, Representative, Sector, Version
from council.models import Body, Meeting, Person, Seat, SeatGroup
from followup import snapshot
from followup.models import (
    Compilation,
    Evaluation,
    Finding,
    Forum,
    ForumQuestion,
    ForumRegistration,
    Question,
    QuestionSet,
    Recommendation,
    Report,
    Round,
)
from idekom.lib.dated import period, today
from idekom.users.models import User
from tests.agreement.building import unfrozen as unfrozen

_numbers = itertools.count(1)
EPOCH = date(2010, 3, 5)


def user(email: str = "", **fields: Any) -> User:
    """Somebody with an account."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org", **fields)


def version(**fields: Any) -> Version:
    """The version in force, made once."""
    found = Version.objects.filter(status=Version.Status.IN_FORCE).first()
    return found or Version.objects.create(
        **{
            "slug": "2012",
            "name": "Överenskommelsen",
            "vision": "En stad där invånarna engagerar sig.",
            "aim": "Stärka demokratin.",
            "status": Version.Status.IN_FORCE,
            "in_force_on": date(2012, 9, 4),
            **fields,
        }
    )


def principle(**fields: Any) -> Principle:
    """A principle of the version in force."""
    n = next(_numbers)
    own = {"version": version(), "number": n, "slug": f"princip-{n}", "name": f"Princip {n}", "short_name": f"P{n}", "text": "…"}
    with unfrozen():
        return Principle.objects.create(**own | fields)


def commitment(owner: Owner = Owner.BOTH, **fields: Any) -> Commitment:
    """A commitment of the version in force."""
    n = next(_numbers)
    texts = {"title": f"Åtagande {n}", "summary": "Vi gör det tillsammans.", "text": "Text."}
    with unfrozen():
        return Commitment.objects.create(**{"version": version(), "number": n, "slug": f"atagande-{n}", "owner": owner, **texts, **fields})


def sector(name: str = "", **fields: Any) -> Sector:
    """A sector that exists since the council began."""
    n = next(_numbers)
    made: Sector = Sector.objects.create(**{"slug": f"sektor-{n}", "name": name or f"Sektor {n}", "period": period(EPOCH), **fields})
    return made


def party(name: str = "", **fields: Any) -> Party:
    """An organisation; not affiliated by itself."""
    n = next(_numbers)
    kind = fields.get("kind", Party.Kind.ORGANISATION)
    form = "administration" if kind == Party.Kind.CITY_BODY else "association"
    return Party.objects.create(**{"name": name or f"Föreningen {n}", "slug": f"part-{n}", "kind": kind, "legal_form": form, **fields})


def affiliation(of: Party | None = None, *, from_on: date | None = None, until_on: date | None = None, **fields: Any) -> Affiliation:
    """A party that stands behind the version in force, since a year ago unless told."""
    span = period(from_on or today() - timedelta(days=365), until_on)
    decided = {"decided_by": "styrelsen", "decided_on": span.lower}
    made: Affiliation = Affiliation.objects.create(**{"party": of or party(), "version": version(), "period": span, **decided, **fields})
    return made


def representative(
    of: Party | None = None, user: User | None = None, role: Representative.Role = Representative.Role.ADMINISTRATOR
) -> Representative:
    """Somebody who may act for an affiliated party."""
    represented = of or affiliation().party
    return Representative.appoint(represented, user or globals()["user"](), from_on=today() - timedelta(days=365), role=role)


ANSWERS: dict[str, Any] = {
    "name": "Föreningen Provet",
    "kind": "organisation",
    "legal_form": "association",
    "registration_number": "",
    "description": "Vi prövar saker tillsammans.",
    "address": "Provgatan 1",
    "postal_code": "411 03",
    "city": "Göteborg",
    "website": "https://provet.example.org",
    "signatory_name": "Pia Prov",
    "signatory_role": "ordförande",
    "contact_name": "Kim Kontakt",
    "contact_email": "kim@provet.example.org",
    "contact_phone": "031-000 00 01",
    "decided_by": "board",
    "decided_on": date(2026, 3, 1),
    "decided_paragraph": "7",
    "stands_behind_agreement": True,
    "meets_democratic_criteria": True,
    "publishes_website": True,
    "publishes_description": True,
}


def draft(**fields: Any) -> Application:
    """A filled-in draft."""
    known = fields.pop("sector", None) or Sector.objects.first() or sector()
    return Application.objects.create(**{"version": version(), "draft_key": uuid4(), **ANSWERS, "sector": known, **fields})


def application(**fields: Any) -> Application:
    """An application that has been sent in."""
    made = draft(**fields)
    made.submit()
    return made


def approved(by: User | None = None, **fields: Any) -> Affiliation:
    """An application that was approved today, as the affiliation it became."""
    return application(**fields).approve(by=by or user(), decision=Decision(on=today()))


def body(**fields: Any) -> Body:
    """A council."""
    n = next(_numbers)
    told = {"slug": f"rad-{n}", "name": f"Rådet {n}", "kind": Body.Kind.COUNCIL, "period": period(EPOCH), "closing_reason": "Ett annat tar vid."}
    made: Body = Body.objects.create(**{**told, **fields})
    return made


def seat(of: Body | None = None, **fields: Any) -> Seat:
    """A seat in a council."""
    n = next(_numbers)
    council = of or body()
    group = council.groups.first() or SeatGroup.objects.create(body=council, number=1, name="Civilsamhället", side="civil_society")
    defaults = {
        "body": council,
        "group": group,
        "number": n,
        "label": f"Plats {n}",
        "nominator": fields.pop("nominator", None) or party(),
        "period": period(EPOCH),
    }
    made: Seat = Seat.objects.create(**{**defaults, **fields})
    return made


def person(**fields: Any) -> Person:
    """Somebody who may hold a seat."""
    n = next(_numbers)
    return Person.objects.create(**{"name": f"Ledamot {n}", "slug": f"ledamot-{n}", **fields})


def meeting(of: Body | None = None, **fields: Any) -> Meeting:
    """A meeting in a week."""
    start = timezone.now() + timedelta(days=7)
    return Meeting.objects.create(**{"body": of or body(), "starts_at": start, "ends_at": start + timedelta(hours=2), "place": "Rådhuset", **fields})


QUESTIONS = [
    ("progress", "commitment", "progress", "", "Hur långt har det kommit?"),
    ("done", "commitment", "words", "", "Vad har ni gjort under året?"),
    ("helped", "commitment", "words", "", "Vad har hjälpt er?"),
    ("hindered", "commitment", "words", "", "Vad har varit i vägen?"),
    ("example", "commitment", "words", "", "Har ni ett exempel att sprida?"),
    ("plan", "commitment", "words", "", "Vad planerar ni för nästa år?"),
    ("consultation", "year", "scale", "", "Samråd som börjar tidigt"),
    ("grants", "year", "scale", "civil_society", "Bidragen"),
    ("subject", "year", "words", "", "Vad vill ni ta upp på dialogforum?"),
]


def questions() -> QuestionSet:
    """A set of questions, made once."""
    made, is_new = QuestionSet.objects.get_or_create(slug="prov", defaults={"name": "Frågorna på prov"})
    for number, (key, about, kind, side, text) in enumerate(QUESTIONS if is_new else [], start=1):
        texts: dict[str, Any] = {"text": text, "text_en": f"{text} (en)"}
        Question.objects.create(asked_in=made, number=number, key=key, about=about, kind=kind, side=side, is_quotable=key == "example", **texts)
    return made


def round(year: int = 0, **fields: Any) -> Round:
    """A planned round."""
    opens = today() - timedelta(days=1)
    told = {"opens_on": opens, "due_on": opens + timedelta(days=60), "version": version(), **fields}
    return Round.objects.create(**{"year": year or 2000 + next(_numbers), "questions": told.pop("questions", None) or questions(), **told})


def report(of: Party | None = None, in_round: Round | None = None, **fields: Any) -> Report:
    """A party's draft report in an open round."""
    filed_in = in_round or round()
    if filed_in.may("open"):
        filed_in._become("open", by=None)
    return Report.objects.create(**{"round": filed_in, "party": of or affiliation().party, **fields})


def ceremony(**fields: Any) -> Ceremony:
    """An evening to sign together on; it goes on now."""
    start = timezone.now() - timedelta(hours=1)
    told = {"name": "Underteckningskvällen", "place": "Börsen", "starts_at": start, "ends_at": start + timedelta(hours=3)}
    return Ceremony.objects.create(**{**told, **fields})


def evaluation(year: int = 2024, **fields: Any) -> Evaluation:
    """An evaluation that is being written."""
    told = {"from_year": year - 3, "to_year": year, "evaluator": "Granskarna", "status": Evaluation.Status.DRAFT, "version": version()}
    return Evaluation.objects.create(**{"year": year, **told, **fields})


def finding(of: Evaluation | None = None, **fields: Any) -> Finding:
    """Something that an evaluation has found."""
    return Finding.add(of or evaluation(), day=today(), **{"title": "Få känner till överenskommelsen", "text": "Vi frågade många.", **fields})


def recommendation(of: Finding | None = None, **fields: Any) -> Recommendation:
    """A recommendation to the City."""
    told = {"text": "Berätta om den.", "addressee": "city", "due_on": date(2026, 12, 31), **fields}
    return Recommendation.add(of or finding(), day=today(), **told)


def opened(of: Evaluation | None = None, *, days: int = 10) -> Evaluation:
    """An evaluation whose draft, with a finding and a recommendation, takes comments in from yesterday and for `days` more."""
    found = of or evaluation()
    if not found.findings.exists():
        recommendation(finding(found))
    found.open_for_comment(by=user(), first=today() - timedelta(days=1), last=today() + timedelta(days=days))
    return found


def final(of: Evaluation | None = None) -> Evaluation:
    """A final evaluation."""
    return final_of(opened(of))


def final_of(found: Evaluation) -> Evaluation:
    """The evaluation, made final when its days for comments are over."""
    found.make_final(by=user(), day=today() + timedelta(days=11))
    return found


def forum(in_round: Round | None = None, **fields: Any) -> Forum:
    """A dialogue forum in two weeks, of a round that has opened."""
    held_in = in_round or round(due_on=today() + timedelta(days=5))
    if held_in.may("open"):
        held_in._become("open", by=None)
    days = max(14, (held_in.due_on - today()).days + 1)
    start = timezone.now().replace(microsecond=0) + timedelta(days=days)
    told = {"venue": "Provsalen", "address": "Provgatan 1", "closes_on": today() + timedelta(days=days - 7)}
    return Forum.objects.create(**{"round": held_in, "starts_at": start, "ends_at": start + timedelta(hours=3), **told, **fields})


def registration(of: Forum | None = None, **fields: Any) -> ForumRegistration:
    """Somebody who has said that they come; in the queue when it is full."""
    n = next(_numbers)
    held = of or forum()
    told: dict[str, Any] = {"name": f"Gäst {n}", "email": f"gast{n}@example.org", **fields}
    held.register(**told)
    return ForumRegistration.objects.get(forum=held, email=told["email"])


def question(of: Forum | None = None, **fields: Any) -> ForumQuestion:
    """A question that everybody in the hall sees."""
    n = next(_numbers)
    made = ForumQuestion.objects.create(**{"forum": of or forum(), "text": f"Fråga {n}: när blir det av?", **fields})
    if made.may("show"):
        made._become("show", by=None)
    return made


def book(of: Round, by: User | None = None, *, taken: dict[str, Any] | None = None) -> Compilation:
    """The round's book, published without being set: for what is read from its snapshot. Its file is not there."""
    made = Compilation.request(of, by=by or user())
    made.start()
    made.keep_snapshot(taken or snapshot.with_earlier_years(snapshot.take(of)), "0" * 64, timezone.now())
    made.finish(sha256="0" * 64, size=1)
    return made
