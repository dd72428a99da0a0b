"""Before the close nothing tells how it goes: every surface says the same, byte by byte, whoever leads; and no ballot's code is anywhere."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import Election, ElectionEvent, ElectionNotice
from affiliation.tasks import deliver_mail
from tests.affiliation import electing

pytestmark = pytest.mark.django_db
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w=]+')


def pages(election: Election, secretary: Client, voter: Client) -> dict[str, tuple[Client, str]]:
    """Every surface on which an election shows."""
    own = reverse("affiliation:own_election", args=[election.slug])
    base = "admin:affiliation_election"
    addresses = {
        "list": (Client(), reverse("affiliation:elections")),
        "page": (Client(), reverse("affiliation:election", args=[election.slug])),
        "english": (Client(), "/en" + reverse("affiliation:election", args=[election.slug])),
        "protocol": (Client(), reverse("affiliation:election_protocol", args=[election.slug])),
        "pdf": (Client(), reverse("affiliation:election_protocol_pdf", args=[election.slug])),
        "own": (voter, own),
        "my pages": (voter, reverse("my_pages")),
        "to do": (secretary, reverse("admin:index")),
        "admin list": (secretary, reverse(f"{base}_changelist")),
        "admin page": (secretary, reverse(f"{base}_change", args=[election.pk])),
        "admin history": (secretary, reverse(f"{base}_history", args=[election.pk])),
        "admin settle": (secretary, reverse(f"{base}_settle", args=[election.pk])),
        "register csv": (Client(), reverse("affiliation:register_csv")),
        "register json": (Client(), reverse("affiliation:register_json")),
        "open data": (Client(), reverse("open_data")),
    }
    return addresses | {f"lot {votes}": (secretary, reverse(f"{base}_lot", args=[election.pk, votes])) for votes in range(4)}


def surfaces(here: electing.Opened, secretary: Client, voter: Client) -> dict[str, str]:
    """What all of them say."""
    found = pages(here.election, secretary, voter)
    return {name: CHANGING.sub("", client.get(path, follow=True).content.decode("utf-8", "replace")) for name, (client, path) in found.items()}


@pytest.fixture
def look(make: Any, secretary_client: Client, sign_in: Any) -> Callable[[electing.Opened], dict[str, str]]:
    def looked(here: electing.Opened) -> dict[str, str]:
        voter = sign_in(make.representative(here.rolls[0].party).user)
        return surfaces(here, secretary_client, voter)

    return looked


def plain(text: str, here: electing.Opened) -> str:
    """The text with what is another in each election by its nature – numbers, names, addresses – made the same."""
    for place, candidate in enumerate(here.candidates):
        text = text.replace(candidate.name, f"KANDIDAT{place}").replace(candidate.presentation, "").replace(candidate.email, "")
    text = text.replace(here.election.name, "VALET").replace(here.election.slug, "VALET")
    return re.sub(r"\d+", "N", text)


def test_no_surface_holds_a_code_or_tells_who_leads(look: Callable[..., dict[str, str]], caplog: pytest.LogCaptureFixture) -> None:
    here = electing.opened(5)
    with caplog.at_level(logging.DEBUG):
        codes = here.vote([0], [0], [0], [1])
        shown = look(here)
        deliver_mail()
    outbox: list[Any] = mail.outbox
    sent = "\n".join(f"{one.subject}{one.body}{one.alternatives}" for one in outbox)
    told = {**shown, "mail": sent, "log": caplog.text}
    told["events"] = "".join(f"{one.action}{one.note}" for one in ElectionEvent.objects.all())
    told["notices"] = "".join(f"{one.kind}{one.email}" for one in ElectionNotice.objects.all())
    assert [name for name, text in told.items() if any(code in text for code in codes)] == []
    assert "4 av 5 parter" in shown["page"]
    assert [name for name in told if "röster" in told[name] and "3 röster" in told[name]] == []
    assert {name: shown[name].count("Vald:") for name in shown if "Vald:" in shown[name]} == {}


def test_every_surface_says_the_same_whoever_leads(make: Any, look: Callable[..., dict[str, str]]) -> None:
    """The same election twice, with the votes the other way: nobody can tell them apart before the close, and everybody after it."""
    sector = make.sector()
    first, second = electing.opened(5, sector=sector), electing.opened(5, sector=make.sector())
    first.vote([0], [0], [0], [1])
    second.vote([1], [1], [1], [0])
    one, other = look(first), look(second)
    watched = ["page", "english", "own", "admin page", "admin history", "admin settle", "lot 3", "lot 1"]
    sectors = re.compile(r"Sektor \d+")
    for name in watched:
        before = [sectors.sub("", plain(text[name], here)) for text, here in ((one, first), (other, second))]
        assert before[0] == before[1], name
    for here in (first, second):
        here.election.close(electing.after(here.election))
    counted = [re.findall(r"<td[^>]*>(\d)</td>", look(here)["page"]) for here in (first, second)]
    assert counted == [["3", "1"], ["3", "1"]]  # the control: after the close it does tell


def test_who_has_voted_and_what_is_no_page_of_the_admin() -> None:
    assert not {"ballot", "voterroll"} & {str(model._meta.model_name) for model in admin.site._registry}
