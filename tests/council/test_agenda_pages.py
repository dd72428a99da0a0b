"""The agenda on the secretary's pages: items, order, papers; then what came of each."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from council.models import AgendaItem, Assignment, Body, Meeting, Paper
from idekom.users.models import User
from tests import builders
from tests.council.desk import adjusted, council, meeting_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    """A meeting of today."""
    return meeting_today()


def url(name: str, *args: Any) -> str:
    return reverse(f"admin:council_meeting_{name}", args=args)


def pdf() -> SimpleUploadedFile:
    """A page of nothing."""
    made, kept = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(kept)
    return SimpleUploadedFile("blad.pdf", kept.getvalue(), "application/pdf")


def titles(meeting: Meeting) -> list[str]:
    return [one.item.title for one in meeting.items.numbered()]


def test_an_item_with_a_paper(meeting: Meeting, secretary_client: Client) -> None:
    filled = {"title": "Lokalerna", "kind": "subject", "minutes": "20", "paper": pdf(), "paper_name": "Karta", "kvar": "1"}
    page = secretary_client.post(url("item_add", meeting.pk), filled, follow=True).text
    item, paper = meeting.items.get(title="Lokalerna"), Paper.objects.get()
    assert titles(meeting)[-2:] == ["Lokalerna", "Övriga frågor"]
    assert ("Karta</a> (pdf" in page, paper.item) == (True, item)
    response = secretary_client.get(url("paper", meeting.pk, paper.pk))
    assert response.headers["Content-Disposition"] == 'attachment; filename="Karta.pdf"'
    assert "Karta</a>" in secretary_client.get(url("agenda_sheet", meeting.pk)).text
    assert str(paper.file.name).startswith("papers/")
    assert secretary_client.get(url("paper_remove", meeting.pk, paper.pk)).status_code == 405
    secretary_client.post(url("paper_remove", meeting.pk, paper.pk))
    assert Paper.objects.count() == 0


def test_a_part_of_an_item(meeting: Meeting, secretary_client: Client) -> None:
    whole = meeting.items.get(kind="check_in")
    page = secretary_client.get(url("item_add", meeting.pk) + f"?del-av={whole.pk}").text
    assert f'<option value="{whole.pk}" selected>' in page
    told = secretary_client.post(url("item_add", meeting.pk), {"title": "Delen", "kind": "subject", "minutes": "16", "parent": whole.pk}).text
    assert "Delarna tar längre tid" in told
    secretary_client.post(url("item_add", meeting.pk), {"title": "Delen", "kind": "subject", "minutes": "15", "parent": whole.pk})
    assert whole.parts.get().title == "Delen"
    assert "3.1" in secretary_client.get(url("agenda", meeting.pk)).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": "\x00"}, "errornote"),
        ({"title": "x" * 10_000}, "errornote"),
        ({"minutes": "-1"}, "Skriv tiden i hela minuter"),
        ({"minutes": "9" * 40}, "Skriv tiden i hela minuter"),
        ({"kind": "x"}, "errornote"),
        ({"parent": "-1"}, "errornote"),
        ({"responsible": "9" * 30}, "errornote"),
        ({"paper_name": "Karta"}, "Välj filen, eller ta bort namnet."),
        ({"paper": SimpleUploadedFile("x.pdf", b"<html>"), "paper_name": "Karta"}, "Filen är inte en PDF."),
    ],
)
def test_what_cannot_be_kept_is_told(meeting: Meeting, secretary_client: Client, wrong: dict[str, Any], told: str) -> None:
    before = meeting.items.count()
    filled = {"title": "Ämnet", "kind": "subject", "description": "Det som är skrivet."} | wrong
    page = secretary_client.post(url("item_add", meeting.pk), filled).text
    assert (told in page, "Det som är skrivet." in page, meeting.items.count()) == (True, True, before)


def test_items_move_by_button_and_by_drag(meeting: Meeting, secretary_client: Client) -> None:
    first, second, third, last = (item.pk for item in meeting.items.order_by("position"))
    page = secretary_client.post(url("agenda_order", meeting.pk), {"item": second, "way": "upp"}, follow=True).text
    assert titles(meeting)[0] == "Föregående mötes protokoll"
    assert page.count("autofocus") == 1
    secretary_client.post(url("agenda_order", meeting.pk), {"ids": f"{last},{first},{third},{second}"})
    assert list(meeting.items.order_by("position").values_list("pk", flat=True)) == [last, first, third, second]


NO_ORDERS = [{}, {"ids": "x"}, {"ids": "1,-1"}, {"ids": "9" * 30}, {"ids": "999999"}, {"item": "9" * 40}, {"item": "1", "way": "bort"}]


@pytest.mark.parametrize("typed", NO_ORDERS)
def test_an_order_that_is_none_changes_nothing(meeting: Meeting, secretary_client: Client, typed: dict[str, str]) -> None:
    before = titles(meeting)
    assert secretary_client.post(url("agenda_order", meeting.pk), typed).status_code == 302
    assert titles(meeting) == before


def test_an_item_of_another_meeting_is_not_here(meeting: Meeting, secretary_client: Client) -> None:
    other = meeting_today().items.all()[0]
    for page in ("item", "item_remove", "outcome"):
        assert secretary_client.post(url(page, meeting.pk, other.pk), {}).status_code == 404


def test_what_returned_is_not_taken_off(meeting: Meeting, secretary_client: Client, secretary: User) -> None:
    coming = builders.meeting(meeting.body)
    AgendaItem.objects.add(meeting, title="Lokalerna").conclude("tabled", by=secretary)
    meeting.hold(by=secretary)
    item = coming.items.get()
    assert "andra gången" in secretary_client.get(url("agenda", coming.pk)).text
    assert "bordlagd från ett tidigare möte" in secretary_client.post(url("item_remove", coming.pk, item.pk), follow=True).text
    mine = AgendaItem.objects.add(coming, title="Bort")
    secretary_client.post(url("item_remove", coming.pk, mine.pk))
    assert titles(coming) == ["Lokalerna"]


NO_TASKS = {"uppdrag-TOTAL_FORMS": "0", "uppdrag-INITIAL_FORMS": "0"}


def task(**fields: str) -> dict[str, str]:
    """One new assignment, as the form sends it."""
    return {"uppdrag-TOTAL_FORMS": "1", "uppdrag-INITIAL_FORMS": "0"} | {f"uppdrag-0-{name}": value for name, value in fields.items()}


def test_the_walk_through_the_items(meeting: Meeting, secretary_client: Client) -> None:
    first, second = meeting.items.order_by("position")[:2]
    assert secretary_client.get(url("outcomes", meeting.pk)).headers["Location"] == url("outcome", meeting.pk, first.pk)
    filled = {"outcome": "assigned", "words": "Kansliet skriver.", "discussion": "Många tyckte.", "nasta": "1"}
    given = task(what="Skriva", doer="kansliet", for_whom="rådet", due_on="2027-01-31")
    response = secretary_client.post(url("outcome", meeting.pk, first.pk), filled | given)
    assert response.headers["Location"] == url("outcome", meeting.pk, second.pk)
    first.refresh_from_db()
    assert (first.outcome, first.outcome_words, first.discussion) == ("assigned", "Kansliet skriver.", "Många tyckte.")
    made = Assignment.objects.get()
    assert (made.item, made.what, made.who, made.due_on) == (first, "Skriva", "kansliet", date(2027, 1, 31))
    assert secretary_client.get(url("outcomes", meeting.pk)).headers["Location"] == url("outcome", meeting.pk, second.pk)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"outcome": "referred"} | NO_TASKS, "Skriv vilken arbetsgrupp frågan går till."),
        ({"outcome": "referred", "working_group": "Gruppen"} | NO_TASKS, "Välj vem som är sammankallande."),
        ({"outcome": "x\x00"} | NO_TASKS, "Välj ett av utfallen."),
        ({"outcome": "noted", "convener": "9" * 30} | NO_TASKS, "Välj en av personerna."),
        ({"outcome": "noted"} | task(what="Skriva"), "Välj vem som gör det"),
        ({"outcome": "noted"} | task(what="Skriva", doer="kansliet", due_on="snart"), "Skriv dagen som år-månad-dag"),
        ({"outcome": "noted"} | task(doer="kansliet"), "Uppdrag 1"),
        ({"outcome": "noted"}, "Det som sades."),
        ({"outcome": "noted", "uppdrag-TOTAL_FORMS": "-1", "uppdrag-INITIAL_FORMS": "x"}, "Det som sades."),
    ],
)
def test_an_outcome_that_lacks_something_keeps_nothing_and_loses_nothing(
    meeting: Meeting, secretary_client: Client, wrong: dict[str, str], told: str
) -> None:
    item = meeting.items.all()[0]
    page = secretary_client.post(url("outcome", meeting.pk, item.pk), {"discussion": "Det som sades."} | wrong)
    item.refresh_from_db()
    assert (page.status_code, told in page.text, "Det som sades." in page.text) == (200, True, True)
    assert (item.outcome, item.discussion, Assignment.objects.count()) == ("", "", 0)


def test_no_outcomes_before_the_day_nor_after_the_minutes(meeting: Meeting, secretary_client: Client, secretary: User) -> None:
    coming = builders.meeting()
    item = AgendaItem.objects.add(coming, title="Ämnet")
    filled = {"outcome": "noted"} | NO_TASKS
    assert "Mötet har inte varit än." in secretary_client.post(url("outcome", coming.pk, item.pk), filled, follow=True).text
    done = meeting.items.all()[0]
    adjusted(meeting, secretary)
    assert "Besluten ändras inte längre" in secretary_client.post(url("outcome", meeting.pk, done.pk), filled, follow=True).text
    assert "Dagordningen ändras inte längre" in secretary_client.post(url("item", meeting.pk, done.pk), {}, follow=True).text
    assert AgendaItem.objects.exclude(outcome="").count() == 0


def test_standing_items_change_places_in_one_form(secretary_client: Client) -> None:
    body: Body = council()
    for number in (1, 2):
        body.standing_items.create(position=number, title=f"Punkt {number}")
    address = reverse("admin:council_body_change", args=[body.pk])
    typed = sent(secretary_client.get(address).context)
    typed |= {"standing_items-0-position": "2", "standing_items-1-position": "1"}
    assert secretary_client.post(address, typed).status_code == 302
    assert [item.title for item in body.standing_items.all()] == ["Punkt 2", "Punkt 1"]
    told = secretary_client.post(address, typed | {"standing_items-0-position": "1"}).text
    assert "errorlist" in told


def sent(context: Any) -> dict[str, Any]:
    """Everything that the page of a body holds, as it would be sent."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *[form for formset in formsets for form in (formset.management_form, *formset.initial_forms)]]
    found: dict[str, Any] = {bound.html_name: bound.value() for form in forms for bound in form}
    found |= {f"{formset.prefix}-TOTAL_FORMS": formset.initial_form_count() for formset in formsets}
    from_on, until_on = found.pop("period")
    return {name: value for name, value in found.items() if value is not None} | {"period_0": str(from_on), "period_1": until_on or ""}


