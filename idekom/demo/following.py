"""The demo's followers of the register and suggested corrections. Everybody in it is invented."""

from datetime import timedelta

from django.utils import timezone

from affiliation.models import Affiliation, Correction, Follower
from agreement.models import Party
from idekom.users.models import User

FOLLOWER = "nyfiken@nyheter.example.org"
WAITING = "funderar@nyheter.example.org"


def build(secretary: User) -> None:
    """One who follows, one who has not answered; corrections that wait, and two with their answers. Everybody affiliated is old news."""
    now = timezone.now()
    Affiliation.objects.update(announced_at=now - timedelta(days=30))
    for email in (FOLLOWER, WAITING):
        Follower.ask(email, language="sv")
        Follower.objects.filter(email=email).update(notified_at=now)
    Follower.objects.get(email=FOLLOWER).confirm()
    first, second, third = Party.objects.filter(kind=Party.Kind.ORGANISATION, affiliations__isnull=False).distinct()[:3]
    told = "Jag sitter i styrelsen och har protokollet framför mig."
    Correction.suggest(first, field="name", value=f"{first.name} i Göteborg", comment=told, email="styrelsen@example.org")
    Correction.suggest(second, field="website", value="https://ny-adress.example.org", comment="Den gamla sidan är nedlagd.")
    put_in = Correction.suggest(third, field="description", value="Vi möts varje torsdag, och alla är välkomna.")
    put_in.approve(by=secretary)
    left_out = Correction.suggest(third, field="other", value="Ni borde ha en karta.")
    left_out.decline(by=secretary, note="Tack, det tar vi upp för sig.")
    for correction in (put_in, left_out):
        correction.events.update(notified_at=now)
