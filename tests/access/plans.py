"""The world's activity: its party's own, with somebody to ask and one update."""

from typing import Any

from agreement.models import Activity, ActivityContact, Party
from tests.agreement import planning

OF_A_PLAN = {"agreement:plan", "agreement:activity", "agreement:own_activity"}


def contact(party: Party) -> ActivityContact:
    """Whom to ask about the activity."""
    activity = planning.activity(party=party)
    planning.told(activity)
    return planning.contact(activity)


def arguments(name: str, activity: Activity) -> dict[str, Any]:
    """What an address of it is made of."""
    return {"slug": activity.plan.slug if name == "agreement:plan" else activity.slug}