def test_assignments_are_finished_across_meetings(meeting: Meeting, secretary_client: Client, sign_in: Any, make: Any) -> None:
    one = Assignment.objects.create(item=meeting.items.all()[0], what="Skriva brevet", doer="kansliet", due_on=date(2020, 1, 1))
    listed, step = reverse("admin:council_assignment_changelist"), reverse("admin:council_assignment_step", args=[one.pk, "finish"])
    page = secretary_client.get(listed + "?lage=sena").text
    assert ("Skriva brevet" in page, "Försenat" in page) == (True, True)
    assert "Skriv med några ord hur det gick." in secretary_client.post(step, {"note": ""}, follow=True).text
    assert secretary_client.get(step).status_code == 405
    assert sign_in(make.user(is_staff=True)).post(step, {"note": "x"}).status_code == 403
    assert "Brevet är skickat." in secretary_client.post(step, {"note": "Brevet är skickat."}, follow=True).text
    assert "Det går inte längre" in secretary_client.post(step, {"note": "Igen."}, follow=True).text
    one.refresh_from_db()
    assert (one.status, "Skriva brevet" in secretary_client.get(listed).text) == ("done", False)
    secretary_client.post(reverse("admin:council_assignment_step", args=[one.pk, "take_up_again"]), {"note": "Det kom tillbaka."})
    assert "Skriva brevet" in secretary_client.get(listed).text
    assert secretary_client.post(reverse("admin:council_assignment_step", args=[one.pk, "x"]), {"note": "x"}).status_code == 404
