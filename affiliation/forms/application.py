"""The pages of the application, one form each."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.forms.fields import ParagraphField, PastDateField, RegistrationNumberField, WebsiteField
from affiliation.forms.sections import SectionForm
from affiliation.models import Application
from affiliation.models.answers import FILES, Answers
from affiliation.models.duplicates import Known, known
from affiliation.models.sections import BY_SLUG, FILE_NAMES
from agreement.models import District, Sector
from agreement.models.parties import LegalForm
from idekom.lib.dated import today
from idekom.lib.fields import PDFField
from idekom.lib.text import swedish_order

ROWS = {"rows": 4}
EITHER = frozenset({"decided_by", "decided_on", "decided_paragraph", "minutes"})
"""The minutes, or what stands in them: one of the two."""


class OrganisationForm(SectionForm):
    """Who applies."""

    REQUIRED = {
        "name": gettext_lazy("Skriv organisationens namn."),
        "kind": gettext_lazy("Välj om ni är en enskild organisation eller en paraplyorganisation."),
        "legal_form": gettext_lazy("Välj er juridiska form."),
    }

    kind = forms.ChoiceField(
        label=gettext_lazy("Är ni en enskild organisation eller ett paraply för flera?"), choices=Answers.KINDS, widget=forms.RadioSelect
    )
    legal_form = forms.ChoiceField(label=gettext_lazy("Juridisk form"), choices=LegalForm.for_applicants, widget=forms.RadioSelect)
    known: Known | None = None
    registration_number = RegistrationNumberField(
        label=gettext_lazy("Organisationsnummer"),
        help_text=gettext_lazy("10 siffror, till exempel 802002-4256. Lämna tomt om ni inte har något. Skriv aldrig ett personnummer."),
    )

    class Meta:
        model = Application
        fields = BY_SLUG["organisationen"].fields
        labels = {"name": gettext_lazy("Organisationens namn")}
        help_texts = {"name": gettext_lazy("Så som det står i stadgarna. Namnet visas i förteckningen när ni har anslutit er.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "organization"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields and self.instance.pk is None:  # a draft begins with a name
            self.fields["name"].required = True
        if "is_another" in self.data:
            self._ask_whether_another()

    def clean(self) -> dict[str, Any]:
        """See whether the organisation is known already: by its number, or by a name like its own."""
        cleaned: dict[str, Any] = super().clean() or {}
        asked = {name: cleaned.get(name, "") if name in self.fields else getattr(self.instance, name) for name in ("name", "registration_number")}
        if not any(asked.values()):
            return cleaned
        self.known = known(Application(pk=self.instance.pk, **asked), today())
        if "registration_number" in self.fields and (told := self._number_is_known(self.known)):
            self.add_error("registration_number", told)
        elif self.known.is_name_alike and asked["name"] != self.initial.get("name") and not cleaned.pop("is_another", False):
            self._ask_whether_another()
            self.add_error("is_another", _("Finns ni redan med behöver ni inte ansöka igen. Är ni en annan organisation kryssar ni i rutan."))
        cleaned.pop("is_another", None)
        return cleaned

    @property
    def is_name_asked_about(self) -> bool:
        """Whether the page asks if they are another organisation than one with a name like theirs."""
        return "is_another" in self.errors

    def to_save(self) -> list[str]:
        """A name that is asked about is not good yet."""
        return [name for name in super().to_save() if not (name == "name" and self.is_name_asked_about)]

    def _ask_whether_another(self) -> None:
        self.fields["is_another"] = forms.BooleanField(label=_("Vi är en annan organisation"), required=False)

    @staticmethod
    def _number_is_known(found: Known) -> str:
        if found.affiliated:
            told = _("{party} är redan ansluten med det numret. Är det ni behöver ni inte ansöka igen. Annars rättar ni numret.")
            return format_html(told, party=format_html('<a href="{}">{}</a>', found.affiliated.get_absolute_url(), found.affiliated.name))
        if found.has_applied:
            told = _("En organisation med det numret har redan ansökt. Stämmer numret hör ni av er till kansliet på {email}.")
            return format_html(told, email=settings.PORTAL["contact_email"])
        return ""


class WorkForm(SectionForm):
    """What the organisation does, and where."""

    REQUIRED = {"sector": gettext_lazy("Välj den sektor som passar er bäst."), "description": gettext_lazy("Beskriv kort vad ni gör.")}

    sector = forms.ModelChoiceField(
        label=gettext_lazy("Sektor"),
        queryset=Sector.objects.none(),
        empty_label=gettext_lazy("Välj sektor"),
        help_text=gettext_lazy("Välj den som ligger närmast det ni mest arbetar med."),
    )
    district = forms.ModelChoiceField(label=gettext_lazy("Stadsområde"), queryset=District.objects.none(), empty_label=gettext_lazy("Hela Göteborg"))

    class Meta:
        model = Application
        fields = BY_SLUG["verksamhet"].fields
        labels = {
            "description": gettext_lazy("Beskriv kort vad ni gör"),
            "publishes_description": gettext_lazy("Visa beskrivningen i förteckningen"),
            "members": gettext_lazy("Medlemsorganisationer"),
        }
        help_texts = {"description": gettext_lazy("Två eller tre meningar räcker."), "members": gettext_lazy("En organisation på varje rad.")}
        widgets = {"description": forms.Textarea(attrs=ROWS), "members": forms.Textarea(attrs=ROWS)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("sector", Sector), ("district", District)):
            if name in self.fields:
                choices: QuerySet[Any] = model.objects.on(today())
                self.fields[name].queryset = choices.order_by(Collate(swedish_order("name"), "C"))  # type: ignore[attr-defined]
        if self.instance.kind != "umbrella":
            self.fields.pop("members", None)


class AddressForm(SectionForm):
    """Where the organisation is, and what may be shown."""

    website = WebsiteField(label=gettext_lazy("Webbplats"), max_length=200)

    class Meta:
        model = Application
        fields = BY_SLUG["adress"].fields
        labels = {
            "address": gettext_lazy("Gatuadress"),
            "postal_code": gettext_lazy("Postnummer"),
            "city": gettext_lazy("Postort"),
            "publishes_address": gettext_lazy("Visa adressen i förteckningen"),
            "publishes_website": gettext_lazy("Visa webbplatsen i förteckningen"),
        }
        help_texts = {"address": gettext_lazy("Adressen visas för andra bara om ni kryssar i det här nedanför.")}
        widgets = {
            "address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }


class ContactForm(SectionForm):
    """Who signs, and who answers."""

    REQUIRED = {
        "signatory_name": gettext_lazy("Skriv namnet på den som tecknar firman."),
        "signatory_role": gettext_lazy("Skriv vilken roll personen har, till exempel ordförande."),
        "contact_name": gettext_lazy("Skriv kontaktpersonens namn."),
        "contact_email": gettext_lazy("Skriv kontaktpersonens e-postadress. Dit skickar vi svaret."),
    }

    class Meta:
        model = Application
        fields = BY_SLUG["kontakt"].fields
        labels = {
            "signatory_name": gettext_lazy("Firmatecknarens namn"),
            "signatory_role": gettext_lazy("Firmatecknarens roll"),
            "contact_name": gettext_lazy("Kontaktpersonens namn"),
            "contact_email": gettext_lazy("Kontaktpersonens e-post"),
            "contact_phone": gettext_lazy("Kontaktpersonens telefon"),
        }
        help_texts = {
            "signatory_name": gettext_lazy(
                "Den som enligt stadgarna får skriva under för er. Namn och kontaktuppgifter visas aldrig i förteckningen."
            ),
            "signatory_role": gettext_lazy("Till exempel ordförande."),
            "contact_email": gettext_lazy("Hit skickar vi besked. Välj gärna en adress som flera läser."),
        }
        error_messages = {"contact_email": {"invalid": gettext_lazy("Skriv e-postadressen med @, till exempel styrelsen@foreningen.se.")}}
        widgets = {
            "signatory_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }


class DecisionForm(SectionForm):
    """The organisation's own decision to join."""

    REQUIRED = {
        "decided_by": gettext_lazy("Välj vem som fattade beslutet, eller ladda upp protokollet."),
        "decided_on": gettext_lazy("Skriv vilken dag ni beslutade, till exempel 2026-03-12, eller ladda upp protokollet."),
    }

    decided_by = forms.ChoiceField(label=gettext_lazy("Vem fattade beslutet att ansluta sig?"), choices=Answers.DecidedBy, widget=forms.RadioSelect)
    decided_on = PastDateField(label=gettext_lazy("Vilken dag fattades beslutet?"), help_text=gettext_lazy("År-månad-dag, till exempel 2026-03-12."))
    decided_paragraph = ParagraphField(
        label=gettext_lazy("Vilken paragraf i protokollet?"),
        max_length=20,
        help_text=gettext_lazy("Till exempel 7. Lämna tomt om det inte finns någon."),
    )
    minutes = PDFField(label=gettext_lazy("Protokollet med beslutet"))
    statutes = PDFField(label=gettext_lazy("Era stadgar"))

    class Meta:
        model = Application
        fields = BY_SLUG["beslutet"].fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in EITHER & self.fields.keys():
            self.fields[name].is_either = True  # type: ignore[attr-defined]
            if self.files.get("minutes"):
                self.fields[name].required = False
        self.tell_what_is_uploaded()

    def tell_what_is_uploaded(self) -> None:
        """Say beside the field which file is kept already."""
        for name in self.fields.keys() & set(FILES):
            kept = getattr(self.instance, name)
            told = _("%(file)s är uppladdad. Välj en ny fil om ni vill byta.") % {"file": FILE_NAMES[name]}
            aside = _("Filen som ni valde är sparad här på sidan. Ni behöver inte välja den igen.")
            wanted = _("En PDF, högst 10 MB.") if name == "minutes" else _("En PDF, högst 10 MB. Ni kan också mejla den senare.")
            text = aside if name in self.tickets else told if kept and getattr(kept, "_committed", False) else wanted
            self.fields[name].help_text = self[name].help_text = text


