"""Cases from one colleague to another."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import Application, ApplicationEvent
from affiliation.tasks import deliver_mail
from idekom.users.models import User
from tests.together import together

pytestmark = pytest.mark.django_db
PAGE = "admin:affiliation_application_hand_over"


@pytest.fixture
def hugo(make: Any) -> User:
    """A colleague."""
    user: User = make.user("hugo@example.org", name="Hugo", is_staff=True, is_superuser=True)
    return user


def cases(make: Any, number: int) -> list[Application]:
    """So many applications, whose mails have gone."""
    made = [make.application(name=f"Förening {n}") for n in range(number)]
    deliver_mail()
    mail.outbox.clear()
    return made


def test_forty_chosen_cases_are_one_mail_and_forty_events(make: Any, secretary: User, secretary_client: Client, hugo: User) -> None:
    made = cases(make, 40)
    action = {"action": "hand_over_selected", "_selected_action": [case.pk for case in made]}
    response = secretary_client.post(reverse("admin:affiliation_application_changelist"), action)
    assert "40 ärenden" in secretary_client.get(response.url).content.decode()  # type: ignore[attr-defined]
    text = secretary_client.post(response.url, {"handler": hugo.pk}, follow=True).content.decode()  # type: ignore[attr-defined]
    assert "40 ärenden är överlämnade till Hugo." in text
    assert Application.objects.filter(handler=hugo).count() == 40
    assert ApplicationEvent.objects.filter(action="assign", actor=secretary, note="Hugo").count() == 40
    deliver_mail()
    deliver_mail()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["hugo@example.org"], "40 ärenden är överlämnade till dig")
    assert [case.number for case in made if str(case.number) not in message.body] == []
    assert ApplicationEvent.objects.filter(notified_at=None).count() == 0


def test_two_hand_overs_are_two_mails(make: Any, secretary: User, hugo: User) -> None:
    made = cases(make, 4)
    for half in (made[:2], made[2:]):
        Application.objects.filter(pk__in=[case.pk for case in half]).hand_over(hugo, by=secretary)
    deliver_mail()
    assert [message.subject for message in mail.outbox] == ["2 ärenden är överlämnade till dig"] * 2


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_one_mail(make: Any, secretary: User, hugo: User) -> None:
    cases(make, 6)
    Application.objects.all().hand_over(hugo, by=secretary)
    together(4, lambda _which: deliver_mail())
    deliver_mail()
    assert [message.subject for message in mail.outbox] == ["6 ärenden är överlämnade till dig"]


@pytest.mark.django_db(transaction=True)
def test_control_without_a_common_moment_each_case_is_a_mail(make: Any, secretary: User, hugo: User) -> None:
    cases(make, 6)
    Application.objects.all().hand_over(hugo, by=secretary)
    for number, event in enumerate(ApplicationEvent.objects.filter(action="assign")):
        ApplicationEvent.objects.filter(pk=event.pk).update(at=event.at + timedelta(seconds=number))
    together(4, lambda _which: deliver_mail())
    deliver_mail()
    assert len(mail.outbox) == 6


def test_what_was_passed_on_before_the_mail_is_not_told(make: Any, secretary: User, hugo: User) -> None:
    first, second = cases(make, 2)
    Application.objects.all().hand_over(hugo, by=secretary)
    first.refresh_from_db()
    first.assign(secretary, by=secretary)
    deliver_mail()
    (message,) = mail.outbox
    assert (str(first.number) in message.body, str(second.number) in message.body) == (False, True)


def test_everything_of_a_colleague_at_once(make: Any, secretary: User, secretary_client: Client, hugo: User) -> None:
    made = cases(make, 3)
    Application.objects.all().hand_over(hugo, by=secretary)
    made[2].refresh_from_db()
    made[2].withdraw()
    page = secretary_client.get(reverse(PAGE)).content.decode()
    assert (f"?fran={hugo.pk}" in page, '<span class="todo__count">2</span>' in page) == (True, True)
    hugo.is_active = False
    hugo.save()
    assert f"?fran={hugo.pk}" in secretary_client.get(reverse(PAGE)).content.decode()  # who has stopped leaves cases behind
    text = secretary_client.post(f"{reverse(PAGE)}?fran={hugo.pk}", {"handler": secretary.pk}, follow=True).content.decode()
    assert "2 ärenden är överlämnade till Kansliet." in text
    assert sorted(Application.objects.filter(handler=secretary).values_list("pk", flat=True)) == [made[0].pk, made[1].pk]


@pytest.mark.parametrize("query", ["?fran=x", "?fran=-1", f"?fran={'9' * 30}", "?ids=x,-1,1e4", f"?ids={'9' * 30}", "?ids=%00"])
def test_forged_addresses_hand_over_nothing(make: Any, secretary: User, secretary_client: Client, query: str) -> None:
    cases(make, 1)
    secretary_client.post(reverse(PAGE) + query, {"handler": secretary.pk})
    assert Application.objects.get().handler is None


def test_drafts_are_never_handed_over(make: Any, secretary: User, secretary_client: Client) -> None:
    draft = make.draft()
    secretary_client.post(f"{reverse(PAGE)}?ids={draft.pk}", {"handler": secretary.pk})
    assert Application.objects.all().hand_over(secretary, by=secretary) == 0
    draft.refresh_from_db()
    assert draft.handler is None


def test_a_colleague_must_be_chosen(make: Any, secretary_client: Client) -> None:
    (case,) = cases(make, 1)
    for who in ("", str(make.user().pk)):
        text = secretary_client.post(f"{reverse(PAGE)}?ids={case.pk}", {"handler": who}).content.decode()
        assert ("Välj en kollega." in text) or ("Välj en av kollegorna i listan." in text)


def test_only_those_with_the_right_hand_over(make: Any, client: Client, outsider_client: Client, sign_in: Any, secretary: User) -> None:
    (case,) = cases(make, 1)
    for browser, status in ((client, 302), (outsider_client, 302), (sign_in(make.user(is_staff=True)), 403)):
        assert browser.post(f"{reverse(PAGE)}?ids={case.pk}", {"handler": secretary.pk}).status_code == status
    case.refresh_from_db()
    assert case.handler is None
