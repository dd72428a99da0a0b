"""Being let in to act for a party: the mail, the page behind its link, and what accepting does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import Invitation
from affiliation.models.invitations import InvitationClosed
from affiliation.tasks import deliver_mail
from agreement.models import Representative
from idekom.lib.dated import today
from idekom.users.models import User
from tests.together import together

pytestmark = pytest.mark.django_db
Role = Representative.Role


def invite(make: Any, role: Role = Role.REPORTER, by: User | None = None) -> Invitation:
    """An invitation to kim@example.org."""
    me = make.representative(user=by)
    return Invitation.invite(me.party, "Kim@example.org", role, by=me.user)


def page(invitation: Invitation, client: Client | None = None) -> str:
    return (client or Client()).get(reverse("affiliation:invitation", args=[invitation.token])).content.decode()


def accept(invitation: Invitation, client: Client | None = None, language: str = "") -> str:
    address = f"{language}{reverse('affiliation:invitation', args=[invitation.token])}"
    return (client or Client()).post(address, follow=True).content.decode()


def test_an_administrator_invites_and_the_mail_says_to_what(make: Any, sign_in: Any) -> None:
    me = make.representative(user=make.user("ada@example.org", name="Ada", language="en"))
    address = reverse("affiliation:own_people", args=[me.party.slug])
    text = sign_in(me.user).post(address, {"email": " KIM@Example.org ", "role": "administrator"}, follow=True).content.decode()
    assert "kim@example.org" in text
    assert "Ta tillbaka inbjudan" in text
    deliver_mail()
    deliver_mail()
    message: Any = mail.outbox[0]
    assert len(mail.outbox) == 1
    invitation = Invitation.objects.get()
    assert (message.to, message.subject) == (["kim@example.org"], f"Vill du företräda {me.party}?")
    for told in ("Ada", me.party.name, f"/en/inbjudan/{invitation.token}/"):
        assert told in message.body
        assert told in str(message.alternatives[0][0])


@pytest.mark.parametrize("email", ["", "kim", "kim@", "a\x00b", "å" * 10_000, "a@example.org\nBcc: b@example.org", "\ufffd@x"])
def test_a_wrong_address_is_told(make: Any, sign_in: Any, email: str) -> None:
    me = make.representative()
    address = reverse("affiliation:own_people", args=[me.party.slug])
    assert "att rätta" in sign_in(me.user).post(address, {"email": email, "role": "reader"}).content.decode()
    assert not Invitation.objects.exists()


def test_whoever_acts_already_is_not_invited(make: Any, sign_in: Any) -> None:
    me = make.representative()
    address = reverse("affiliation:own_people", args=[me.party.slug])
    assert "företräder parten redan" in sign_in(me.user).post(address, {"email": me.user.email.upper(), "role": "reader"}).content.decode()
    assert not Invitation.objects.exists()


def test_looking_changes_nothing_and_one_button_accepts(make: Any) -> None:
    invitation = invite(make)
    text = page(invitation)
    for shown in ("bjuder in kim@example.org som rapportör", "Tacka ja", str(invitation.party)):
        assert shown in text
    invitation.refresh_from_db()
    assert (invitation.accepted_at, User.objects.filter(email="kim@example.org").exists()) == (None, False)
    text = accept(invitation, language="/en")
    user = User.objects.get(email="kim@example.org")
    assert (user.language, user.is_staff) == ("en", False)
    assert [(one.user, one.role) for one in Representative.objects.on(today()).filter(party=invitation.party, user=user)] == [(user, "reporter")]
    assert 'name="email" value="kim@example.org"' in text


def test_the_page_is_secret(make: Any) -> None:
    response = Client().get(reverse("affiliation:invitation", args=[invite(make).token]))
    assert ("no-store" in response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == (True, "noindex, nofollow")
    assert Client().get("/inbjudan/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404


def test_the_button_afterwards_mails_a_code_to_sign_in_with(make: Any) -> None:
    invitation, client = invite(make), Client()
    accept(invitation, client)
    mail.outbox.clear()
    response = client.post(reverse("account_request_login_code"), {"email": invitation.email})
    assert response.status_code == 302
    assert [message.to for message in mail.outbox] == [["kim@example.org"]]


def test_an_existing_user_keeps_the_language(make: Any) -> None:
    make.user("kim@example.org", language="en")
    accept(invite(make))
    assert User.objects.get(email="kim@example.org").language == "en"


def test_the_invited_address_counts_whoever_is_signed_in(make: Any, outsider: User, outsider_client: Client) -> None:
    invitation = invite(make)
    assert f"Du är inloggad som {outsider.email}, men inbjudan gäller kim@example.org." in page(invitation, outsider_client)
    text = accept(invitation, outsider_client)
    assert "Logga ut, och logga sedan in med kim@example.org." in text
    assert not Representative.objects.filter(user=outsider).exists()
    assert Representative.objects.filter(user__email="kim@example.org").count() == 1


def test_an_invitation_that_is_closed_says_so_kindly(make: Any) -> None:
    used, revoked, old = (invite(make) for _one in range(3))
    accept(used)
    revoked.revoke()
    Invitation.objects.filter(pk=old.pk).update(expires_on=today() - timedelta(days=1))
    for invitation, told in ((used, "Inbjudan är antagen"), (revoked, "har tagit tillbaka den"), (old, "Den gällde till och med")):
        count = Representative.objects.count()
        assert told in accept(invitation)
        assert Representative.objects.count() == count
        invitation.refresh_from_db()
        with pytest.raises(InvitationClosed):
            invitation.accept(language="sv")


def test_an_invitation_that_would_leave_no_administrator_is_refused(make: Any) -> None:
    invitation = invite(make, role=Role.READER)
    Representative.appoint(invitation.party, make.user("kim@example.org"), from_on=today())
    Representative.objects.exclude(user__email="kim@example.org").get().end(today())
    assert "Parten måste ha minst en administratör" in accept(invitation)
    assert Representative.objects.on(today()).get(party=invitation.party).role == "administrator"
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_an_administrator_takes_it_back_and_no_mail_goes(make: Any, sign_in: Any) -> None:
    invitation = invite(make)
    address = reverse("affiliation:revoke_invitation", args=[invitation.party.slug, invitation.pk])
    other = make.representative()
    assert sign_in(other.user).post(address).status_code == 404
    assert "gäller inte längre" in sign_in(invitation.invited_by).post(address, follow=True).content.decode()
    assert sign_in(invitation.invited_by).post(address).status_code == 404
    deliver_mail()
    assert mail.outbox == []
    assert not Invitation.objects.filter(notified_at=None).exists()


def test_a_new_invitation_replaces_the_one_that_waits(make: Any) -> None:
    first = invite(make)
    second = Invitation.invite(first.party, first.email, Role.READER, by=first.invited_by)
    first.refresh_from_db()
    assert (first.is_open, second.is_open) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_twelve_presses_let_one_in_once(make: Any) -> None:
    invitation = invite(make)
    results = together(12, lambda _which: Invitation.objects.get(pk=invitation.pk).accept(language="sv"))
    assert len([result for result in results if isinstance(result, Representative)]) == 1
    assert len([result for result in results if isinstance(result, InvitationClosed)]) == 11
    assert Representative.objects.filter(party=invitation.party, user__email="kim@example.org").count() == 1
