"""Papers for boards that sign on paper."""

from typing import Any

from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from affiliation.forms.application import FORMS
from affiliation.models import SECTIONS, Application
from affiliation.models.answers import FILES
from affiliation.pdf import letters
from affiliation.views.secrets import secret
from agreement.models import Version
from idekom.lib.dated import today

LINES = {"description": 4, "members": 6}


@secret
@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """The letter to sign, with the answers of the draft or the case."""
    application = get_object_or_404(Application.objects.select_related("version"), token=token)
    if application.anonymised_on:
        raise Http404
    return _pdf(letters.letter(application), _("brev-om-anslutning.pdf"))


@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """The whole application on paper, empty."""
    version = Version.objects.in_force(today())
    if version is None or version.in_force_on is None:
        raise Http404
    return _pdf(letters.paper_form(version.name, version.in_force_on, _pages()), _("ansokan-pa-papper.pdf"))


def _pages() -> list[letters.Page]:
    """Every question of the application, as it stands on the web."""
    umbrella = Application(kind="umbrella")  # so that its questions are there as well
    forms = [FORMS[section.slug](section=section, instance=umbrella) for section in SECTIONS]
    return [letters.Page(str(form.section.title), tuple(_question(field) for field in form.visible_fields())) for form in forms]


def _question(field: BoundField) -> letters.Question:
    """A field as a question on paper: a file is a paper to send with the form."""
    label = str(field.label)
    optional = "" if field.field.required or hasattr(field.field, "is_either") or field.widget_type == "checkbox" else _("(frivilligt)")
    if field.name in FILES:
        return letters.Question(label, str(_("Skicka med en kopia.")), boxes=(str(_("Kopian följer med")),), lines=0)
    if field.widget_type == "checkbox":
        return letters.Question(label, str(field.help_text), boxes=(str(_("Ja")),), lines=0)
    choices: Any = getattr(field.field, "choices", ())
    boxes = tuple(str(capfirst(str(name))) for value, name in choices if value or field.name == "district")
    words = " ".join(filter(None, [label, optional]))
    hint = "" if field.name == "decided_on" else str(field.help_text)
    return letters.Question(words, hint, boxes=boxes, lines=0 if boxes else LINES.get(field.name, 1))


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
