"""What is filled in in a revision round: a comment by anybody, an answer by the secretariat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreement.models import RevisionComment
from idekom.lib.forms import PortalForm

TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")


class CommentForm(PortalForm):
    """A comment on a paragraph of a draft."""

    text = forms.CharField(
        label=_("Er synpunkt"),
        help_text=_("Skriv gärna hur ni vill att stycket ska stå."),
        max_length=5000,
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": _("Skriv vad ni vill säga om stycket."), "max_length": TOO_LONG},
    )
    name = forms.CharField(
        label=_("Namn"),
        help_text=_("Ert eller organisationens namn. Det visas vid synpunkten."),
        max_length=120,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=_("E-post"),
        help_text=_("Lämna adressen om ni vill ha ett mejl med svaret. Den visas inte, och vi tar bort den en månad efter svaret."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Skriv adressen så här: namn@forening.se."), "max_length": TOO_LONG},
    )
    consent = forms.BooleanField(
        label=_("Synpunkten, och namnet om jag har skrivit ett, får visas för alla"),
        error_messages={"required": _("Kryssa i rutan om synpunkten får visas. Annars kan vi inte ta emot den här.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "name", "email"):
            self.fields[name].widget.attrs.pop("maxlength", None)  # what is too long is told in words, and none of it is lost

    def told(self) -> dict[str, str]:
        """What is kept of it."""
        return {name: self.cleaned_data[name] for name in ("text", "name", "email")}


class AnswerForm(PortalForm):
    """What came of a comment, and why."""

    outcome = forms.ChoiceField(
        label=_("Svaret"),
        choices=RevisionComment.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som händer med synpunkten."), "invalid_choice": _("Välj ett av alternativen.")},
    )
    reason = forms.CharField(
        label=_("Skälen"),
        help_text=_("Svaret och skälen visas för alla. Den som har lämnat sin adress får dem också med mejl."),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Skriv varför."), "max_length": TOO_LONG},
    )
