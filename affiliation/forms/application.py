"""The pages of the application, one form each."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.forms.fields import ParagraphField, PastDateField, PDFField, RegistrationNumberField, WebsiteField
from affiliation.models import Application
from affiliation.models.answers import FILES, Answers
from affiliation.models.sections import BY_SLUG, FILE_NAMES, Section
from agreement.models import District, Sector
from agreement.models.parties import LegalForm
from idekom.lib.dated import today
from idekom.lib.forms import PortalModelForm
from idekom.lib.text import swedish_order

CHOOSE = gettext_lazy("Välj ett av alternativen.")
ROWS = {"rows": 4}


class SectionForm(PortalModelForm[Application]):
    """A page of the application. What is required is said in `affiliation.models.sections`; errors say how to mend."""

    instance: Application
    REQUIRED: dict[str, Any] = {}

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for name, field in self.fields.items():
            field.required = name in section.required
            field.error_messages |= {"required": self.REQUIRED.get(name, _("Svara på frågan."))}
            if isinstance(field, forms.ChoiceField):  # ModelChoiceField is one as well
                field.error_messages["invalid_choice"] = CHOOSE
            if isinstance(field.widget, forms.RadioSelect):
                field.widget.choices = [(value, capfirst(str(label))) for value, label in field.widget.choices if value]
            elif isinstance(field, forms.CharField) and "max_length" not in field.error_messages:
                field.error_messages["max_length"] = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")

    def kept(self) -> list[str]:
        """The names of the answers that are good, when not all are: uploaded files, which cannot be typed again."""
        return [name for name in FILES if self.files.get(name) and name in self.cleaned_data]


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
        labels = {"description": gettext_lazy("Beskriv kort vad ni gör"), "members": gettext_lazy("Medlemsorganisationer")}
        help_texts = {"description": gettext_lazy("Två eller tre meningar räcker."), "members": gettext_lazy("En organisation på varje rad.")}
        widgets = {"description": forms.Textarea(attrs=ROWS), "members": forms.Textarea(attrs=ROWS)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("sector", Sector), ("district", District)):
            choices: QuerySet[Any] = model.objects.on(today())
            self.fields[name].queryset = choices.order_by(Collate(swedish_order("name"), "C"))  # type: ignore[attr-defined]
        if self.instance.kind != "umbrella":
            del self.fields["members"]


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
            "publishes_website": gettext_lazy("Visa webbplatsen i förteckningen"),
            "publishes_description": gettext_lazy("Visa er beskrivning i förteckningen"),
        }
        help_texts = {"address": gettext_lazy("Adressen visas inte för andra.")}
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
        "decided_by": gettext_lazy("Välj vem som fattade beslutet."),
        "decided_on": gettext_lazy("Skriv vilken dag ni beslutade, till exempel 2026-03-12."),
    }

    decided_by = forms.ChoiceField(label=gettext_lazy("Vem fattade beslutet att ansluta sig?"), choices=Answers.DecidedBy, widget=forms.RadioSelect)
    decided_on = PastDateField(label=gettext_lazy("Vilken dag fattades beslutet?"), help_text=gettext_lazy("År-månad-dag, till exempel 2026-03-12."))
    decided_paragraph = ParagraphField(label=gettext_lazy("Vilken paragraf i protokollet?"), max_length=20, help_text=gettext_lazy("Till exempel 7."))
    minutes = PDFField(label=gettext_lazy("Protokollet med beslutet"))
    statutes = PDFField(label=gettext_lazy("Era stadgar"))

    class Meta:
        model = Application
        fields = BY_SLUG["beslutet"].fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell_what_is_uploaded()

    def tell_what_is_uploaded(self) -> None:
        """Say beside the field which file is kept already."""
        for name in FILES:
            kept = getattr(self.instance, name)
            told = _("%(file)s är uppladdad. Välj en ny fil om ni vill byta.") % {"file": FILE_NAMES[name]}
            wanted = _("En PDF, högst 10 MB. Ni kan också mejla den senare.")
            text = told if kept and getattr(kept, "_committed", False) else wanted
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
