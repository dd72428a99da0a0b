"""The demo's people and members: several who act for a party, an invitation, a question to confirm, a member that denies, a party that leaves."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from affiliation.models import Affiliation, Confirmation, Invitation
from agreement.models import Membership, Party, Representative
from idekom.lib.dated import today
from idekom.users.models import User

COLOURS = ["#00457c", "#a8421a", "#1b1f24", "#3c6e47"]


def build(reporter: str) -> None:
    """Around the organisation that `reporter` acts for, and the umbrellas."""
    user = User.objects.get(email=reporter)
    party = Representative.objects.on(today()).filter(user=user)[0].party
    domain = reporter.partition("@")[2]
    for name, role in (("Rakel Rapport", Representative.Role.REPORTER), ("Lage Läsare", Representative.Role.READER)):
        somebody = User.objects.create_user(f"{name.split()[0].lower()}@{domain}", name=name)
        Representative.appoint(party, somebody, from_on=today() - timedelta(days=200), role=role)
    Invitation.invite(party, f"ny@{domain}", Representative.Role.ADMINISTRATOR, by=user)
    _ask(party)
    _members()
    _leave(party)
    for number, shown in enumerate(Party.objects.exclude(kind=Party.Kind.CITY_BODY).order_by("pk")[:6]):
        shown.describe({}, logo=_logo(number))


def _ask(party: Party) -> None:
    """One question that waits, and one that nobody has answered in time."""
    asked = [party.affiliations.latest("period"), Affiliation.objects.on(today()).exclude(party=party).order_by("pk")[4]]
    for affiliation, days in zip(asked, (5, 70), strict=True):
        Confirmation.objects.create(affiliation=affiliation, asked_on=today() - timedelta(days=days))
    Confirmation.objects.mark_unanswered(today())


def _members() -> None:
    """Each umbrella has a member that says it is none."""
    for umbrella in Party.objects.filter(kind=Party.Kind.UMBRELLA):
        denied = Membership.name_member(umbrella, f"Grannarna som {umbrella.slug.partition('-')[0]} glömde", from_on=today() - timedelta(days=30))
        if denied is not None:
            denied.deny()
    Membership.objects.filter(notified_at=None).update(notified_at=timezone.now())  # asked long ago


def _leave(party: Party) -> None:
    leaving = Affiliation.objects.on(today()).exclude(party=party).filter(party__kind=Party.Kind.ORGANISATION).order_by("pk")[9]
    leaving.leave(by=leaving.party.representatives.select_related("user")[0].user, last_day=today() + timedelta(days=40))


def _logo(number: int) -> bytes:
    """A simple mark: two shapes that meet."""
    picture = Image.new("RGBA", (360, 200), "white")
    draw = ImageDraw.Draw(picture)
    first, second = COLOURS[number % 4], COLOURS[(number + 1) % 4]
    draw.rectangle((20, 40, 150 + 20 * number, 160), fill=first)
    draw.ellipse((140 + 20 * number, 30, 280 + 10 * number, 170), fill=second)
    drawn = BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()
