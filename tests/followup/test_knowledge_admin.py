"""The office's side of examples and newsletters: chosen, published and sent by staff alone, and never by looking."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agreement.models import Representative
from followup.gathering import Month
from followup.models import Example, Newsletter, NewsletterCopy
from idekom.lib.dated import today
from tests import builders
from tests.followup import knowing

pytestmark = pytest.mark.django_db
CHOOSE = "admin:followup_example_choose"


def step(model: str, row: Any, verb: str) -> str:
    return reverse(f"admin:followup_{model}_step", args=[row.pk, verb])


def test_the_secretary_chooses_an_answer_and_gives_it_a_headline(secretary_client: Client) -> None:
    answer = knowing.published()
    assert "Vi började med fika." in secretary_client.get(reverse(CHOOSE)).text
    told = secretary_client.post(reverse(CHOOSE), {"answer": answer.pk, "headline": " "}, follow=True).text
    assert "Skriv en rubrik till exemplet." in told
    for wrong in ("", "-1", "\x00", "9" * 40, "²", str(answer.pk + 999)):
        assert "Svaret går inte längre att välja" in secretary_client.post(reverse(CHOOSE), {"answer": wrong, "headline": "X"}).text
    assert Example.objects.count() == 0
    page = secretary_client.post(reverse(CHOOSE), {"answer": answer.pk, "headline": "Börja med fika"}, follow=True)
    made = Example.objects.get()
    assert page.redirect_chain[-1][0] == reverse("admin:followup_example_change", args=[made.pk])
    assert "Publicera</button>" in page.text
    assert "Inga fler svar att välja bland" in secretary_client.get(reverse(CHOOSE)).text


def test_steps_are_taken_by_buttons_and_what_is_not_possible_is_told(secretary_client: Client) -> None:
    example = knowing.example(shown=False)
    assert "Exemplet visas nu." in secretary_client.post(step("example", example, "publish"), follow=True).text
    assert "Det går inte längre" in secretary_client.post(step("example", example, "publish"), follow=True).text
    person = builders.representative(example.report.party, builders.user(name="Kim"), role=Representative.Role.REPORTER)
    assert "Välj vem vi ska fråga." in secretary_client.post(step("example", example, "ask_for_contact"), follow=True).text
    asked = {"representative": person.pk}
    assert "Frågan är på väg." in secretary_client.post(step("example", example, "ask_for_contact"), asked, follow=True).text
    stranger = {"representative": builders.representative().pk}
    assert "Välj någon som företräder parten." in secretary_client.post(step("example", example, "ask_for_contact"), stranger, follow=True).text
    example.report.reopen(by=builders.user())
    assert "Visas inte: rapporten är öppen igen" in secretary_client.get(reverse("admin:followup_example_change", args=[example.pk])).text
    assert "Publicerade exempel som inte längre visas" in secretary_client.get(reverse("admin:index")).text
    assert example.headline in secretary_client.get(reverse("admin:followup_example_changelist") + "?lage=fallna").text
    assert "Exemplet visas inte längre." in secretary_client.post(step("example", example, "take_back"), follow=True).text
    assert secretary_client.post(step("example", example, "delete")).status_code == 404


def test_a_newsletter_is_drafted_mended_looked_at_published_and_sent(secretary_client: Client) -> None:
    knowing.follower(wishes=("parties",))
    month = Month(today()).before
    builders.affiliation(builders.party("Bryggan"), from_on=month)
    page = secretary_client.post(reverse("admin:followup_newsletter_draft"), {"month": f"{month:%Y-%m}"}, follow=True)
    made = Newsletter.objects.get()
    assert "Bryggan" in page.text
    parts = list(made.sections.order_by("pk"))
    sent: dict[str, Any] = {
        "introduction_sv": "Hej.",
        "introduction_en": "",
        "sections-TOTAL_FORMS": len(parts),
        "sections-INITIAL_FORMS": len(parts),
    }
    for number, part in enumerate(parts):
        words = "- Bryggan är ny" if part.category == "parties" else ""
        sent |= {
            f"sections-{number}-{name}": value for name, value in (("id", part.pk), ("newsletter", made.pk), ("text_sv", words), ("text_en", ""))
        }
    secretary_client.post(reverse("admin:followup_newsletter_change", args=[made.pk]), sent)
    preview = reverse("admin:followup_newsletter_preview", args=[made.pk])
    shown = secretary_client.get(preview).text
    assert ["Bryggan är ny" in shown, "Skicka till" in shown, "Publicera på webben" in shown] == [True, False, True]
    assert "Ingen har fått mejl än." in secretary_client.post(step("newsletter", made, "publish"), follow=True).text
    assert (NewsletterCopy.objects.count(), "Skicka till 1 följare" in secretary_client.get(preview).text) == (0, True)
    assert "1 mejl är på väg." in secretary_client.post(step("newsletter", made, "send"), follow=True).text
    assert "Det går inte längre" in secretary_client.post(step("newsletter", made, "send"), follow=True).text
    assert NewsletterCopy.objects.count() == 1
    read = secretary_client.get(reverse("admin:followup_newsletter_change", args=[made.pk])).text
    assert "<textarea" not in read


@pytest.mark.parametrize("typed", ["", "2020-01", "\x00", "9999-99", "å" * 5000])
def test_a_draft_is_of_this_month_or_the_last(secretary_client: Client, typed: str) -> None:
    told = secretary_client.post(reverse("admin:followup_newsletter_draft"), {"month": typed}, follow=True).text
    assert "Välj den här månaden eller den förra." in told
    assert Newsletter.objects.count() == 0


def test_nobody_else_takes_a_step_and_looking_changes_nothing(secretary_client: Client, outsider_client: Client) -> None:
    example, newsletter = knowing.example(shown=False), knowing.newsletter()
    addresses = [step("example", example, "publish"), step("newsletter", newsletter, "send"), reverse("admin:followup_newsletter_draft")]
    for address in addresses:
        outsider_client.post(address, {"month": f"{today():%Y-%m}"})
        assert secretary_client.get(address).status_code == 405
    outsider_client.post(reverse(CHOOSE), {"answer": "1", "headline": "X"})
    assert (Example.objects.get().status, Newsletter.objects.get().status, NewsletterCopy.objects.count()) == ("draft", "published", 0)
