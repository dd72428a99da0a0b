"""Action plans and activities in the secretary's office."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from agreement.models import ActionPlan, Activity, ActivityContact, StatusRequest
from agreement.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.users import founding
from idekom.users.models import User
from tests import builders
from tests.agreement import planning
from tests.conftest import browser

pytestmark = pytest.mark.django_db
CHANGELIST = "admin:agreement_activity_changelist"
STEPS = ["publish", "finish", "resume", "cancel"]


@pytest.fixture
def office(db: None) -> Client:
    """The browser of somebody at the secretariat, with its rights and no more."""
    user = builders.user("sanna@example.org", name="Sanna", is_staff=True)
    user.groups.add(founding.load())
    return browser(user)


def url(activity: Activity, name: str, *more: object) -> str:
    return reverse(f"admin:agreement_activity_{name}", args=[activity.pk, *more])


def page(client: Client, activity: Activity) -> str:
    return client.get(url(activity, "change")).content.decode()


def fields(activity: Activity, **changes: Any) -> dict[str, Any]:
    """What the form of the activity sends."""
    contact = ActivityContact.objects.filter(activity__pk=activity.pk).first()
    of_contact: dict[str, Any] = {"name": "", "email": "", "language": "sv", "representative": ""}
    if contact:
        of_contact |= {"name": contact.name, "email": contact.email, "id": contact.pk, "activity": activity.pk}
    sent = {
        "plan": activity.plan_id, "title": activity.title, "how": activity.how, "party": activity.party_id or "", "who": activity.who,
        "starts_on": activity.starts_on or "", "due_on": activity.due_on or "", "financing": activity.financing,
        "contact-TOTAL_FORMS": 1, "contact-INITIAL_FORMS": 1 if contact else 0, "contact-MAX_NUM_FORMS": 1,
    }  # fmt: skip
    return sent | {f"contact-0-{name}": value for name, value in of_contact.items()} | changes


def test_a_plan_is_written_in_the_office(office: Client) -> None:
    sent = {"name": "Stadens plan", "slug": "stadens-plan", "side": "city", "period_0": "2026-01-01", "period_1": "2027-12-31", "text": ""}
    assert office.post(reverse("admin:agreement_actionplan_add"), sent).status_code == 302
    plan = ActionPlan.objects.get()
    assert (plan.name, plan.side, plan.from_on.year, plan.until_on and plan.until_on.year) == ("Stadens plan", "city", 2026, 2027)
    assert office.post(reverse("admin:agreement_actionplan_delete", args=[plan.pk]), {"post": "yes"}).status_code == 403


def test_an_activity_begins_in_the_office_as_a_draft(office: Client) -> None:
    commitment = builders.commitment()
    sent = fields(Activity(plan=planning.plan(), title="Öva samråd"), commitments=[commitment.pk])
    assert office.post(reverse("admin:agreement_activity_add"), sent).status_code == 302
    activity = Activity.objects.get()
    event = activity.events.get()
    assert (activity.slug, activity.status, list(activity.commitments.all())) == ("ova-samrad", "draft", [commitment])
    assert (event.action, event.actor and event.actor.email) == ("begin", "sanna@example.org")


def test_a_draft_says_what_is_missing_and_is_published_by_a_button(office: Client) -> None:
    activity = planning.draft()
    assert "Hur, ansvarig part, klart senast" in page(office, activity)
    told = office.post(url(activity, "step", "publish"), follow=True).content.decode()
    assert "Fyll i: hur, ansvarig part, klart senast." in told
    Activity.objects.filter(pk=activity.pk).update(how="Så.", party=builders.party(), due_on=today())
    office.post(url(activity, "step", "publish"))
    activity.refresh_from_db()
    assert activity.status == "published"


def test_the_steps_are_taken_by_post_alone(office: Client) -> None:
    activity = planning.activity()
    for verb, status in (("finish", "done"), ("resume", "published"), ("cancel", "cancelled")):
        office.post(url(activity, "step", verb))
        activity.refresh_from_db()
        assert activity.status == status
    told = office.post(url(activity, "step", "finish"), follow=True).content.decode()
    assert "ärendet har ändrats sedan sidan visades" in told
    assert office.post(url(activity, "step", "finns-inte")).status_code == 404
    for path in (*(url(activity, "step", verb) for verb in STEPS), *(url(activity, name) for name in ("tell", "ask", "renew", "revoke"))):
        assert office.get(path).status_code == 405


def test_a_published_activity_keeps_saying_how_who_and_when(office: Client) -> None:
    activity = planning.activity()
    html = office.post(url(activity, "change"), fields(activity, how="   ", due_on="")).content.decode()
    assert "Fyll i: hur, klart senast." in html
    activity.refresh_from_db()
    assert activity.how == "Vi träffas."


@pytest.mark.parametrize(
    "changes", [{"title": "x\x00y"}, {"how": "å" * 10000}, {"party": "-1"}, {"plan": "x"}, {"commitments": ["-1", "x"]}, {"due_on": "igår"}]
)
def test_odd_input_breaks_nothing(office: Client, changes: dict[str, Any]) -> None:
    activity = planning.activity()
    assert office.post(url(activity, "change"), fields(activity, **changes)).status_code in {200, 302}


def test_the_contact_is_kept_and_somebody_else_gets_another_link(office: Client) -> None:
    activity = planning.activity()
    token = planning.contact(activity).token
    office.post(url(activity, "change"), fields(activity, **{"contact-0-name": "Kim K"}))
    assert activity.__class__.objects.get().contact.token == token
    office.post(url(activity, "change"), fields(activity, **{"contact-0-email": "robin@example.org"}))
    contact = ActivityContact.objects.get()
    assert (contact.email, contact.token != token) == ("robin@example.org", True)


def test_a_contact_has_an_address_or_an_account_and_not_both(office: Client) -> None:
    acts = builders.representative()
    activity = planning.activity(party=acts.party)
    planning.contact(activity)
    html = office.post(url(activity, "change"), fields(activity, **{"contact-0-representative": acts.pk})).content.decode()
    assert "Skriv en e-postadress eller välj en företrädare, inte båda." in html


def test_only_those_who_act_for_the_party_can_be_its_contact(office: Client) -> None:
    acts, other = builders.representative(), builders.representative()
    activity = planning.activity(party=acts.party)
    planning.contact(activity)
    html = page(office, activity)
    assert f'value="{acts.pk}"' in html.split('id="id_contact-0-representative"')[1].split("</select>")[0]
    assert f'value="{other.pk}"' not in html.split('id="id_contact-0-representative"')[1].split("</select>")[0]


def test_the_link_is_sent_once_a_day_renewed_and_revoked(office: Client) -> None:
    activity = planning.activity()
    contact = planning.contact(activity)
    assert "Länken är på väg." in office.post(url(activity, "ask"), follow=True).content.decode()
    assert "Länken är redan skickad i dag." in office.post(url(activity, "ask"), follow=True).content.decode()
    deliver_mail()
    assert [message.to for message in mail.outbox] == [["kim@example.org"]]
    office.post(url(activity, "renew"))
    first, contact = contact.token, ActivityContact.objects.get()
    assert contact.token != first
    office.post(url(activity, "revoke"))
    assert ActivityContact.objects.get().is_revoked
    assert "Länken är indragen." in page(office, activity)
    assert "Det går inte att skicka någon länk." in office.post(url(activity, "ask"), follow=True).content.decode()
    assert StatusRequest.objects.count() == 1


def test_the_office_tells_and_hides(office: Client) -> None:
    activity = planning.activity()
    office.post(url(activity, "tell"), {"sentence": "De ringde och sa att det går bra.", "percent": "75"})
    update = activity.updates.get()
    assert (update.way, str(update.by), update.percent) == ("office", "Sanna", 75)
    assert "Skriv en mening" in office.post(url(activity, "tell"), {"sentence": ""}, follow=True).content.decode()
    office.post(url(activity, "hide", update.pk))
    update.refresh_from_db()
    assert update.hidden_at is not None
    assert "Dold" in page(office, activity)
    other = planning.told(planning.activity())
    assert office.post(url(activity, "hide", other.pk)).status_code == 404


def test_the_list_is_narrowed_by_what_was_told(office: Client) -> None:
    day, plan = today(), planning.plan()
    quiet = planning.activity(plan, title="Den tysta", published_on=day - timedelta(days=100))
    said = planning.activity(plan, title="Den klara")
    planning.told(said, percent=100)
    planning.contact(said)
    for query, shown, hidden in (
        ("tysta", "Den tysta", "Den klara"),
        ("klara", "Den klara", "Den tysta"),
        ("utan-kontakt", "Den tysta", "Den klara"),
    ):
        rows = office.get(reverse(CHANGELIST), {"lage": query}).content.decode().split('id="result_list"')[1]
        assert shown in rows
        assert hidden not in rows
    assert "Ingen ny uppgift på 100 dagar" in page(office, quiet)


def test_the_inbox_tells_of_silent_activities_and_of_those_said_to_be_done(office: Client) -> None:
    planning.activity(published_on=today() - timedelta(days=100))
    planning.told(planning.activity(), percent=100)
    html = office.get(reverse("admin:index")).content.decode()
    assert "Aktiviteter utan ny uppgift" in html
    assert "Aktiviteter som sägs vara klara" in html


def test_the_list_takes_as_many_queries_for_one_and_three(office: Client, django_assert_max_num_queries: Callable[..., Any]) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(30) as counted:
            office.get(reverse(CHANGELIST))
        return len(counted)

    plan, party = planning.plan(), builders.party()
    planning.activity(plan, party=party)
    queries()
    one = queries()
    for _number in range(2):
        planning.activity(plan, party=party)
    assert queries() == one


def test_who_may_only_look_changes_nothing(outsider_client: Client, client: Client, sign_in: Callable[..., Client]) -> None:
    reader = User.objects.create_user("laser@example.org", name="Läser", is_staff=True)
    activity = planning.activity()
    planning.contact(activity)
    for path in (url(activity, "step", "finish"), *(url(activity, name) for name in ("tell", "ask", "renew", "revoke"))):
        assert sign_in(reader).post(path).status_code == 403
        assert outsider_client.post(path).status_code == 302
        assert client.post(path).status_code == 302
    activity.refresh_from_db()
    assert (activity.status, StatusRequest.objects.count()) == ("published", 0)
