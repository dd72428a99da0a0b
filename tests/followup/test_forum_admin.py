"""The forum in the office: planned, printed, ticked off, and its ledger of questions."""

from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from followup.models import Forum, ForumQuestion, ForumRegistration, Round
from followup.pdf.forums import attendance_list, certificates, name_tags
from idekom.lib.dated import today
from tests import pdf_rules

pytestmark = pytest.mark.django_db
NO_PROGRAMME = {"programme-TOTAL_FORMS": "0", "programme-INITIAL_FORMS": "0"}


def shown(client: Client, address: str, *arguments: Any, query: str = "") -> str:
    """A page of the office."""
    return unescape(client.get(reverse(f"admin:followup_{address}", args=arguments) + query).content.decode())


def press(client: Client, where: str, *arguments: Any, **typed: Any) -> str:
    """Send a form of the office; gives the page that follows."""
    return unescape(client.post(reverse(f"admin:followup_{where}", args=arguments), typed, follow=True).content.decode())


def words(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture
def forum(make: Any) -> Forum:
    """A forum with two places."""
    found: Forum = make.forum(make.round(2026), places=2)
    return found


def test_a_forum_is_planned_with_its_programme(secretary_client: Client, make: Any) -> None:
    round = make.round(2026)
    told = {"round": round.pk, "venue": "Salen", "address": "Gatan 1", "starts_at": "2030-06-03T13:00", "ends_at": "2030-06-03T16:00"}
    more = {"practical": "", "places": "80", "closes_on": "2030-05-20", "programme-TOTAL_FORMS": "1", "programme-INITIAL_FORMS": "0"}
    item = {"programme-0-at": "13:00", "programme-0-title": "Välkomna", "programme-0-speaker": "", "programme-0-text": ""}
    typed = told | more | item
    assert "Forumet måste sluta efter att det har börjat." in press(secretary_client, "forum_add", **typed | {"ends_at": "2030-06-03T12:00"})
    press(secretary_client, "forum_add", **typed)
    forum = Forum.objects.get()
    assert [point.title for point in forum.programme.all()] == ["Välkomna"]
    assert Round.objects.get().forum_on == forum.starts_at.date()


def test_moving_it_tells_those_who_come(secretary_client: Client, forum: Forum, make: Any) -> None:
    registration = make.registration(forum)
    start, end = (timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M") for moment in (forum.starts_at, forum.ends_at))
    told = {"starts_at": start, "ends_at": end, "address": forum.address, "practical": "", "places": "3", "closes_on": forum.closes_on.isoformat()}
    press(secretary_client, "forum_change", forum.pk, venue="En annan sal", **told, **NO_PROGRAMME)
    assert Forum.objects.get().venue == "En annan sal"
    assert [event.action for event in registration.events.all()] == ["register", "tell_of_move"]
    assert registration.events.last().actor.email == "kansli@example.org"


def test_its_page_counts_and_leads_to_everything(secretary_client: Client, forum: Forum, make: Any) -> None:
    for _number in range(3):
        make.registration(forum)
    html = shown(secretary_client, "forum_change", forum.pk)
    assert "2 av 2 platser" in html
    for name in ("tags", "attendance", "certificates"):
        assert reverse(f"admin:followup_forum_{name}", args=[forum.pk]) in html
    assert reverse("followup:forum_screen", args=[2026]) in html


def test_who_has_phoned_is_put_in_by_the_office_also_after_the_last_day(secretary_client: Client, forum: Forum, make: Any) -> None:
    Forum.objects.update(closes_on=today() - timedelta(days=1), places=1)
    told = {"party": "", "organisation": "Bryggan", "dietary_needs": "", "access_needs": ""}
    press(secretary_client, "forumregistration_add", forum=forum.pk, name="Alva", email="Alva@example.org", **told)
    press(secretary_client, "forumregistration_add", forum=forum.pk, name="Bo", email="bo@example.org", **told)
    assert list(ForumRegistration.objects.values_list("name", "email", "status")) == [
        ("Alva", "alva@example.org", "registered"),
        ("Bo", "bo@example.org", "waiting"),
    ]
    before = timezone.now() - timedelta(days=1)
    Forum.objects.update(starts_at=before - timedelta(hours=1), ends_at=before, closes_on=timezone.localdate(before))
    html = press(secretary_client, "forumregistration_add", forum=forum.pk, name="Cilla", email="cilla@example.org", **told)
    assert "Forumet har varit. Välj ett som kommer." in html


def test_guests_are_ticked_and_cancelled_in_the_list(secretary_client: Client, forum: Forum, make: Any) -> None:
    first, second, third = (make.registration(forum, name=name) for name in ("Alva", "Bo", "Cilla"))
    rows = {f"form-{number}-id": one.pk for number, one in enumerate((first, second, third))}
    ticks = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3, "_save": "Spara", "form-0-has_come": "on"}
    press(secretary_client, "forumregistration_changelist", **rows, **ticks)
    assert list(ForumRegistration.objects.filter(has_come=True)) == [first]
    wrong = ticks | {"form-2-has_come": "on"}
    assert "Bara den som har en plats kan prickas av." in press(secretary_client, "forumregistration_changelist", **rows, **wrong)
    html = press(secretary_client, "forumregistration_changelist", action="cancel", _selected_action=[second.pk])
    assert "1 är avanmäld." in html
    third.refresh_from_db()
    assert third.status == "registered"


def test_lists_cost_the_same_however_long(secretary_client: Client, forum: Forum, make: Any) -> None:
    Forum.objects.update(places=None)
    counted = []
    for _time in range(3):
        make.registration(forum, party=make.party())
        make.question(forum).take_up(by=make.user(), owner=make.party(), due_on=today())
        with CaptureQueriesContext(connection) as queries:
            shown(secretary_client, "forumregistration_changelist")
            shown(secretary_client, "forumquestion_changelist")
        counted.append(len(queries))
    assert counted[0] == counted[2]


@pytest.mark.parametrize("paper", [name_tags, attendance_list, certificates])
def test_papers_conform_and_are_the_same_all_day(forum: Forum, make: Any, tmp_path: Path, paper: Any) -> None:
    Forum.objects.update(places=None)
    names = ["Alva Å", "Bo-Göran von Långtnamnssonström", "å" * 120, "<b>& \u202e", *(f"Gäst {number}" for number in range(9))]
    for name in names:
        make.registration(forum, name=name, organisation="Föreningen för gemensam odling " * 4, dietary_needs="vegan", access_needs="ö" * 300)
    ForumRegistration.objects.update(has_come=True)
    made = paper(forum, today())
    assert paper(forum, today()) == made
    file = tmp_path / "paper.pdf"
    file.write_bytes(made)
    assert (pdf_rules.broken(file, "ua1"), pdf_rules.broken(file, "3a")) == ({}, {})
    text = " ".join(words(made))
    assert all(name in text for name in ("Alva Å", "Gäst 8"))


def test_papers_say_who_comes_and_nobody_else(forum: Forum, make: Any, secretary_client: Client) -> None:
    guest, absent, waiting = (make.registration(forum, name=name, dietary_needs="vegan") for name in ("Alva", "Bo", "Cilla"))
    absent.cancel()
    waiting.refresh_from_db()
    ForumRegistration.objects.filter(pk=guest.pk).update(has_come=True)
    (sheet,), (listed,), (certificate,) = (words(make_paper(forum, today())) for make_paper in (name_tags, attendance_list, certificates))
    assert [name in sheet for name in ("Alva", "Bo", "Cilla")] == [True, False, True]
    assert "2 anmälda." in listed
    assert "vegan" in listed
    assert ("Alva" in certificate, "Cilla" in certificate, "deltog i Dialogforum 2026" in certificate) == (True, False, True)
    response = secretary_client.get(reverse("admin:followup_forum_tags", args=[forum.pk]))
    assert (response["Content-Type"], response["Content-Disposition"]) == ("application/pdf", 'inline; filename="dialogforum-2026-namnskyltar.pdf"')


def test_a_question_is_moderated_taken_up_and_answered(secretary_client: Client, forum: Forum, make: Any) -> None:
    question, party = ForumQuestion.ask(forum, "När blir det av?"), make.affiliation(make.party("Kulturkontoret")).party
    assert "Frågan visas nu." in press(secretary_client, "forumquestion_step", question.pk, "show")
    html = press(secretary_client, "forumquestion_step", question.pk, "take_up", owner="", owner_words="", due_on="")
    assert "Välj en dag." in html
    assert "Välj en part, eller skriv vem annars som svarar." in html
    html = press(secretary_client, "forumquestion_step", question.pk, "take_up", owner=party.pk, owner_words="Någon", due_on="2027-03-31")
    assert "Inte båda." in html
    press(secretary_client, "forumquestion_step", question.pk, "take_up", owner=party.pk, owner_words="", due_on="2027-03-31")
    assert "Skriv svaret." in press(secretary_client, "forumquestion_step", question.pk, "answer", answer_text=" ")
    press(secretary_client, "forumquestion_step", question.pk, "answer", answer_text="Till våren.")
    question.refresh_from_db()
    assert (question.status, question.owner, question.answer_text, question.answered_on) == ("answered", party, "Till våren.", today())
    html = shown(secretary_client, "forumquestion_change", question.pk)
    for told in ("Frågan ställdes", "Frågan visas", "Kulturkontoret, 2027-03-31", "Till våren.", "Ändra svaret"):
        assert told in html


def test_the_ledger_is_filtered_the_way_the_office_asks(secretary_client: Client, forum: Forum, make: Any) -> None:
    by = make.user()
    waiting, late, done = (make.question(forum, text=text) for text in ("Väntar?", "Dröjer?", "Svarad?"))
    ForumQuestion.ask(forum, "Ny?")
    waiting.take_up(by=by, owner_words="Gruppen", due_on=today())
    late.take_up(by=by, owner_words="Gruppen", due_on=today() - timedelta(days=1))
    done.take_up(by=by, owner_words="Gruppen", due_on=today())
    done.answer("Ja.", by=by, day=today())
    for asked, found in {"nya": {"Ny?"}, "oppna": {"Väntar?", "Dröjer?"}, "sena": {"Dröjer?"}, "besvarade": {"Svarad?"}, "visas": set()}.items():
        html = shown(secretary_client, "forumquestion_changelist", query=f"?lage={asked}")
        assert {text for text in ("Ny?", "Väntar?", "Dröjer?", "Svarad?") if text in html} == found
    todo = unescape(secretary_client.get("/admin/").content.decode())
    assert "Frågor till forumet att läsa" in todo
    assert "Frågor från forumet vars svar dröjer" in todo


def test_many_are_shown_at_once_and_nothing_wrong_is_a_step(secretary_client: Client, forum: Forum, make: Any) -> None:
    first, second = ForumQuestion.ask(forum, "Ett?"), ForumQuestion.ask(forum, "Två?")
    html = press(secretary_client, "forumquestion_changelist", action="show", _selected_action=[first.pk, second.pk])
    assert "2 frågor ändrade." in html
    step = reverse("admin:followup_forumquestion_step", args=[first.pk, "answer"])
    assert secretary_client.get(step).status_code == 405
    assert "Läs om sidan" in secretary_client.post(step, {"answer_text": "Ja."}, follow=True).content.decode()
    for wrong in ("delete", "save", "_become"):
        assert secretary_client.post(reverse("admin:followup_forumquestion_step", args=[first.pk, wrong])).status_code == 404
    assert ForumQuestion.objects.get(pk=first.pk).status == "shown"


def test_who_may_only_look_changes_nothing(forum: Forum, make: Any, sign_in: Any) -> None:
    reader = make.user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_", content_type__app_label="followup"))
    question = ForumQuestion.ask(forum, "När?")
    client = sign_in(reader)
    assert client.post(reverse("admin:followup_forumquestion_step", args=[question.pk, "show"])).status_code == 403
    assert "Visa frågan" not in shown(client, "forumquestion_change", question.pk)
    assert ForumQuestion.objects.get().status == "new"
