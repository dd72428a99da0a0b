"""Who at the secretariat handles which case."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, Q
from django.db.models.functions import Lower

from affiliation.models.status import OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from idekom.users.models import User


def colleagues() -> "QuerySet[User]":
    """Those who can handle a case: staff who may change applications."""
    allowed = ModelBackend().with_perm("affiliation.change_application").filter(is_staff=True)
    return in_order(Q(pk__in=allowed.values("pk")))


def handlers() -> "QuerySet[Any]":
    """The same, and those who no longer can but still have open cases; each has `open_cases`, their number."""
    allowed, theirs = colleagues().order_by().values("pk"), Q(cases__status__in=OPEN)
    return in_order(Q(pk__in=allowed) | theirs).annotate(open_cases=Count("cases", filter=theirs, distinct=True))


def in_order(wanted: Q) -> "QuerySet[User]":
    """The people by name."""
    return get_user_model().objects.filter(wanted).order_by(Lower("name"), "email").distinct()
