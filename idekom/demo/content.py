"""The demo's content, made through the same verbs as users use, and then moved back in time. Everybody in it is invented."""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from stdnum import luhn

from affiliation.models import Affiliation, Application, Decision
from agreement.models import District, Membership, Party, Representative, Sector, Version
from council.models import Body, Meeting
from followup.models import About, Compilation, Kind, Progress, QuestionSet, Report, Round, Scale
from idekom.demo import (
    cases,
    ceremony,
    elections,
    evaluation,
    following,
    forums,
    knowledge,
    meetings,
    members,
    office,
    paper,
    people,
    plans,
    polls,
    priorities,
    proposals,
    protocols,
    register,
    revision,
    rounds,
    seats,
    ways,
    wording,
)
from idekom.lib.dated import period, today
from idekom.users.founding import SECRETARIAT
from idekom.users.models import User

HERE = Path(__file__).parent
NAMESPACE = UUID("5d1ce3a2-0f5c-4d5e-9a53-1de600000000")
SECRETARY = "kansliet@idekom.example.org"
REPORTER = "rapport@barnens-lanterna.example.org"
OFFICIAL = "rapport@social-resursforvaltning.example.org"


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as."""

    email: str
    who: str
    where: str


ACCOUNTS = [
    Account(SECRETARY, "the council secretary", "/admin/"),
    Account(REPORTER, "reports for an organisation", "/mina-sidor/"),
    Account(OFFICIAL, "reports for a body of the City", "/mina-sidor/"),
    Account(members.MEMBER, "a council member", "/mina-sidor/moten/"),
    Account(members.MEMBER, "a council member, adjusts minutes", "/mina-sidor/"),
    Account(evaluation.EVALUATOR, "the external evaluator", "/mina-sidor/"),
]


@transaction.atomic
def build() -> bool:
    """Make the demo's content; False when it was there already."""
    if User.objects.filter(email=SECRETARY).exists():
        return False
    secretary = User.objects.create_user(SECRETARY, name="Sanna Sekreterare", is_staff=True)
    secretary.groups.add(Group.objects.get(name=SECRETARIAT))
    seats.build(secretary)
    meetings.plan(Body.objects.get(slug=seats.SLUG))
    told = tomllib.loads((HERE / "organisations.toml").read_text())
    for number, row in enumerate(told["organisation"]):
        _affiliate(number, row, secretary)
    _umbrellas(told["organisation"])
    _city_bodies()
    for number, row in enumerate(told["application"], start=len(told["organisation"])):
        _case(number, row, secretary)
    cases.build()
    meetings.build(secretary)
    members.give_accounts(Meeting.objects.coming(timezone.now())[0])
    office.build(secretary)
    for year in (today().year - 2, today().year - 1, today().year):
        _round(year, secretary)
    paper.build(secretary, besides=[REPORTER, OFFICIAL])
    following.build(secretary)
    ceremony.build()
    forums.build(secretary)
    register.build()
    people.build(REPORTER)
    rounds.build(secretary, REPORTER)
    evaluation.build(secretary)
    elections.build(secretary, REPORTER)
    for area in (polls, priorities, protocols, members, wording, revision, knowledge, proposals):
        area.build(secretary)
    plans.build(secretary, reporter=REPORTER)
    ways.build(secretary)
    return True


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _draft(number: int, row: dict[str, Any], started: date) -> Application:
    """A filled-in application, as the organisation leaves it before it is sent in."""
    domain = f"{_slug(row['name'])}.example.org"
    signatory = ("Ordförande i förening", "ordförande") if number % 2 else ("Kassör i förening", "kassör")
    answers = {
        "name": row["name"],
        "kind": row.get("kind", Party.Kind.ORGANISATION),
        "legal_form": row.get("form", "association"),
        "registration_number": _registration_number(number) if row.get("numbered") else "",
        "members": "\n".join(row.get("members", [])),
        "sector": Sector.objects.get(slug=row["sector"]),
        "district": District.objects.get(slug=row["district"]),
        "description": row["description"],
        "address": f"Exempelgatan {number + 1}",
        "postal_code": "411 00",
        "city": "Göteborg",
        "website": f"https://{domain}" if number % 3 else "",
        "signatory_name": signatory[0],
        "signatory_role": signatory[1],
        "contact_name": "Kontaktperson i förening",
        "contact_email": f"rapport@{domain}",
        "contact_phone": "031-000 00 00",
        "decided_by": Application.DecidedBy.BOARD if number % 4 else Application.DecidedBy.ANNUAL_MEETING,
        "decided_on": started - timedelta(days=20),
        "decided_paragraph": str(number % 11 + 2),
        "stands_behind_agreement": True,
        "meets_democratic_criteria": True,
        "publishes_website": True,
        "publishes_description": True,
        "publishes_address": number % 3 == 0,
    }
    return Application.objects.begin(uuid5(NAMESPACE, row["name"]), language="sv", answers=answers)


