"""The pages of the action plans."""

from collections.abc import Iterator

from django.urls import reverse

from agreement.models import ActionPlan, Activity, Commitment, Version
from idekom.demo import content
from idekom.lib.dated import today
from idekom.users.models import User
from tests.browser.place import Place


def places() -> Iterator[Place]:
    """The lists, one activity of each kind, the page behind the link, and the office's."""
    for name in ("plans", "activities", "side_by_side", "timeline", "quarter"):
        yield Place(reverse(f"agreement:{name}"))
    for query in ("?vems=city&tyst=ja", "?lage=done&vems=both&part=ingen", "?atagande=finns-inte"):
        yield Place(reverse("agreement:activities") + query)
    for query in ("?kvartal=1999-1", "?kvartal=igar"):
        yield Place(reverse("agreement:quarter") + query)
    yield from (Place(plan.get_absolute_url()) for plan in ActionPlan.objects.all())
    silent = Activity.objects.stale(today())[0]
    done, cancelled = (Activity.objects.filter(status=status)[0] for status in (Activity.Status.DONE, Activity.Status.CANCELLED))
    yield from (Place(activity.get_absolute_url()) for activity in (silent, done, cancelled))
    yield from (Place(reverse("agreement:tell", args=[activity.contact.token])) for activity in (silent, done))
    yield Place(reverse("agreement:told", args=[silent.contact.token]))
    served = Commitment.objects.filter(version__status=Version.Status.IN_FORCE)
    yield from (Place(commitment.get_absolute_url()) for commitment in served.filter(number__in=(1, 13)))
    own = Activity.objects.told_of_by(_reporter(), today())[0]
    yield Place(reverse("agreement:own_activity", args=[own.slug]), content.REPORTER)
    draft = Activity.objects.filter(status=Activity.Status.DRAFT)[0]
    for activity in (draft, silent, done):
        yield Place(reverse("admin:agreement_activity_change", args=[activity.pk]), content.SECRETARY)
    yield Place(reverse("admin:agreement_activity_changelist") + "?lage=tysta", content.SECRETARY)


def _reporter() -> User:
    return User.objects.get(email=content.REPORTER)
