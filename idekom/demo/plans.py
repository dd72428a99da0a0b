"""The demo's action plans: the City's, civil society's and a joint one, with activities that go well, are silent, or are done. All invented."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from agreement.models import ActionPlan, Activity, ActivityContact, ActivityUpdate, Party, Representative, Side, Version
from idekom.lib.dated import period, today
from idekom.users.models import User

HERE = Path(__file__).parent
PLANS = [
    ("stadens-handlingsplan", "Stadens handlingsplan", Side.CITY, "Det här gör stadens förvaltningar för att hålla stadens åtaganden."),
    ("civilsamhallets-atgardsplan", "Civilsamhällets åtgärdsplan", Side.CIVIL_SOCIETY, "Det här gör föreningarna själva och tillsammans."),
    ("gemensam-plan", "Gemensam plan för dialog", "", "Det här gör staden och civilsamhället ihop."),
]
DRAFT = "Pröva en gemensam kalender för dialogmöten"


def build(secretary: User, *, reporter: str) -> None:
    """The plans and their activities; one activity of the party of `reporter` has them as its contact."""
    version = Version.objects.in_force(today())
    if version is None:
        return
    plans = {told[0]: _plan(*told) for told in PLANS}
    for row in tomllib.loads((HERE / "plans.toml").read_text())["activity"]:
        _activity(row, plans[row["plan"]], version, secretary)
    served = version.commitments.filter(number=5)
    Activity.objects.begin(plans["gemensam-plan"], DRAFT, by=secretary, commitments=served, note="Kom upp på ett dialogforum.")
    _of_reporter(reporter)


def _plan(slug: str, name: str, side: str, text: str) -> ActionPlan:
    days = period(date(today().year - 1, 1, 1), date(today().year + 1, 12, 31))
    made: ActionPlan = ActionPlan.objects.create(slug=slug, name=name, side=side, text=text, period=days)
    return made


def _party(plan: ActionPlan, place: int) -> Party:
    is_city = plan.side == Side.CITY or (not plan.side and place == 0)
    kind = Party.Kind.CITY_BODY if is_city else Party.Kind.ORGANISATION
    return Party.objects.filter(kind=kind, affiliations__period__contains=today()).order_by("pk")[place]


def _activity(row: dict[str, Any], plan: ActionPlan, version: Version, secretary: User) -> None:
    served = version.commitments.filter(number__in=row["commitments"])
    activity = Activity.objects.begin(plan, row["title"], by=secretary, commitments=served)
    for name in ("how", "who", "financing"):
        setattr(activity, name, row[name])
    activity.party = _party(plan, row["party"])
    activity.starts_on, activity.due_on = (today() + timedelta(days=row[name]) for name in ("starts", "due"))
    activity.save()
    activity.publish(by=secretary)
    begun = _moment(min(row["starts"], -20))
    activity.events.update(at=begun, notified_at=begun)
    ActivityContact.objects.create(activity=activity, name="Kontakten", email=f"aktivitet{activity.pk}@example.org")
    for told in row.get("told", []):
        update = ActivityUpdate.objects.tell(activity, sentence=told["sentence"], percent=told["percent"], way=ActivityUpdate.Way.LINK)
        ActivityUpdate.objects.filter(pk=update.pk).update(at=_moment(-told["days"]))
    if "end" in row:
        getattr(activity, row["end"])(by=secretary)
        activity.events.filter(action=row["end"]).update(at=_moment(-20))


def _of_reporter(email: str) -> None:
    """An activity of the party that the demo's reporter acts for."""
    acts = Representative.objects.on(today()).filter(user__email=email).first()
    activity = Activity.objects.filter(title="Nätverk för små föreningar").first()
    if acts and activity:
        Activity.objects.filter(pk=activity.pk).update(party=acts.party)
        ActivityUpdate.objects.filter(activity=activity).update(party=acts.party)
        ActivityContact.objects.filter(activity=activity).update(name="", email="", representative=acts)


def _moment(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days=days), time(10)))
