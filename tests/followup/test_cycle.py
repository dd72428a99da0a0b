"""The four-year cycle: its years, its ring, and the notice a year before, made once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from followup.models import CYCLE, EvaluationNotice
from followup.ring import ring, turns
from followup.tasks import deliver_mail, remind
from tests import builders
from tests.together import together


def test_cycle_is_every_fourth_year_from_2016() -> None:
    assert CYCLE.years(2030) == [2016, 2020, 2024, 2028]
    assert [CYCLE.period(year) for year in (2016, 2020, 2028)] == [(2012, 2016), (2017, 2020), (2025, 2028)]


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2012, 9, 4), 2016), (date(2016, 12, 31), 2016), (date(2017, 1, 1), 2020), (date(2026, 11, 21), 2028), (date(2028, 6, 1), 2028)],
)
def test_next_year_of_evaluation(day: date, year: int) -> None:
    assert CYCLE.next_year(day) == year


@pytest.mark.django_db
def test_notice_is_made_once_over_eight_years_of_days() -> None:
    made = []
    day = date(2025, 1, 1)
    while day < date(2033, 1, 1):
        if EvaluationNotice.objects.make(day):
            made.append(day)
        day += timedelta(days=1)
    assert made == [date(2027, 1, 1), date(2031, 1, 1)]
    assert list(EvaluationNotice.objects.values_list("year", flat=True)) == [2028, 2032]


@pytest.mark.django_db
def test_notice_comes_late_rather_than_never() -> None:
    assert EvaluationNotice.objects.make(date(2027, 8, 13)) == 1
    assert EvaluationNotice.objects.make(date(2027, 8, 14)) == 0


@pytest.mark.django_db
def test_notice_is_mailed_to_the_secretariat_once() -> None:
    EvaluationNotice.objects.make(date(2027, 1, 1))
    deliver_mail()
    deliver_mail()
    (sent,) = mail.outbox
    assert sent.to == ["idekom@example.org"]
    assert sent.subject == "Om ett år börjar utvärderingen 2028"
    assert "Den 1 januari 2028 börjar utvärderingsåret 2028. Utvärderingen ser på åren 2025–2028." in sent.body
    assert "/admin/followup/evaluation/" in sent.body


@pytest.mark.django_db
def test_task_is_safe_to_repeat() -> None:
    remind()
    remind()
    assert EvaluationNotice.objects.count() <= 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_notice() -> None:
    came = together(2, lambda _which: EvaluationNotice.objects.make(date(2027, 1, 1)))
    assert [one for one in came if isinstance(one, Exception)] == []
    assert EvaluationNotice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_without_the_guard_stumble() -> None:
    """The control: the same without `ignore_conflicts`."""
    came = together(2, lambda _which: EvaluationNotice.objects.create(year=2028))
    assert [type(one) for one in came if isinstance(one, Exception)] == [IntegrityError]


def test_ring_begins_after_the_last_evaluation_and_ends_with_the_next() -> None:
    picture = ring(date(2026, 11, 21))
    assert [(year.year, year.is_evaluated) for year in picture.years] == [(2025, False), (2026, False), (2027, False), (2028, True)]
    assert picture.hand[1] > picture.middle  # near half way round: below the middle
    assert not picture.is_announced
    assert ring(date(2027, 1, 1)).is_announced
    assert ring(date(2028, 1, 1)).has_begun


@pytest.mark.django_db
def test_turns_are_the_cycle_and_what_was_made_besides() -> None:
    extra = builders.evaluation(2026, from_year=2025)
    found = turns(date(2026, 11, 21), [extra])
    assert [(turn.year, turn.from_year, turn.evaluation, turn.is_coming) for turn in found] == [
        (2016, 2012, None, False),
        (2020, 2017, None, False),
        (2024, 2021, None, False),
        (2026, 2025, extra, False),
        (2028, 2025, None, True),
    ]


@pytest.mark.django_db
def test_page_tells_the_cycle_in_words_picture_and_table(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup.views.evaluation.today", lambda: date(2026, 11, 21))
    page = client.get("/utvardering/").content.decode()
    assert "Nästa utvärdering börjar den 1 januari 2028 och ser på åren 2025–2028." in page
    assert '<title id="ring-titel">Åren fram till utvärderingen 2028</title>' in page
    assert "2028: utvärderingsår." in page
    assert page.count("Finns inte på portalen") == 3
    assert "Om mindre än ett år" not in page
    monkeypatch.setattr("followup.views.evaluation.today", lambda: date(2027, 2, 1))
    assert "Om mindre än ett år är det dags för nästa utvärdering" in client.get("/utvardering/").content.decode()
