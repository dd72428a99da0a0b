"""Rows that hold from one day to another: seats, mandates, sectors, affiliations. Nothing about the council is a constant."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django import forms
from django.contrib import admin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.contrib.postgres.forms import DateRangeField as DateRangeFormField
from django.contrib.postgres.forms import RangeWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def today() -> date:
    """Today's date in the portal's time zone."""
    return timezone.localdate()


def hours_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when something goes on, as one says it."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    words = {"day": date_format(first, "j F Y"), "start": date_format(first, "H.i"), "end": date_format(last, "H.i")}
    if first.date() == last.date():
        return str(_("%(day)s kl. %(start)s–%(end)s") % words)
    return str(_("%(day)s kl. %(start)s till %(last)s kl. %(end)s") % {**words, "last": date_format(last, "j F Y")})


def period(from_on: date, until_on: date | None = None) -> DateRange:
    """The period from `from_on` to and including `until_on` (None: without end), stored half-open."""
    return DateRange(from_on, None if until_on is None else until_on + timedelta(days=1), "[)")


class PeriodWidget(RangeWidget):
    """Two date inputs, the first day and the last, each with its own label for screen readers."""

    def __init__(self) -> None:
        super().__init__(forms.DateInput)
        labels = (_("Från och med"), _("Till och med"))
        self.widgets = [forms.DateInput({"type": "date", "aria-label": label}, "%Y-%m-%d") for label in labels]

    def decompress(self, value: DateRange | None) -> tuple[date | None, date | None]:
        """The first and the last day."""
        return (value.lower, value.upper and value.upper - timedelta(days=1)) if value else (None, None)


class PeriodFormField(DateRangeFormField):
    """The first day and the last as two date inputs; an end before the start is told beside the field."""

    widget = PeriodWidget
    default_error_messages = {
        "bound_ordering": _("Sista dagen är före den första. Ändra en av dem."),
        "too_late": _("Välj en tidigare sista dag, eller lämna den tom."),
    }

    def compress(self, values: tuple[Any | None, Any | None]) -> DateRange | None:
        """The two days as the half-open period that is stored."""
        if not values:
            return None
        first, last = values
        if first and last and last < first:
            raise ValidationError(self.error_messages["bound_ordering"], code="bound_ordering")
        if last == date.max:
            raise ValidationError(self.error_messages["too_late"], code="too_late")
        return DateRange(first, last and last + timedelta(days=1), "[)")


class PeriodField(DateRangeField):
    """A half-open range of dates: from a day, up to but not including another (None: no end yet)."""

    def deconstruct(self) -> Any:
        """Without the help text: words are no part of the database, so they need no migration."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": PeriodFormField, **kwargs, "widget": PeriodWidget()})  # whatever the admin would set


class DatedQuerySet(models.QuerySet[Any]):
    """Questions that every dated thing answers."""

    def on(self, day: date) -> Self:
        """What holds on `day`."""
        return self.filter(period__contains=day)


class Dated(models.Model):
    """Something that holds from one day to another."""

    period = PeriodField(_("gäller"), help_text=_("Från och med, till och med. Lämna slutet tomt så länge det gäller."))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period_has_a_start_and_a_day",
                condition=Q(period__isempty=False) & Q(period__lower_inf=False),
                violation_error_message=_("Perioden måste ha en första dag, och sluta efter den."),
            )
        ]

    @property
    @admin.display(description=_("från och med"), ordering="period")
    def from_on(self) -> date:
        """The first day."""
        return self.period.lower  # type: ignore[no-any-return]

    @property
    @admin.display(description=_("till och med"))
    def until_on(self) -> date | None:
        """The last day, that day included; None while there is no end."""
        upper = self.period.upper
        return None if upper is None else upper - timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def covers(self, part: "Dated") -> bool:
        """Whether it holds on every day that `part` does."""
        return self.holds_on(part.from_on) and (self.until_on is None or (part.until_on is not None and part.until_on <= self.until_on))


def one_at_a_time(name: str, key: str, message: Any, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same `key`, a foreign key's field name (not its column: forms would find overlaps everywhere), overlap in time.

    The key becomes a one-point range so that PostgreSQL's core GiST operators cover both columns: no extension is needed.
    """
    one_point = Func(F(key), F(key), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[(one_point, RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
