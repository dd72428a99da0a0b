"""The crispy pack's overrides, on one form with every kind of field."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from idekom.lib.forms import PortalForm

FIRST_CONTROLS = ["id_email", "id_text", "id_sector", "id_kind_0", "id_goals_0", "id_agrees", "id_minutes", "id_on"]
CHOICES = [("a", "Ett"), ("b", "Två")]


class KitchenSink(PortalForm):
    name = forms.CharField(label="Namn", help_text="Hela namnet.")
    nickname = forms.CharField(label="Smeknamn", required=False)
    email = forms.EmailField(label="E-post", help_text="Vi svarar hit.")
    text = forms.CharField(label="Berätta", widget=forms.Textarea, help_text="Högst en sida.")
    sector = forms.ChoiceField(label="Sektor", choices=CHOICES)
    kind = forms.ChoiceField(label="Slag", choices=CHOICES, widget=forms.RadioSelect, help_text="Välj ett.")
    goals = forms.MultipleChoiceField(label="Mål", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agrees = forms.BooleanField(label="Vi står bakom", help_text="Hela texten.")
    is_public = forms.BooleanField(label="Visa oss", required=False)
    minutes = forms.FileField(label="Protokoll", help_text="En pdf.")
    on = forms.DateField(label="Dag", help_text="ÅÅÅÅ-MM-DD")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def by_filter(form: forms.Form) -> str:
    return Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))


def by_tag(form: forms.Form) -> str:
    return render_crispy_form(form, form.helper, {"csrf_token": "x"})  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(params=[by_filter, by_tag])
def wrong(request: pytest.FixtureRequest) -> str:
    html: str = request.param(KitchenSink(MultiValueDict({"name": ["Åsa <b>"], "email": ["fel"], "nickname": ["Å"]})))
    return html


def part(html: str, field: str) -> str:
    """What is rendered for one field."""
    return re.split(r'<div id="div_id_', html.split(f'<div id="div_id_{field}"')[1])[0]


@pytest.mark.parametrize("field", ["email", "text", "kind", "minutes", "on"])
def test_a_field_is_label_hint_error_control_in_that_order(wrong: str, field: str) -> None:
    html = part(wrong, field)
    control = re.search(r"<(input|textarea|select)", html)
    label = re.search(r"<(label|legend)", html)
    assert control
    assert label
    places = [label.start(), html.index(f'id="id_{field}_helptext"'), html.index(f'id="id_{field}_error"'), control.start()]
    assert places == sorted(places)


@pytest.mark.parametrize("field", ["name", "email", "text", "minutes", "on"])
def test_a_control_is_described_by_its_hint_and_error_and_is_invalid(wrong: str, field: str) -> None:
    html = by_filter(KitchenSink({})) if field == "name" else wrong
    control = re.findall(r"<(?:input|textarea)[^>]*>", part(html, field))[0]
    assert f'aria-describedby="id_{field}_helptext id_{field}_error"' in control
    assert 'aria-invalid="true"' in control
    assert "is-invalid" in control


@pytest.mark.parametrize("field", ["kind", "goals"])
def test_choices_are_a_fieldset_with_a_legend_and_described(wrong: str, field: str) -> None:
    html = part(wrong, field)
    fieldset = re.findall(r"<fieldset[^>]*>", html)
    assert len(fieldset) == 1
    assert f"id_{field}_error" in fieldset[0]
    assert re.search(r"<legend[^>]*>\s*(Slag|Mål)\s*</legend>", html)
    assert len(re.findall(r'<label for="id_\w+_\d" class="form-check-label">', html)) == 2


def test_nothing_is_said_by_an_asterisk_and_optional_fields_say_so(wrong: str) -> None:
    assert "*" not in wrong
    assert re.search(r"Smeknamn\s*<span class=\"optional\">\(frivilligt\)</span>", part(wrong, "nickname"))
    assert wrong.count("(frivilligt)") == 1  # not on the required ones, nor on a box that may be left empty


def test_no_bubbles_of_the_browser(wrong: str) -> None:
    assert not re.search(r"<[^>]*\srequired[\s>]", wrong)


def test_the_summary_counts_and_links_to_the_first_control(wrong: str) -> None:
    form = KitchenSink({"name": "Åsa <b>", "email": "fel"})
    form.is_valid()
    summary = wrong.split('class="error-summary"')[1].split("<div id=")[0]
    assert "Det finns 8 saker att rätta" in summary
    assert re.findall(r'href="#([^"]+)"', summary) == [
        "id_email",
        "id_text",
        "id_sector",
        "id_kind_0",
        "id_goals_0",
        "id_agrees",
        "id_minutes",
        "id_on",
    ]
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert wrong.count(f'id="{target}"') == 1, target
    assert 'role="group"' in wrong
    assert 'tabindex="-1" autofocus' in wrong


def test_one_thing_to_mend_is_singular() -> None:
    class One(PortalForm):
        name = forms.CharField(label="Namn")

    assert "Det finns 1 sak att rätta" in by_filter(One({}))


def test_the_summary_says_what_concerns_the_whole_form() -> None:
    form = KitchenSink({})
    form.add_error(None, "Ni har redan skickat in.")
    summary = by_filter(form).split('class="error-summary"')[1]
    assert summary.index("Ni har redan skickat in.") < summary.index('href="#id_name"')
    assert "Det finns 10 saker att rätta" in summary


def test_errors_are_in_words_for_those_who_do_not_see_the_colour(wrong: str) -> None:
    error = part(wrong, "text").split('class="invalid-feedback"')[1].split("</div>")[0]
    assert '<span class="visually-hidden">Fel:</span>' in error


def test_what_was_typed_is_kept_and_escaped(wrong: str) -> None:
    assert 'value="Åsa &lt;b&gt;"' in wrong
    assert 'value="fel"' in wrong
    assert "<b>" not in wrong


def test_a_form_without_errors_has_no_summary() -> None:
    html = by_filter(KitchenSink())
    assert "error-summary" not in html
    assert "aria-invalid" not in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_the_title_of_the_page_says_that_something_is_wrong(rf: RequestFactory) -> None:
    page = Template('{% extends "base.html" %}{% block title %}Ansökan{% endblock %}')
    wrong, right = KitchenSink({}), KitchenSink()
    assert "<title>Fel: Ansökan –" in page.render(Context({"form": wrong, "request": rf.get("/")}))
    assert "<title>Ansökan –" in page.render(Context({"form": right, "request": rf.get("/")}))


def test_a_page_tells_its_errors_once() -> None:
    """Where crispy renders the whole form it brings the summary."""
    pages = [page for page in (settings.BASE_DIR / "templates").rglob("*.html") if "components/error_summary.html" in page.read_text()]
    assert len(pages) > 3
    assert [page.name for page in pages if re.search(r"{% crispy form %}|form\|crispy", page.read_text())] == []
