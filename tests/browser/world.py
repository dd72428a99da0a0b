"""The demo's content as a world to test on, and the address of every page in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from affiliation.models import Application
from affiliation.models.sections import SECTIONS
from agreement.models import Commitment, Party, Principle, Representative, Version
from followup.models import Report, Round
from idekom.demo import content
from idekom.users.models import User


@dataclass(frozen=True)
class Place:
    """A page: its address, who sees it ("" anybody, or an e-mail address), and the status it answers."""

    path: str
    email: str = ""
    status: int = 200


def build() -> None:
    """Founding data and demo content."""
    call_command("demo", verbosity=0)


def places(language: str) -> list[Place]:
    """Every kind of page, once, in one language."""
    with translation.override(language):
        return [*_public(), *_secret(), *_account(), *_representative(), *_office()]


def _public() -> Iterator[Place]:
    names = ["start", "about", "accessibility", "privacy", "agreement:agreement", "agreement:matrix", "council:council", "affiliation:register"]
    names += ["affiliation:apply", "affiliation:all_questions", "affiliation:begin", "followup:years", "demo_mail"]
    yield from (Place(reverse(name)) for name in names)
    version = Version.objects.get(status=Version.Status.IN_FORCE)
    yield Place(reverse("agreement:principle", args=[Principle.objects.filter(version=version)[0].slug]))
    yield Place(reverse("agreement:commitment", args=[Commitment.objects.filter(version=version)[0].slug]))
    yield Place(reverse("council:council") + "?datum=2010-03-05")
    yield Place(reverse("council:council") + "?datum=igar")
    yield Place(reverse("affiliation:register") + "?q=raddning")
    yield Place(reverse("affiliation:register") + "?q=finnsinte")
    yield from (
        Place(party.get_absolute_url())
        for party in (Party.objects.get(name="Barnens Lanterna"), Party.objects.get(kind="umbrella", name__startswith="Samordningen"))
    )
    yield from (Place(round.get_absolute_url()) for round in Round.objects.public())
    yield Place(reverse("start") + "finns-inte/", status=404)


def _secret() -> Iterator[Place]:
    for status in Application.Status:
        case = Application.objects.filter(status=status)[0]
        if status != Application.Status.DRAFT:
            yield Place(case.get_absolute_url())
        if status in {Application.Status.DRAFT, Application.Status.NEEDS_COMPLETION}:
            yield Place(reverse("affiliation:check", args=[case.token]))
            yield from (Place(reverse("affiliation:section", args=[case.token, section.slug])) for section in SECTIONS)


def _account() -> Iterator[Place]:
    yield Place(reverse("account_login"))
    yield from (Place(reverse(name), content.REPORTER) for name in ("account_logout", "account_email", "mfa_index", "usersessions_list"))


def _representative() -> Iterator[Place]:
    report = Report.objects.get(party__name="Barnens Lanterna", round__status=Round.Status.OPEN)
    representative = Representative.objects.filter(party=report.party)[0].user.email
    yield Place(reverse("my_pages"), representative)
    arguments = [report.round.year, report.party.slug]
    yield Place(report.get_absolute_url(), representative)
    yield Place(reverse("followup:answer", args=[*arguments, 3]), representative)
    yield Place(reverse("followup:review", args=arguments), representative)


def _office() -> Iterator[Place]:
    yield Place(reverse("admin:index"), content.SECRETARY)
    for app, model in (
        ("affiliation", "application"),
        ("affiliation", "affiliation"),
        ("agreement", "party"),
        ("agreement", "commitment"),
        ("council", "seat"),
        ("council", "mandate"),
        ("council", "meeting"),
        ("followup", "round"),
        ("followup", "report"),
        ("followup", "compilation"),
        ("users", "user"),
    ):
        yield Place(reverse(f"admin:{app}_{model}_changelist"), content.SECRETARY)
    case = Application.objects.filter(status=Application.Status.UNDER_REVIEW)[0]
    yield Place(reverse("admin:affiliation_application_change", args=[case.pk]), content.SECRETARY)
    round = Round.objects.get(status=Round.Status.OPEN)
    yield Place(reverse("admin:followup_round_change", args=[round.pk]), content.SECRETARY)


def user(email: str) -> User | None:
    """The account of a place."""
    return User.objects.get(email=email) if email else None
