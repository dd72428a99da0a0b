"""What has been in force never changes, in any part and by any way: objects, bulk updates, forms, raw SQL."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from agreement.models import Commitment, CommitmentTag, Goal, NotThatDay, Principle, Version
from idekom.lib.history import WrongStatus
from tests.together import together

MODELS: list[Any] = [Version, Goal, Principle, Commitment, CommitmentTag]


def everything() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@pytest.fixture
def draft(founded: Version) -> Version:
    version = Version.objects.create(slug="2027", name="Nästa", vision="En stad.", aim="Mer.")
    Principle.objects.create(version=version, number=1, slug="dialog", name="Dialog", short_name="Dialog", text="…")
    Commitment.objects.create(version=version, number=1, slug="ett", title="Ett", summary="Ett.", text="Ett.", owner="both")
    return version


IN_FORCE = "(SELECT id FROM agreement_version WHERE status = 'in_force')"
SQL = [
    *(
        "UPDATE agreement_version SET COLUMN = 'annat' WHERE status <> 'draft'".replace("COLUMN", column)
        for column in ("slug", "name_sv", "summary_sv", "vision_sv")
    ),
    *(
        "UPDATE agreement_version SET COLUMN = '2020-02-02' WHERE status <> 'draft'".replace("COLUMN", column)
        for column in ("adopted_on", "in_force_on", "ended_on")
    ),
    "UPDATE agreement_version SET in_force_on = NULL WHERE status = 'superseded'",
    "UPDATE agreement_version SET status = 'draft' WHERE status = 'in_force'",
    "UPDATE agreement_version SET status = 'in_force' WHERE status = 'superseded'",
    "DELETE FROM agreement_version WHERE status = 'superseded'",
    "INSERT INTO agreement_goal (version_id, number, text, text_sv) VALUES (IN_FORCE, 9, 'Nytt.', 'Nytt.')",
    "INSERT INTO agreement_principle (version_id, number, slug, name, short_name, text) VALUES (IN_FORCE, 9, 'ny', 'Ny', 'Ny', '…')",
    "INSERT INTO agreement_commitment (version_id, number, slug, title, summary, text, owner)"
    " VALUES (IN_FORCE, 99, 'nytt', 'Nytt', 'Nytt.', 'Nytt.', 'both')",
    "UPDATE agreement_goal SET number = number + 10 WHERE version_id = IN_FORCE",
    "UPDATE agreement_principle SET short_name_sv = 'X' WHERE version_id = IN_FORCE",
    "UPDATE agreement_commitment SET owner = 'city' WHERE version_id = IN_FORCE",
    "UPDATE agreement_commitment SET version_id = IN_FORCE, number = 88 WHERE slug = 'ett'",
    "UPDATE agreement_commitment SET version_id = (SELECT id FROM agreement_version WHERE slug = '2027'), number = number + 50, slug = slug || '-x' WHERE version_id = IN_FORCE",  # noqa: E501
    "DELETE FROM agreement_goal WHERE version_id = IN_FORCE",
    "DELETE FROM agreement_commitment_principles",
    "INSERT INTO agreement_commitment_principles (commitment_id, principle_id) SELECT c.id, p.id FROM agreement_commitment c,"
    " agreement_principle p WHERE c.number = 1 AND p.number = 1 AND c.version_id = p.version_id AND c.version_id = IN_FORCE",
    "UPDATE agreement_commitment_principles SET principle_id = (SELECT id FROM agreement_principle ORDER BY id LIMIT 1) WHERE id ="
    " (SELECT max(id) FROM agreement_commitment_principles)",
]


@pytest.mark.parametrize("sql", SQL)
def test_raw_sql_cannot_change_what_is_in_force(draft: Version, sql: str) -> None:
    before = everything()
    refused = "never changes|Cannot update rows|Cannot delete rows|Invalid transition"
    with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.replace("IN_FORCE", IN_FORCE))
    assert everything() == before


def test_objects_and_bulk_updates_cannot_change_what_is_in_force(founded: Version, draft: Version) -> None:
    before = everything()
    commitment, principle = founded.commitments.all()[0], founded.principles.all()[0]
    steps: list[Callable[[], object]] = [
        lambda: commitment.principles.add(principle),
        commitment.principles.clear,
        lambda: principle.commitments.add(commitment),
        lambda: Commitment.objects.bulk_update([Commitment(pk=commitment.pk, owner="both")], ["owner"]),
        lambda: Goal.objects.bulk_create([Goal(version=founded, number=9, text="Nytt.")]),
        lambda: Principle.objects.filter(version=founded).update(short_name="X"),
        lambda: Version.objects.filter(pk=founded.pk).update(name="X"),
        founded.delete,
        lambda: draft.commitments.update(version=founded, number=77),
    ]
    for step in steps:
        with pytest.raises(DatabaseError), transaction.atomic():
            step()
    assert everything() == before


def test_the_english_texts_may_be_mended(founded: Version) -> None:
    """They are a translation: it is the Swedish text that was adopted and signed."""
    assert Version.objects.filter(pk=founded.pk).update(**{"vision_en": "Better."}) == 1
    for model in (Goal, Principle, Commitment):
        rows: Any = model
        assert rows.objects.filter(version=founded).update(**{"text_en": "Better."}) > 2


def test_everything_of_a_draft_may_change(draft: Version) -> None:
    commitment = draft.commitments.get()
    commitment.principles.set(draft.principles.all())
    commitment.principles.clear()
    assert draft.commitments.update(owner="city", number=5) == 1
    assert commitment.delete()[0] == 1
    draft.principles.all().delete()
    assert Version.objects.filter(pk=draft.pk).update(slug="2028", name="Annat", adopted_on=date(2026, 1, 1)) == 1
    assert draft.delete()[0] == 1


def test_parts_stay_in_their_version_and_are_tied_only_there(draft: Version) -> None:
    other = Version.objects.create(slug="2031", name="Nästnästa", vision="En stad.", aim="Mer.")
    theirs = Principle.objects.create(version=other, number=1, slug="dialog", name="Dialog", short_name="Dialog", text="…")
    with pytest.raises(DatabaseError, match="its own version"), transaction.atomic():
        draft.commitments.get().principles.add(theirs)
    for rows in (draft.commitments, draft.principles):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows.update(version=other, number=7, slug="flyttad")
    assert (draft.commitments.count(), draft.principles.count()) == (1, 1)


def test_entering_into_force_writes_who_and_when_for_both_versions(founded: Version, draft: Version, make: Any) -> None:
    by = make.user()
    draft.put_in_force(date(2027, 1, 1), by=by)
    assert [(event.action, event.actor) for event in draft.events.all()] == [("put_in_force", by)]
    assert [(event.action, event.actor) for event in founded.events.all()] == [("put_in_force", None), ("supersede", by)]


@pytest.mark.parametrize("days", [0, -1, -3_000])
def test_a_version_cannot_enter_into_force_before_the_one_that_it_replaces(founded: Version, draft: Version, days: int) -> None:
    assert founded.in_force_on
    with pytest.raises(NotThatDay, match="9 juni 2017"):
        draft.put_in_force(founded.in_force_on + timedelta(days=days))
    founded.refresh_from_db()
    assert (founded.status, founded.ended_on, Version.objects.get(pk=draft.pk).status) == ("in_force", None, "draft")


@pytest.mark.django_db(transaction=True)
def test_of_ten_presses_one_puts_the_version_in_force(founded: Version, draft: Version) -> None:
    results = together(10, lambda which: Version.objects.get(pk=draft.pk).put_in_force(date(2027, 1, 1 + which)))
    assert len([result for result in results if result is None]) == 1
    assert all(isinstance(result, WrongStatus | NotThatDay) for result in results if result is not None)
    assert Version.objects.filter(status="in_force").count() == draft.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_while_a_version_enters_into_force_is_refused(founded: Version, draft: Version) -> None:
    """The goal waits for the version, and finds it in force."""

    def hand(which: int) -> object:
        if which == 0:
            with transaction.atomic():
                Version.objects.get(pk=draft.pk).put_in_force(date(2027, 1, 1))
                connection.cursor().execute("SELECT pg_sleep(0.6)")
            return "in force"
        connection.cursor().execute("SELECT pg_sleep(0.2)")
        return Goal.objects.create(version_id=draft.pk, number=1, text="För sent.")

    results = together(2, hand)
    assert results[0] == "in force"
    assert isinstance(results[1], DatabaseError)
    assert not draft.goals.exists()


def test_the_step_shows_what_happens_and_then_does_it(founded: Version, draft: Version, secretary_client: Client) -> None:
    step = reverse("admin:agreement_version_put_in_force", args=[draft.pk])
    assert "Se vad som händer" in secretary_client.get(step).text
    checked = secretary_client.post(step, {"on": "2026-12-01"}).text
    assert "Nästa gäller från och med den 1 december 2026." in checked
    assert f"{founded.name} slutar gälla samma dag, den 1 december 2026." in checked
    assert "0 delmål, 1 principer och 1 åtaganden" in checked
    assert Version.objects.get(pk=draft.pk).status == "draft"
    again = secretary_client.post(step, {"on": "2026-12-01", "again": "ja"}).text
    assert ("Se vad som händer" in again, 'value="2026-12-01"' in again) == (True, True)
    done = secretary_client.post(step, {"on": "2026-12-01", "confirmed": "ja"}, follow=True)
    assert "Texten kan inte ändras längre" in done.text
    draft.refresh_from_db()
    assert (draft.status, draft.in_force_on, draft.events.get().actor_id) == (
        "in_force",
        date(2026, 12, 1),
        int(secretary_client.session["_auth_user_id"]),
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2016-01-01", "efter den 9 juni 2017"),
        ("2099-01-01", "mer än ett år fram"),
        ("0001-01-01", "långt tillbaka"),
        ("snart", "år-månad-dag"),
        ("", "Välj en dag"),
    ],
)
def test_a_wrong_day_is_told(draft: Version, secretary_client: Client, day: str, told: str) -> None:
    step = reverse("admin:agreement_version_put_in_force", args=[draft.pk])
    assert told in secretary_client.post(step, {"on": day, "confirmed": "ja"}).text
    assert Version.objects.get(pk=draft.pk).status == "draft"


def test_a_version_that_is_no_draft_is_told_so(founded: Version, secretary_client: Client) -> None:
    step = reverse("admin:agreement_version_put_in_force", args=[founded.pk])
    assert "har redan trätt i kraft" in secretary_client.get(step).text
    assert "har ändrats sedan sidan visades" in secretary_client.post(step, {"on": "2026-12-01", "confirmed": "ja"}).text


def test_the_step_is_for_the_secretariat(draft: Version, outsider_client: Client, client: Client) -> None:
    step = reverse("admin:agreement_version_put_in_force", args=[draft.pk])
    assert [one.post(step, {"on": "2026-12-01", "confirmed": "ja"}).status_code for one in (outsider_client, client)] == [302, 302]
    assert Version.objects.get(pk=draft.pk).status == "draft"