class StatementsForm(SectionForm):
    """What the organisation stands for."""

    REQUIRED = {
        "stands_behind_agreement": gettext_lazy("Kryssa i att ni står bakom hela överenskommelsen. Det går inte att ansluta sig till en del av den."),
        "meets_democratic_criteria": gettext_lazy("Kryssa i att ni uppfyller de demokratiska villkoren."),
    }

    class Meta:
        model = Application
        fields = BY_SLUG["intyganden"].fields
        labels = {
            "stands_behind_agreement": gettext_lazy("Vi står bakom hela överenskommelsen"),
            "meets_democratic_criteria": gettext_lazy("Vi uppfyller de demokratiska villkoren"),
        }
        help_texts = {
            "stands_behind_agreement": gettext_lazy("Alla principer och åtaganden, och att vi lämnar en kort rapport varje år."),
            "meets_democratic_criteria": gettext_lazy(
                "Vi är självständiga från det offentliga, styrs demokratiskt och arbetar för allas lika värde."
            ),
        }


FORMS: dict[str, type[SectionForm]] = {
    "organisationen": OrganisationForm,
    "verksamhet": WorkForm,
    "adress": AddressForm,
    "kontakt": ContactForm,
    "beslutet": DecisionForm,
    "intyganden": StatementsForm,
}
