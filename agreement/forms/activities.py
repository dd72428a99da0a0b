"""What is filled in about activities: how one goes, and, in the office, what it is and whom to ask."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from agreement.models import Activity, ActivityContact, Commitment, Representative, Version
from agreement.models.plans import Incomplete
from agreement.models.updates import LONGEST, in_words
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, clean_typed
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

STEPS = (0, 25, 50, 75, 100)
CHOOSE = _("Välj det som stämmer bäst.")
TOO_LONG = _("Korta meningen till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")


def _steps() -> list[tuple[int, str]]:
    return [(percent, f"{in_words(percent)} ({percent} %)") for percent in STEPS]


class UpdateForm(PortalForm):
    """How it goes in one sentence, and how far it has come. `key` is the form's own, so that it tells once however often it is sent."""

    sentence = forms.CharField(
        label=_("Hur går det? Skriv en mening"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Till exempel: Två av fyra träffar är hållna, och nästa är i mars. Alla kan läsa det. Skriv inga personuppgifter."),
        error_messages={"required": _("Skriv en mening om hur det går."), "max_length": TOO_LONG},
    )
    percent = forms.TypedChoiceField(
        label=_("Hur långt har ni kommit?"),
        choices=_steps,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].widget.attrs.pop("maxlength", None)
        self.initial.setdefault("key", uuid4())

    def clean_sentence(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["sentence"]).split())

    def clean_key(self) -> UUID:
        """A key that is none is as good as a new one."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()


class ActivityForm(ModelForm):
    """An activity in the office. One that is public keeps what it must say."""

    class Meta:
        model = Activity
        fields = ("plan", "title", "how", "party", "who", "starts_on", "due_on", "financing", "commitments")
        widgets = {name: forms.DateInput({"type": "date"}, "%Y-%m-%d") for name in ("starts_on", "due_on")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            clean_typed(field)
        served = Commitment.objects.filter(version=Version.objects.in_force(today())).select_related("version")
        if self.instance.pk:  # also those of an earlier version that it serves already
            served |= Commitment.objects.filter(activities=self.instance).select_related("version")
        self.fields["commitments"].queryset = served.distinct().order_by("version", "number")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.instance.how = self.cleaned_data.get("how", self.instance.how)
        self.instance.party = self.cleaned_data.get("party", self.instance.party)
        self.instance.due_on = self.cleaned_data.get("due_on", self.instance.due_on)
        if self.instance.status in (Activity.Status.PUBLISHED, Activity.Status.DONE) and self.instance.missing and not self.errors:
            raise Incomplete(self.instance.missing)
        return cleaned


class ContactForm(ModelForm):
    """Whom to ask. Somebody else gets another link."""

    class Meta:
        model = ActivityContact
        fields = ("name", "email", "language", "representative")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            clean_typed(field)
        known = Representative.objects.on(today()).select_related("user", "party")
        if self.instance.pk:
            acts = known.filter(party=self.instance.activity.party_id) | known.filter(pk=self.instance.representative_id)
            known = acts.distinct()
        self.fields["representative"].queryset = known  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Any:
        """Who had the link before has it no more."""
        if self.instance.pk and {"email", "representative"} & set(self.changed_data):
            self.instance.token, self.instance.is_revoked = new_token(), False
        return super().save(commit)
