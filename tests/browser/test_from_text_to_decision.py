"""The agreement as something alive, in the browser and without scripts: a text is read in and compared, dots are put, a proposal is answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from agreement.models import Goal, RevisionRound, Version
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.agreement import wordings
from tests.browser.test_main_job import follow
from tests.council import balloting, proposing
from tests.council.sitting import sitting

pytestmark = pytest.mark.django_db(transaction=True)
NewPage = Callable[..., Page]


def read_in(page: Page) -> Version:
    """The secretary reads a text in as a new version, places what was not recognised, and fixes it."""
    page.goto("/admin/agreement/version/")
    follow(page.get_by_role("link", name="Läs in en text"))
    document = (wordings.WHOLE + wordings.STRAY).replace("invånarna engagerar sig", "alla gör sin röst hörd")
    page.get_by_label("Dokument").set_input_files({"name": "ny.md", "mimeType": "text/markdown", "buffer": document.encode()})
    page.get_by_label("Texten hör till").select_option(label="En ny version, som blir ett utkast")
    page.get_by_label("Den nya versionens namn").fill("Överenskommelsen på prov")
    follow(page.get_by_role("button", name="Läs in"))
    assert page.get_by_role("button", name="Fastställ texten").count() == 0
    stray = page.locator("tr", has_text="En mening som ingen känner.").or_(page.locator("tr", has_text="Något annat")).locator("select")
    for place in range(stray.count()):
        stray.nth(place).select_option(value="other")
    follow(page.get_by_role("button", name="Spara placeringen"))
    follow(page.get_by_role("button", name="Fastställ texten"))
    assert "Texten är fastställd" in page.content()
    return Version.objects.get(name="Överenskommelsen på prov")


def test_a_text_is_read_in_placed_fixed_and_compared(secretary: User, new_page: NewPage) -> None:
    old = builders.version()
    with builders.unfrozen():
        Goal.objects.create(version=old, number=1, text="Otydliga villkor.")
    new = read_in(new_page(secretary, scripts=False))
    assert (new.goals.count(), new.principles.count(), new.commitments.count()) == (2, 2, 2)
    RevisionRound.objects.create(version=new, opens_on=today(), closes_on=today() + timedelta(days=9))
    page = new_page(width=390, scripts=False)
    page.goto(reverse("agreement:compare", args=[old.slug, new.slug]))
    assert "hörd" in " ".join(page.locator("ins").all_inner_texts())
    assert "invånarna" in " ".join(page.locator("del").all_inner_texts())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(reverse("agreement:version", args=[new.slug]))
    assert "En mening som ingen känner." in page.content()


def test_dots_are_put_on_a_phone_and_told_of_after_the_close(new_page: NewPage) -> None:
    ballot = balloting.opened(title="Vad vi börjar med")
    voter, option = balloting.voters(ballot)[0], balloting.options(ballot)[0]
    page = new_page(width=390, scripts=False)
    page.goto(voter.get_absolute_url())
    page.get_by_label(option.title).fill("9")
    follow(page.get_by_role("button", name="Granska prickarna"))
    assert page.locator(".error-summary").count() == 1
    page.get_by_label(option.title).fill("3")
    follow(page.get_by_role("button", name="Granska prickarna"))
    follow(page.get_by_role("button", name="Lämna prickarna"))
    page.goto(ballot.get_absolute_url())
    assert page.locator("#resultat").count() == 0
    ballot.close(by=builders.user())
    page.goto(ballot.get_absolute_url())
    assert "3" in page.locator("tr:visible", has_text=option.title).first.inner_text()


def test_a_party_answers_a_proposal_and_is_bound(new_page: NewPage) -> None:
    party = builders.affiliation().party
    proposal = proposing.adopted("Öppna dörrar", here=sitting(city=1, civil_society=1))
    (row,) = proposing.addressed(party, of=proposal)
    bound = reverse("council:proposal_binding", args=[proposal.slug])
    page = new_page(proposing.administrator(row), width=390, scripts=False)
    page.goto(bound)
    assert "Ingen part är bunden den dagen." in page.content()
    page.goto(reverse("affiliation:own_proposal", args=[party.slug, proposal.slug]))
    page.get_by_label("Ja", exact=True).check()
    follow(page.get_by_role("button", name="Spara svaret"))
    assert page.locator(".error-summary").count() == 1
    page.get_by_label("Vilken dag beslutade ni?").fill(today().isoformat())
    page.get_by_label("Vem hos er beslutade?").fill("styrelsen")
    follow(page.get_by_role("button", name="Spara svaret"))
    page.goto(bound)
    assert party.name in page.locator("table", has_text="Gäller från").filter(has_text="Styrelsen").inner_text()
