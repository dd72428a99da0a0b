"""The demo's signing ceremonies: one that three organisations signed at, and one that is open. Everybody is invented."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from affiliation.models import Application, Ceremony
from agreement.models import Sector

OPEN_CODE = "demo23"
SIGNED = [
    ("Föreningen Nattöppet Kök", "association", "Vi lagar mat tillsammans med dem som inte har någonstans att äta."),
    ("Kooperativet Kugghjulet", "economic_association", "Ett arbetsintegrerande företag som lagar cyklar."),
    ("Stiftelsen Fyrvaktarens Hus", "foundation", "Vi driver ett öppet hus för äldre som vill ha sällskap."),
]
INVITED = [
    ("Bygdegården Lyckans Höjd", "styrelsen@lyckans-hojd.example.org"),
    ("Föreningen Kajplats Fem", "styrelsen@kajplats.example.org"),
    ("Kören Utan Noter", "styrelsen@utan-noter.example.org"),
]


def build() -> None:
    """The ceremonies, with their signatures and invitations."""
    evening = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0) - timedelta(days=24)
    past = Ceremony.objects.create(
        name="Underteckningskväll i Exempelsalen",
        place="Exempelsalen, Påhittsgatan 1",
        starts_at=evening,
        ends_at=evening + timedelta(hours=2),
    )
    for number, (name, form, description) in enumerate(SIGNED):
        _sign(past, name, form, description, evening + timedelta(minutes=20 + 4 * number))
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    coming = Ceremony.objects.create(
        name="Skriv under tillsammans", code=OPEN_CODE, place="Provrummet, Låtsastorget 3", starts_at=now, ends_at=now + timedelta(days=14)
    )
    coming.invite(INVITED)


def _sign(ceremony: Ceremony, name: str, form: str, description: str, at: datetime) -> None:
    """A signature given at a moment that has been, whose mail went then."""
    domain = f"{name.split()[-1].lower()}.example.org"
    answers = {
        "name": name,
        "kind": "organisation",
        "legal_form": form,
        "sector": Sector.objects.order_by("pk").first(),
        "description": description,
        "decided_by": "board",
        "decided_on": _before(at),
        "signatory_name": "Ordförande i förening",
        "signatory_role": "ordförande",
        "contact_name": "Kontaktperson i förening",
        "contact_email": f"styrelsen@{domain}",
        "stands_behind_agreement": True,
        "meets_democratic_criteria": True,
    }
    case = ceremony.sign(uuid5(NAMESPACE_URL, domain), language="sv", answers=answers)
    Application.objects.filter(pk=case.pk).update(started_at=at, submitted_at=at)
    case.events.update(at=at, notified_at=at)


def _before(at: datetime) -> date:
    return timezone.localdate(at) - timedelta(days=30)
