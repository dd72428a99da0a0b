"""Builders of action plans and activities."""

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from agreement.models import ActionPlan, Activity, ActivityContact, ActivityUpdate, Commitment, Party, Side
from idekom.lib.dated import period, today
from idekom.users.models import User
from tests import builders

_numbers = itertools.count(1)


def plan(side: Side | str = Side.CITY, **fields: Any) -> ActionPlan:
    """A plan that holds since a year ago and a year on."""
    n = next(_numbers)
    span = period(today() - timedelta(days=365), today() + timedelta(days=365))
    made: ActionPlan = ActionPlan.objects.create(**{"slug": f"plan-{n}", "name": f"Plan {n}", "side": side, "period": span, **fields})
    return made


def draft(of: ActionPlan | None = None, *, commitments: tuple[Commitment, ...] = (), by: User | None = None, **fields: Any) -> Activity:
    """A draft with nothing but its title, and what is told."""
    title = fields.pop("title", "") or f"Aktivitet {next(_numbers)}"
    activity = Activity.objects.begin(of or plan(), title, by=by or builders.user(), commitments=commitments)
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.save()
    return activity


def activity(of: ActionPlan | None = None, *, published_on: date | None = None, by: User | None = None, **fields: Any) -> Activity:
    """A published activity, due in 30 days."""
    by, told = by or builders.user(), {"how": "Vi träffas.", "due_on": today() + timedelta(days=30), **fields}
    told.setdefault("party", None)
    told["party"] = told["party"] or builders.party()
    made = draft(of, by=by, **told)
    made.publish(by=by)
    if published_on:
        made.events.update(at=moment(published_on))
    return made


def contact(of: Activity, **fields: Any) -> ActivityContact:
    """Somebody to ask, by e-mail."""
    return ActivityContact.objects.create(**{"activity": of, "name": "Kim Kontakt", "email": "kim@example.org", **fields})


def told(of: Activity, *, on: date | None = None, percent: int = 50, sentence: str = "Det går bra.", **fields: Any) -> ActivityUpdate:
    """An update through the link."""
    made = ActivityUpdate.objects.tell(of, **{"sentence": sentence, "percent": percent, "way": ActivityUpdate.Way.LINK, **fields})
    if on:
        ActivityUpdate.objects.filter(pk=made.pk).update(at=moment(on))
        made.refresh_from_db()
    return made


def moment(day: date) -> datetime:
    """Noon of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def city_party(name: str = "") -> Party:
    """A body of the City."""
    return builders.party(name, kind="city_body")
