"""What the register as a whole shows: an umbrella whose members are not all affiliated themselves, and an entry that is not confirmed."""

from datetime import date, timedelta

from affiliation.models import Affiliation
from agreement.models import Membership, Party
from idekom.lib.dated import today

OUTSIDE = ["Kvarterskören Låtsas", "Odlarna på Påhittskullen", "Läxstugan Exempel", "Simsällskapet Provviken"]


def build() -> None:
    """Add them to the parties that are there."""
    umbrella = Party.objects.filter(kind=Party.Kind.UMBRELLA, affiliations__isnull=False).order_by("sort_name")[0]
    Membership.name_members(umbrella, OUTSIDE, from_on=date(today().year - 1, 3, 1))
    Affiliation.objects.on(today()).filter(party__name="Gemenskapsköket Grytan").update(unconfirmed_since=today() - timedelta(days=40))
