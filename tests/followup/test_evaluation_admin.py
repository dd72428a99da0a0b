"""The secretary's part of an evaluation: planning, inviting, opening, moderating, making final, and the ledger."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from followup.models import Evaluation, EvaluationComment, Recommendation
from followup.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.conftest import browser

pytestmark = pytest.mark.django_db
OFFICE = "/admin/followup/evaluation/"


def page(client: Client, evaluation: Evaluation) -> str:
    """The evaluation's page in the admin."""
    return client.get(f"{OFFICE}{evaluation.pk}/change/").content.decode()


def test_next_evaluation_of_the_cycle_is_proposed(secretary_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup.admin.evaluations.today", lambda: date(2026, 11, 21))
    version = builders.version()
    form = secretary_client.get(f"{OFFICE}add/").content.decode()
    for name, value in (("year", 2028), ("from_year", 2025), ("to_year", 2028)):
        assert f'name="{name}" value="{value}"' in form
    told = {"year": 2028, "version": version.pk, "from_year": 2025, "to_year": 2028, "evaluator": "Granskarna"}
    assert secretary_client.post(f"{OFFICE}add/", told).status_code == 302
    assert (Evaluation.objects.get().year, Evaluation.objects.get().status) == (2028, "planned")


def test_period_in_the_wrong_order_is_told(secretary_client: Client) -> None:
    told = {"year": 2028, "version": builders.version().pk, "from_year": 2028, "to_year": 2025, "evaluator": "Granskarna"}
    assert "Perioden måste sluta samma år som den börjar eller senare" in secretary_client.post(f"{OFFICE}add/", told).content.decode()


def test_evaluator_is_invited_and_told_where_to_sign_in(secretary_client: Client) -> None:
    evaluation = builders.evaluation()
    response = secretary_client.post(f"{OFFICE}{evaluation.pk}/bjud-in/", {"email": "granskare@universitet.example.org"}, follow=True)
    assert "Inbjudan är på väg." in response.content.decode()
    deliver_mail()
    deliver_mail()
    (sent,) = mail.outbox
    assert sent.to == ["granskare@universitet.example.org"]
    assert "Logga in med adressen granskare@universitet.example.org." in sent.body
    assert "/mina-sidor/utvardering/2024/" in sent.body
    evaluator = evaluation.evaluators.get()
    assert browser(evaluator).get("/mina-sidor/utvardering/2024/").status_code == 200
    secretary_client.post(f"{OFFICE}{evaluation.pk}/utvarderare/{evaluator.pk}/ta-bort/")
    assert browser(evaluator).get("/mina-sidor/utvardering/2024/").status_code == 404


def test_wrong_address_is_told(secretary_client: Client, secretary: User) -> None:
    evaluation = builders.evaluation()
    assert "Skriv adressen så här" in secretary_client.post(f"{OFFICE}{evaluation.pk}/bjud-in/", {"email": "inte"}).content.decode()
    told = secretary_client.post(f"{OFFICE}{evaluation.pk}/bjud-in/", {"email": secretary.email}, follow=True).content.decode()
    assert "Adressen hör till någon på kansliet" in told
    assert evaluation.evaluators.count() == 0


def test_evaluation_is_started_opened_and_made_final(secretary_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = builders.evaluation(status="planned")
    secretary_client.post(f"{OFFICE}{evaluation.pk}/starta/")
    builders.recommendation(builders.finding(Evaluation.objects.get()))
    days = {"first": today().isoformat(), "last": (today() + timedelta(days=9)).isoformat()}
    wrong = secretary_client.post(f"{OFFICE}{evaluation.pk}/oppna/", {"first": days["last"], "last": days["first"]}).content.decode()
    assert "Skriv en dag som kommer efter den första." in wrong
    secretary_client.post(f"{OFFICE}{evaluation.pk}/oppna/", days)
    assert Evaluation.objects.get().comments_until == today() + timedelta(days=9)
    early = secretary_client.post(f"{OFFICE}{evaluation.pk}/slutlig/", follow=True).content.decode()
    assert "Tiden för synpunkter är inte slut än." in early
    monkeypatch.setattr("followup.admin.evaluations.today", lambda: today() + timedelta(days=10))
    assert "Gör utvärderingen slutlig" in page(secretary_client, evaluation)
    secretary_client.post(f"{OFFICE}{evaluation.pk}/slutlig/")
    assert Evaluation.objects.get().status == "final"


def test_comments_are_moderated_and_stand_in_the_list_of_what_to_do(secretary_client: Client) -> None:
    evaluation = builders.opened()
    comment = EvaluationComment.leave(evaluation, name="", text="Läs det här.", day=today())
    assert "Synpunkter på en utvärdering att läsa" in secretary_client.get("/admin/").content.decode()
    assert "Läs det här." in page(secretary_client, evaluation)
    for step, status in (("visa", "shown"), ("visa-inte", "held_back")):
        secretary_client.post(f"{OFFICE}{evaluation.pk}/synpunkter/{comment.pk}/{step}/")
        assert EvaluationComment.objects.get().status == status
    again = secretary_client.post(f"{OFFICE}{evaluation.pk}/synpunkter/{comment.pk}/visa-inte/", follow=True).content.decode()
    assert "har ändrats sedan sidan visades" in again
    assert "Synpunkter på en utvärdering att läsa" not in secretary_client.get("/admin/").content.decode()


def test_answer_and_done_are_written_in_the_ledger(secretary_client: Client) -> None:
    evaluation = builders.final()
    one = Recommendation.objects.get()
    ledger = f"{OFFICE}{evaluation.pk}/rekommendationer/{one.pk}/"
    early = secretary_client.post(f"{ledger}gjort/", {"text": "Klart.", "on": "2025-01-01"}, follow=True).content.decode()
    assert "Bara det som fått svaret Ja eller Delvis" in early
    future = secretary_client.post(f"{ledger}svar/", {"reply": "yes", "by_whom": "Nämnden", "on": "2999-01-01"}).content.decode()
    assert "Skriv en dag som har varit." in future
    secretary_client.post(f"{ledger}svar/", {"reply": "yes", "by_whom": "Nämnden, § 4", "text": "Ja.", "on": "2025-01-01"})
    secretary_client.post(f"{ledger}gjort/", {"text": "Klart.", "on": "2025-02-01"})
    assert "Gjort" in page(secretary_client, evaluation)
    secretary_client.post(f"{ledger}igen/", {"text": "Det höll inte.", "on": "2025-03-01"})
    assert [(line.kind, line.on.month) for line in one.ledger.all()] == [("answer", 1), ("done", 2), ("taken_up_again", 3)]
    assert secretary_client.get(f"{ledger}annat/").status_code == 404


def test_nothing_is_done_by_reading_and_by_others(secretary_client: Client, outsider_client: Client) -> None:
    evaluation = builders.evaluation(status="planned")
    for step in ("starta", "slutlig"):
        assert secretary_client.get(f"{OFFICE}{evaluation.pk}/{step}/").status_code == 405
        assert "login" in outsider_client.post(f"{OFFICE}{evaluation.pk}/{step}/")["Location"]
    reader: Any = builders.user(is_staff=True)
    assert browser(reader).post(f"{OFFICE}{evaluation.pk}/starta/").status_code == 403
    assert Evaluation.objects.get().status == "planned"
    assert secretary_client.get(f"{OFFICE}{evaluation.pk}/delete/").status_code == 403
