"""What the secretary writes about a meeting as a whole: when, where, and who leads it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council.models import Body, Meeting
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, PortalModelForm

WHEN = _("Skriv dag och tid, till exempel 2026-03-12 18:00.")


class MomentField(forms.DateTimeField):
    """A day and a time in one input, with one label."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M", "%Y-%m-%dT%H:%M:%S"],
            error_messages={"required": WHEN, "invalid": WHEN},
            widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        """The moment, within a lifetime."""
        moment: datetime | None = super().clean(value.replace("\0", "") if isinstance(value, str) else value)
        if moment and not 1990 <= moment.year <= today().year + 20:
            raise ValidationError(_("Dagen ligger långt bort. Kontrollera året."))
        return moment


class LinkField(forms.URLField):
    """The link to a meeting at a distance."""

    def __init__(self) -> None:
        told = _("Visas bara för ledamöter och kansliet.")
        super().__init__(label=_("Länk för den som är med på distans"), required=False, max_length=200, assume_scheme="https", help_text=told)


class TimesForm(PortalModelForm[Meeting]):
    """When and where a meeting is held."""

    starts_at = MomentField(label=_("Börjar"))
    ends_at = MomentField(label=_("Slutar"))
    premeeting_at = MomentField(label=_("Förmötet börjar"), required=False)

    class Meta:
        model = Meeting
        fields = ("starts_at", "ends_at", "place", "premeeting_at", "premeeting_place")

    def clean(self) -> dict[str, Any]:
        """The times come in their order; each mistake is told beside its field."""
        filled = super().clean() or {}
        start, end, before = filled.get("starts_at"), filled.get("ends_at"), filled.get("premeeting_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("Mötet måste sluta efter att det har börjat."))
        if start and before and before >= start:
            self.add_error("premeeting_at", _("Förmötet måste börja före mötet."))
        if filled.get("premeeting_place") and not before and "premeeting_at" not in self.errors:
            self.add_error("premeeting_at", _("Skriv när förmötet börjar, eller ta bort dess lokal."))
        if start and self._is_taken(filled.get("body") or self.instance.body_id, start):
            self.add_error("starts_at", _("Organet har redan ett möte den dagen."))
        return filled

    def _is_taken(self, body: Any, start: datetime) -> bool:
        same_day = Meeting.objects.standing().filter(body=body, day=timezone.localdate(start))
        return same_day.exclude(pk=self.instance.pk).exists()


class PlanForm(TimesForm):
    """A new meeting."""

    link = LinkField()

    class Meta(TimesForm.Meta):
        fields = ("body", *TimesForm.Meta.fields, "link", "chair", "secretary")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council = Body.objects.council(today())
        self.fields["body"].initial = council and council.pk


class DetailsForm(PortalModelForm[Meeting]):
    """Who leads the meeting, and the link to it. Nobody is mailed about these."""

    link = LinkField()

    class Meta:
        model = Meeting
        fields = ("chair", "secretary", "link")


class CancelForm(PortalForm):
    """Why a meeting is not held."""

    note = forms.CharField(
        label=_("Varför ställs mötet in?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Texten står i mejlet till dem som är kallade."),
        error_messages={"required": _("Skriv varför mötet ställs in.")},
    )
