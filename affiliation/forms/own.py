"""What somebody who acts for a party fills in about it: its entry, its people, its members, its last day."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.forms.fields import ComingDateField, WebsiteField
from affiliation.forms.logo import LogoField
from agreement.models import District, Party, Representative, Sector
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, PortalModelForm
from idekom.lib.text import search_key, swedish_order

CHOOSE = gettext_lazy("Välj ett av alternativen.")
TOO_LONG = gettext_lazy("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")
EMAIL = gettext_lazy("Skriv e-postadressen med @, till exempel namn@forening.se.")
Role = Representative.Role
ROLES = [
    (Role.ADMINISTRATOR, gettext_lazy("Administratör: ändrar uppgifter, bjuder in andra och lämnar den årliga rapporten")),
    (Role.REPORTER, gettext_lazy("Rapportör: lämnar den årliga rapporten")),
    (Role.READER, gettext_lazy("Läsare: ser allt och ändrar inget")),
]
MOST_MEMBERS = 300


class EntryForm(PortalModelForm[Party]):
    """What the register says about the party, but its name."""

    website = WebsiteField(label=gettext_lazy("Webbplats"), max_length=200, required=False)
    sector = forms.ModelChoiceField(
        label=gettext_lazy("Sektor"),
        queryset=Sector.objects.none(),
        empty_label=gettext_lazy("Välj sektor"),
        error_messages={"required": gettext_lazy("Välj den sektor som passar er bäst."), "invalid_choice": CHOOSE},
    )
    district = forms.ModelChoiceField(
        label=gettext_lazy("Stadsområde"),
        queryset=District.objects.none(),
        required=False,
        empty_label=gettext_lazy("Hela Göteborg"),
        error_messages={"invalid_choice": CHOOSE},
    )
    logo = LogoField(label=gettext_lazy("Logotyp"), required=False)
    without_logo = forms.BooleanField(label=gettext_lazy("Ta bort logotypen"), required=False)

    class Meta:
        model = Party
        fields = ["description", "website", "address", "postal_code", "city", "sector", "district"]
        labels = {"description": gettext_lazy("Kort beskrivning"), "address": gettext_lazy("Gatuadress"), "postal_code": gettext_lazy("Postnummer")}
        help_texts = {
            "description": gettext_lazy("Två eller tre meningar om vad ni gör."),
            "address": gettext_lazy("Lämna adressen tom om den inte ska visas."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("sector", Sector), ("district", District)):
            choices: QuerySet[Any] = model.objects.on(today()) | model.objects.filter(pk=getattr(self.instance, f"{name}_id"))
            self.fields[name].queryset = choices.order_by(Collate(swedish_order("name"), "C"))  # type: ignore[attr-defined]
        self.fields["sector"].required = self.instance.sector_id is not None
        for field in self.fields.values():
            field.error_messages |= {"max_length": TOO_LONG}
        has_logo = bool(self.instance.logo)
        pictures = _("PNG, JPEG eller WebP, högst 1 MB.")
        self.fields["logo"].help_text = f"{_('Välj en ny bild om ni vill byta.')} {pictures}" if has_logo else pictures
        if not has_logo:
            del self.fields["without_logo"]
        if self.instance.kind == Party.Kind.CITY_BODY:
            del self.fields["sector"]

    @property
    def entry(self) -> dict[str, Any]:
        """The good answers that are fields of the party."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("logo", "without_logo")}

    @property
    def new_logo(self) -> bytes | None:
        """The picture that was chosen, b"" to have none, None to leave it as it is."""
        chosen: bytes | None = self.cleaned_data["logo"]
        return b"" if chosen is None and self.cleaned_data.get("without_logo") else chosen


def _role_field() -> forms.ChoiceField:
    messages = {"required": gettext_lazy("Välj en roll."), "invalid_choice": CHOOSE}
    return forms.ChoiceField(label=gettext_lazy("Roll"), choices=ROLES, widget=forms.RadioSelect, error_messages=messages)


class InvitationForm(PortalForm):
    """Whom to let in, and as what."""

    email = forms.EmailField(
        label=gettext_lazy("Personens e-postadress"),
        max_length=254,
        help_text=gettext_lazy("Vi mejlar en länk dit. Bara den som har adressen kan använda rollen."),
        error_messages={"required": EMAIL, "invalid": EMAIL, "max_length": TOO_LONG},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = _role_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].validators = [EmailValidator(EMAIL), *self.fields["email"].validators[1:]]


class RoleForm(PortalForm):
    """Another role."""

    role = _role_field()


class HandOverForm(PortalForm):
    """Who takes over as administrator, and what becomes of the one who hands over."""

    heir = forms.ChoiceField(
        label=gettext_lazy("Vem blir administratör?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj vem som tar över."), "invalid_choice": CHOOSE},
    )
    stays = forms.TypedChoiceField(
        label=gettext_lazy("Och du själv?"),
        choices=[("no", gettext_lazy("Jag slutar företräda parten")), ("yes", gettext_lazy("Jag blir läsare"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj vad som händer med din egen roll."), "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, heirs: list[Representative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heirs = {str(heir.pk): heir for heir in heirs}
        self.fields["heir"].choices = [(key, f"{heir.user} ({heir.get_role_display()})") for key, heir in self.heirs.items()]  # type: ignore[attr-defined]

    def clean_heir(self) -> Representative:
        """The person."""
        return self.heirs[self.cleaned_data["heir"]]


class MembersForm(PortalForm):
    """Members that an umbrella names, one on each row, with an address after a semicolon if it likes."""

    members = forms.CharField(
        label=gettext_lazy("Nya medlemmar"),
        max_length=50_000,
        help_text=gettext_lazy("En organisation på varje rad. Skriv gärna e-post efter ett semikolon, så frågar vi om uppgiften stämmer."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Skriv minst en organisation."), "max_length": TOO_LONG},
    )

    def clean_members(self) -> list[tuple[str, str]]:
        """(name, address or "") of each row."""
        rows = list(self._rows(self.cleaned_data["members"]))
        if len(rows) > MOST_MEMBERS:
            raise ValidationError(_("Lägg till högst %(most)d medlemmar åt gången.") % {"most": MOST_MEMBERS})
        return rows

    def _rows(self, text: str) -> Iterator[tuple[str, str]]:
        for number, row in enumerate(text.split("\n"), start=1):
            name, _semicolon, email = (part.strip() for part in row.partition(";"))
            if not name and not email:
                continue
            if not search_key(name) or len(name) > 160:
                raise ValidationError(_("Rad %(number)d: skriv medlemmens namn, högst 160 tecken.") % {"number": number})
            if email:
                self._check(email, number)
            yield name, email

    def _check(self, email: str, number: int) -> None:
        try:
            EmailValidator()(email)
        except ValidationError as error:
            told = _("Rad %(number)d: skriv e-postadressen med @ efter semikolonet, till exempel Föreningen; namn@forening.se.")
            raise ValidationError(told % {"number": number}) from error
        if len(email) > 254:
            raise ValidationError(_("Rad %(number)d: e-postadressen är för lång.") % {"number": number})


class LeavingForm(PortalForm):
    """The last day. Nothing else is asked."""

    last_day = ComingDateField(
        label=gettext_lazy("Sista dag som anslutna"),
        help_text=gettext_lazy("År-månad-dag. I dag eller en dag som kommer."),
        initial=today,
    )
