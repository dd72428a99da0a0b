"""The one door, the events and the outbox."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from affiliation.models import Application, ApplicationEvent
from idekom.celery import app
from idekom.lib.history import WrongStatus, deliver, ring
from idekom.users.models import User

pytestmark = pytest.mark.django_db


def test_become_moves_the_row_and_writes_one_event(make: Any, secretary: User) -> None:
    case = make.application()
    case.start_review(by=secretary)
    case.refresh_from_db()
    assert case.status == "under_review"
    assert [(event.action, event.actor) for event in case.events.all()] == [("submit", None), ("start_review", secretary)]


def test_become_refuses_from_the_wrong_status(make: Any, secretary: User) -> None:
    case = make.draft()
    with pytest.raises(WrongStatus):
        case.start_review(by=secretary)
    assert case.events.count() == 0


def test_become_refuses_when_somebody_was_first(make: Any, secretary: User) -> None:
    case = make.application()
    seen_earlier = Application.objects.get(pk=case.pk)
    case.withdraw()
    with pytest.raises(WrongStatus):
        seen_earlier.start_review(by=secretary)
    case.refresh_from_db()
    assert (case.status, case.events.count()) == ("withdrawn", 2)


def test_database_refuses_an_illegal_move_by_raw_sql(make: Any) -> None:
    case = make.draft()
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE affiliation_application SET status = 'approved' WHERE id = %s", [case.pk])
    case.refresh_from_db()
    assert case.status == "draft"


def test_deliver_tells_each_event_once(make: Any) -> None:
    make.application()
    make.application(name="Den andra")
    told: list[str] = []
    assert deliver(ApplicationEvent.objects, lambda event: told.append(event.subject.name)) == 2
    assert deliver(ApplicationEvent.objects, lambda event: told.append("again")) == 0
    assert told == ["Föreningen Provet", "Den andra"]


def test_deliver_waits_after_a_failure_and_goes_on_with_the_others(make: Any) -> None:
    first = make.application().events.get()
    make.application(name="Den andra")
    told: list[int] = []

    def broken_for_the_first(event: ApplicationEvent) -> None:
        if event.pk == first.pk and not first.attempts:
            raise OSError("no mail server")
        told.append(event.pk)

    now = timezone.now()
    assert deliver(ApplicationEvent.objects, broken_for_the_first, now=now) == 1
    first.refresh_from_db()
    assert (first.attempts, first.notified_at, first.retry_at) == (1, None, now + timedelta(minutes=1))
    assert deliver(ApplicationEvent.objects, broken_for_the_first, now=now + timedelta(seconds=59)) == 0
    assert deliver(ApplicationEvent.objects, broken_for_the_first, now=now + timedelta(seconds=61)) == 1
    assert told[-1] == first.pk


@pytest.mark.django_db(transaction=True)
def test_deliver_by_many_at_once_tells_each_event_once(make: Any) -> None:
    for number in range(12):
        make.application(name=f"Nummer {number}")
    told: list[int] = []

    def work(_worker: int) -> int:
        try:
            return deliver(ApplicationEvent.objects, lambda event: told.append(event.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(work, range(6)))
    assert sum(counts) == 12
    assert sorted(told) == sorted(ApplicationEvent.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_ring_survives_a_queue_that_is_down(make: Any, settings: Any) -> None:
    deaf = Celery("deaf", broker="redis+socket:///nowhere.sock", set_as_current=False)
    deaf.conf.update(task_publish_retry=app.conf.task_publish_retry, broker_transport_options=app.conf.broker_transport_options)
    deaf.set_current()
    try:
        with transaction.atomic():
            ring("affiliation.deliver_mail")
            case = make.application()
    finally:
        app.set_current()
    assert Application.objects.get(pk=case.pk).status == "submitted"