def _version(day: date) -> Version:
    version = Version.objects.in_force(day)
    if version is None:
        raise Version.DoesNotExist(f"no agreement was in force on {day}: load the founding data first")
    return version


def _slug(name: str) -> str:
    return "-".join(slugify(name).split("-")[:2])


def _registration_number(number: int) -> str:
    """Ten digits that pass the check and that no register has given out: 899990–899999 are not in use."""
    body = f"89999{number:04d}"
    return f"{body}{luhn.calc_check_digit(body)}"


def _affiliate(number: int, row: dict[str, Any], secretary: User) -> None:
    day = date(row["joined"], number % 12 + 1, number % 27 + 1) if row["joined"] > 2012 else date(2012, 9, 4)
    case = _draft(number, row, day)
    case.version = _version(day)  # they signed the wording of their time
    case.save(update_fields=["version"])
    case.submit()
    affiliation = case.approve(by=secretary, decision=Decision(on=day, paragraph=str(number % 9 + 3)))
    _move_back(case, day - timedelta(days=14), day)
    if row["name"].startswith("Pensionärernas"):  # one party that has left
        affiliation.period = period(day, date(today().year - 1, 6, 30))
        affiliation.save()


def _umbrellas(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if members := row.get("members"):
            umbrella = Party.objects.get(name=row["name"])
            Membership.name_members(umbrella, members, from_on=umbrella.affiliations.earliest("period").from_on)


def _city_bodies() -> None:
    bodies = Party.objects.filter(kind=Party.Kind.CITY_BODY).order_by("pk")[:5]
    for number, party in enumerate(bodies):
        day = date(2012, 9, 4) if number < 3 else date(2015, 2, 1)
        Affiliation.objects.create(
            party=party,
            version=_version(day),
            period=period(day),
            decided_by="nämnden",
            decided_on=day - timedelta(days=60),
            decided_paragraph=str(40 + number),
        )
        user = User.objects.with_email(OFFICIAL if "förvaltning" in party.name.lower() and number < 3 else f"rapport@{_slug(party.name)}.example.org")
        Representative.appoint(party, user, from_on=day)


def _case(number: int, row: dict[str, Any], secretary: User) -> None:
    """One application that is still a case, in the state that the row names."""
    started = today() - timedelta(days=row["days"])
    case, state = _draft(number, row, started), row["state"]
    if state == "draft":
        return
    case.submit()
    steps: dict[str, list[Callable[[], None]]] = {
        "submitted": [],
        "under_review": [lambda: case.start_review(by=secretary)],
        "needs_completion": [lambda: case.ask_for_completion(by=secretary, note=row["note"], fields=row["fields"])],
        "on_agenda": [lambda: case.put_on_agenda(by=secretary, meeting=Meeting.objects.coming(timezone.now())[0])],
        "declined": [lambda: case.decline(by=secretary, decision=Decision(on=started + timedelta(days=9)), note=row["note"])],
        "withdrawn": [case.withdraw],
    }
    for step in steps[state]:
        step()
    _move_back(case, started, started + timedelta(days=9))


def _round(year: int, secretary: User) -> None:
    """A year's round: the two earlier ones closed and being compiled, this year's open with some reports in."""
    now = year == today().year
    opens = today() - timedelta(days=20) if now else date(year, 9, 1)
    round = Round.objects.create(
        year=year,
        version=_version(today()),
        questions=QuestionSet.objects.get(slug="2026"),
        opens_on=opens,
        due_on=opens + timedelta(days=55),
        forum_on=opens + timedelta(days=90),
    )
    round.open(by=secretary)
    chance = random.Random(year)  # noqa: S311 - the same demo every time
    told = tomllib.loads((HERE / "answers.toml").read_text())
    _report_for_members(round, opens)
    for report in Report.objects.filter(round=round, reported_through=None).select_related("party").order_by("party__sort_name"):
        likely = float(not now) if report.reports_for.exists() else 0.35 if now else 0.85
        if chance.random() < likely and report.party.representatives.exclude(user__email=REPORTER).exists():
            _report(report, told, chance, opens)
    if not now:
        Compilation.request(round, by=secretary)
        round.close(by=secretary)
        _move_back(round, opens, opens)


def _report_for_members(round: Round, day: date) -> None:
    """One umbrella reports for two of its members; the others may report themselves."""
    umbrella = Report.objects.filter(round=round, party__kind=Party.Kind.UMBRELLA).order_by("party__sort_name")[0]
    covered = umbrella.coverable().exclude(party__representatives__user__email=REPORTER)[:2]
    umbrella.report_for(covered, by=umbrella.party.representatives.select_related("user")[0].user)
    for report in umbrella.reports_for.all():
        _move_back(report, day, day)


def _report(report: Report, told: dict[str, dict[str, list[str]]], chance: random.Random, opens: date) -> None:
    """A party's report: it has most to say about a few commitments, as people have."""
    weights = {Progress.NOT_STARTED: 2, Progress.STARTED: 4, Progress.WELL_UNDER_WAY: 4, Progress.DONE: 2, Progress.NO_OPINION: 3}
    likely = {"done": 0.6, "helped": 0.2, "hindered": 0.2, "example": 0.12, "plan": 0.3}
    day = opens + timedelta(days=chance.randrange(1, 20))
    for commitment in report.commitments:
        progress = chance.choices(list(weights), list(weights.values()))[0]
        words = {key: chance.choice(_words(told, commitment.number, key)) for key, often in likely.items() if chance.random() < often}
        private = ["hindered"] if chance.random() < 0.2 else []
        quoted = ["example"] if chance.random() < 0.8 else []
        report.answer(commitment, private=private, quoted=quoted, progress=progress, **({} if progress == Progress.NO_OPINION else words))
    report.answer(None, **_year(report, told, chance))
    report.submit(by=report.party.representatives.select_related("user")[0].user, at=_moment(day, 10))
    _move_back(report, day, day)


def _year(report: Report, told: dict[str, dict[str, list[str]]], chance: random.Random) -> dict[str, str]:
    """What the party answers about the year as a whole: most statements, and now and then a subject for the forum."""
    weights = {Scale.WORSE: 2, Scale.SAME: 4, Scale.BETTER: 3, Scale.NO_OPINION: 3}
    asked = [question for question in report.questions_about(About.YEAR) if question.kind == Kind.SCALE and chance.random() < 0.8]
    chosen = {question.key: str(chance.choices(list(weights), list(weights.values()))[0]) for question in asked}
    return chosen | ({"forum_subject": chance.choice(told["forum"]["subject"])} if chance.random() < 0.3 else {})


def _words(told: dict[str, dict[str, list[str]]], number: int, key: str) -> list[str]:
    """What there is to say: about a commitment, or what helps and hinders everywhere."""
    return told["everywhere"][key] if key in told["everywhere"] else told[str(number)][key]


def _move_back(row: Any, first: date, last: date) -> None:
    """Let what was made just now have happened from `first` to `last`, and its mails have gone then."""
    if isinstance(row, Application):
        Application.objects.filter(pk=row.pk).update(started_at=_moment(first, 9), submitted_at=_moment(first, 9))
    for number, event in enumerate(row.events.all()):
        moment = _moment(first if number == 0 else last, 10 + number)
        row.events.filter(pk=event.pk).update(at=moment, notified_at=moment)
