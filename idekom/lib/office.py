"""What pages of steps have in common: a step is taken and told of, and lists show first what waits."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def take(request: HttpRequest, verb: Callable[[], object], told: str) -> bool:
    """Take a step and tell so, or tell why not; whether it was taken."""
    try:
        verb()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, told)
    return True


def taken(request: HttpRequest, form: Form, verb: Callable[[], object]) -> bool:
    """Take the step that a form asks for, when it is filled in; what cannot be done is told in the form. Whether it was taken."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        form.add_error(None, list(error.messages))
        return False
    messages.success(request, str(_("Det är gjort.")))
    return True


class OpenFirst(admin.SimpleListFilter):
    """The rows that wait for something, unless one asks for others."""

    title = _("läge")
    parameter_name = "lage"
    STATUS: ClassVar[str]
    """The status of those that wait."""
    CHOICES: ClassVar[list[tuple[str, Any]]]
    """(value, label) of those that wait, of the others, and of all."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return self.CHOICES

    def choices(self, changelist: Any) -> Any:
        """The same, without Django's own "all"."""
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": (self.value() or self.CHOICES[0][0]) == value, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that were asked for."""
        if self.value() == self.CHOICES[2][0]:
            return queryset
        return queryset.exclude(status=self.STATUS) if self.value() == self.CHOICES[1][0] else queryset.filter(status=self.STATUS)
