"""Saying that one comes to a dialogue forum, and asking it something."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from agreement.models import Party
from followup.models import ForumQuestion, ForumRegistration
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, PortalModelForm

TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")
EMAIL_ERRORS = {
    "required": _("Skriv den adress som bekräftelsen ska gå till."),
    "invalid": _("Skriv adressen så här: namn@forening.se."),
    "max_length": _("Adressen är för lång. Skriv en adress på högst %(limit_value)d tecken."),
}
NEEDS_LABELS = {"dietary_needs": _("Mat och allergier"), "access_needs": _("Något som behövs för att ni ska kunna delta")}
NEEDS_HELP = {
    "dietary_needs": _("Till exempel vegetariskt, eller en allergi."),
    "access_needs": _("Till exempel hörslinga, teckenspråkstolk eller plats för rullstol."),
}


def _tell_what_is_too_long(form: forms.Form | forms.ModelForm[Any]) -> None:
    """What is too long is told in words, not cut off while one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)
        for validator in field.validators:
            if isinstance(validator, MaxLengthValidator) and not isinstance(field, forms.EmailField):
                validator.message = TOO_LONG


class NeedsForm(PortalModelForm[ForumRegistration]):
    """What somebody eats and needs to take part."""

    class Meta:
        model = ForumRegistration
        fields = ["dietary_needs", "access_needs"]
        labels, help_texts = NEEDS_LABELS, NEEDS_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tell_what_is_too_long(self)


class RegistrationForm(PortalModelForm[ForumRegistration]):
    """Everything that is asked of somebody who comes."""

    email = forms.EmailField(
        label=_("E-postadress"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}), error_messages=EMAIL_ERRORS
    )
    party = forms.ModelChoiceField(
        label=_("Part i överenskommelsen"),
        queryset=Party.objects.none(),
        required=False,
        empty_label=_("Ingen av dem"),
        error_messages={"invalid_choice": _("Välj en part i listan.")},
    )

    class Meta:
        model = ForumRegistration
        fields = ["name", "email", "party", "organisation", "dietary_needs", "access_needs"]
        labels = {"name": _("Ert namn"), "organisation": _("Annan organisation"), **NEEDS_LABELS}
        help_texts = {"name": _("Det står på namnskylten."), "organisation": _("Om ni kommer från någon som inte står i listan."), **NEEDS_HELP}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        error_messages = {"name": {"required": _("Skriv namnet på den som kommer.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["party"]
        choice.queryset = Party.objects.filter(affiliations__period__contains=today()).distinct().order_by("sort_name", "pk")
        _tell_what_is_too_long(self)

    def clean(self) -> dict[str, Any]:
        """A party and another organisation too would be two: the party is the one that counts."""
        told = super().clean() or self.cleaned_data
        if told.get("party") and told.get("organisation"):
            self.add_error("organisation", ValidationError(_("Välj en part i listan eller skriv en annan organisation, inte båda."), code="two"))
        return told


class QuestionForm(PortalModelForm[ForumQuestion]):
    """A question, in a few sentences."""

    class Meta:
        model = ForumQuestion
        fields = ["text"]
        labels = {"text": _("Er fråga")}
        help_texts = {"text": _("Högst 400 tecken. Skriv gärna vem frågan gäller. Ert namn behövs inte.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"text": {"required": _("Skriv er fråga.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tell_what_is_too_long(self)


class LikeForm(PortalForm):
    """One button: like, or take it back."""

    back = forms.BooleanField(required=False)


class TakeUpForm(PortalForm):
    """Who answers a question, and by when."""

    owner = forms.ModelChoiceField(
        label=_("Part som svarar"),
        queryset=Party.objects.none(),
        required=False,
        empty_label=_("Ingen part, någon annan"),
        error_messages={"invalid_choice": _("Välj en part i listan.")},
    )
    owner_words = forms.CharField(label=_("Någon annan som svarar"), max_length=160, required=False)
    due_on = forms.DateField(
        label=_("Svar senast"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": _("Välj en dag."), "invalid": _("Skriv dagen så här: 2027-03-31.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["owner"]
        words: Any = self.fields["owner_words"]
        choice.is_conditional = words.is_conditional = True  # one of the two is needed
        choice.queryset = Party.objects.filter(affiliations__period__contains=today()).distinct().order_by("sort_name", "pk")
        _tell_what_is_too_long(self)

    def clean(self) -> dict[str, Any]:
        """Somebody must answer, and only one."""
        told = super().clean() or self.cleaned_data
        if "owner" in told and bool(told["owner"]) == bool(told.get("owner_words")):
            self.add_error("owner_words", _("Välj en part, eller skriv vem annars som svarar. Inte båda."))
        return told

    def arguments(self) -> dict[str, Any]:
        """What the verb is told."""
        return self.cleaned_data


class AnswerQuestionForm(PortalForm):
    """The answer to a question."""

    answer_text = forms.CharField(
        label=_("Svar"),
        help_text=_("Alla kan läsa det på forumets sida."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 60}),
        error_messages={"required": _("Skriv svaret.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tell_what_is_too_long(self)

    def arguments(self) -> dict[str, Any]:
        """What the verb is told."""
        return {"text": self.cleaned_data["answer_text"], "day": today()}
