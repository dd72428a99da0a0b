"""Before the close, and after a ballot is called off, no surface tells how it goes: the same, byte by byte, whoever leads."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from council.models import BallotNotice, DotBallot, DotBallotEvent, Voter
from council.models.ballot_results import ResultIsSecret
from council.tasks import deliver_mail, run_ballots
from tests import builders
from tests.council import balloting

pytestmark = pytest.mark.django_db
CANARY = 7919
"""A number of dots that is nowhere else."""
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w=]+')


def surfaces(ballot: DotBallot, secretary: Client, sign_in: Any) -> dict[str, str]:
    """What everybody's pages, data, feeds and the office say: also to a colleague who votes, by the colleague's own link."""
    colleague, base = balloting.voters(ballot)[-1], "admin:council_dotballot"
    member = sign_in(colleague.person.user)
    found: dict[str, tuple[Client, str]] = {
        name: (Client(), reverse(f"council:{name}", args=[ballot.slug])) for name in ("ballot", "ballot_csv", "ballot_json", "ballot_source")
    }
    found |= {f"colleague {name}": (Client(), reverse(f"council:{name}", args=[colleague.token])) for name in ("dots", "dots_receipt")}
    found |= {name: (Client(), reverse(f"council:{name}")) for name in ("ballots", "council", "data", "calendar", "proposals")}
    found |= {f"data {kind}": (Client(), reverse("council:data_list", args=[kind])) for kind in ("organ", "personer", "mandat", "arenden")}
    found |= {"english": (Client(), f"/en{reverse('council:ballot', args=[ballot.slug])}"), "start": (Client(), reverse("start"))}
    found |= {"search": (Client(), reverse("council:search") + "?q=förslag"), "open data": (Client(), reverse("open_data"))}
    found |= {"own": (member, reverse("council:own_ballots")), "my pages": (member, reverse("my_pages"))}
    office = ["change", "history", "close", "cancel", "numbers", "correct", "merge", "activities", "proposal"]
    found |= {f"office {name}": (secretary, reverse(f"{base}_{name}", args=[ballot.pk])) for name in office}
    found |= {"office list": (secretary, reverse(f"{base}_changelist")), "office": (secretary, reverse("admin:index"))}
    found["office area"] = (secretary, reverse("admin:council_area_change", args=[ballot.areas.all()[0].pk]))
    return {name: CHANGING.sub("", client.get(path, follow=True).content.decode("utf-8", "replace")) for name, (client, path) in found.items()}


@pytest.fixture
def look(secretary_client: Client, sign_in: Any) -> Callable[[DotBallot], dict[str, str]]:
    return lambda ballot: surfaces(ballot, secretary_client, sign_in)


def canary_ballot() -> DotBallot:
    """An open ballot in which one voter has put a number of dots that is nowhere else."""
    ballot = balloting.opened(dots=9000, most_per_option=9000)
    balloting.put(ballot, {0: CANARY})
    return ballot


def rest(caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    """Mails, events, notices, the admin's log and the logs."""
    outbox: list[Any] = mail.outbox
    return {
        "mail": "\n".join(f"{one.subject}{one.body}{one.alternatives}" for one in outbox),
        "events": "".join(f"{one.action}{one.note}" for one in DotBallotEvent.objects.all()),
        "notices": "".join(f"{one.kind}{one.voter_id}" for one in BallotNotice.objects.all()),
        "admin log": "".join(f"{one.object_repr}{one.change_message}" for one in LogEntry.objects.all()),
        "log": caplog.text,
    }


def telling(told: dict[str, str]) -> list[str]:
    return [name for name, text in told.items() if re.search(rf"\b7\s?{CANARY % 1000}\b|\b{CANARY}\b", text)]


def test_no_surface_holds_the_number_before_the_close(look: Callable[..., dict[str, str]], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="council"):
        ballot = canary_ballot()
        shown = look(ballot)
        run_ballots()
        deliver_mail()
    assert len(mail.outbox) == 6
    assert telling({**shown, **rest(caplog)}) == []
    assert re.search(r"Staden</span>\s*1 av 3", shown["ballot"])
    with pytest.raises(ResultIsSecret):
        _ = ballot.result


def test_the_control_after_the_close_the_number_is_told(look: Callable[..., dict[str, str]], caplog: pytest.LogCaptureFixture) -> None:
    ballot = canary_ballot()
    ballot.close(by=builders.user())
    deliver_mail()
    found = telling({**look(ballot), **rest(caplog)})
    assert {"ballot", "ballot_csv", "ballot_json", "english", "office change", "mail"} <= set(found)
    assert [name for name in found if name.startswith("colleague")] == []


def test_called_off_the_number_is_nowhere_ever(look: Callable[..., dict[str, str]], caplog: pytest.LogCaptureFixture) -> None:
    ballot = canary_ballot()
    ballot.cancel(by=builders.user(), note="Listan var fel.")
    deliver_mail()
    shown = look(ballot)
    assert telling({**shown, **rest(caplog)}) == []
    assert "Listan var fel." in shown["ballot"]
    own = Client().get(reverse("council:dots_receipt", args=[balloting.voters(ballot)[0].token])).content.decode()
    assert telling({"own": own}) == []


def test_every_surface_says_the_same_whoever_leads(look: Callable[..., dict[str, str]]) -> None:
    """The same voters put their dots the other way round: not one byte is another, before the close."""
    ballot = balloting.opened()
    balloting.put(ballot, {0: 3}, {0: 3}, {1: 1})
    one = look(ballot)
    balloting.put(ballot, {1: 3}, {1: 3}, {0: 1})
    other = look(ballot)
    assert [name for name in one if one[name] != other[name]] == []
    ballot.close(by=builders.user())
    assert look(ballot)["ballot"] != other["ballot"]  # the control: after the close it does tell


def test_votes_and_who_has_voted_have_no_page_in_the_admin() -> None:
    assert not {"vote", "voter", "ballotnotice"} & {
        str(model._meta.model_name) for model in admin.site._registry if model._meta.app_label == "council"
    }


def test_before_the_close_there_is_no_data_at_all(client: Client) -> None:
    for ballot in (balloting.draft(), canary_ballot()):
        for name in ("ballot_csv", "ballot_json", "ballot_source"):
            assert client.get(reverse(f"council:{name}", args=[ballot.slug])).status_code == 404


def test_a_year_after_the_close_nobody_is_tied_to_their_dots_and_the_result_stands() -> None:
    ballot = balloting.opened()
    balloting.put(ballot, {0: 3}, {0: 2, 1: 1}, {1: 1}, {0: 1}, {0: 1}, {0: 1})
    still_open = balloting.opened()
    ballot.close(by=builders.user())
    before, links = DotBallot.objects.get(pk=ballot.pk).result, set(ballot.voters.values_list("token", flat=True))
    closes_on = timezone.localtime(ballot.closes_at).date()
    assert Voter.objects.forget(closes_on + timedelta(days=365)) == 0
    assert Voter.objects.forget(closes_on + timedelta(days=366)) == 6
    assert not ballot.voters.exclude(person=None, seat=None).exists()
    assert not links & set(ballot.voters.values_list("token", flat=True))
    assert DotBallot.objects.get(pk=ballot.pk).result == before
    assert still_open.voters.filter(person=None).count() == 0
    assert Voter.objects.forget(closes_on + timedelta(days=999)) == 0
    assert Client().get(reverse("council:dots_receipt", args=[links.pop()])).status_code == 404
