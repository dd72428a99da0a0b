"""The page that a mailed invitation leads to. The address that was invited counts, whoever is signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from affiliation.models import Invitation
from affiliation.models.invitations import InvitationClosed
from affiliation.views.secrets import secret
from agreement.models.parties import LastAdministrator
from idekom.lib.limits import at_most


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what, and a button to accept; afterwards, how to sign in."""
    found = get_object_or_404(Invitation.objects.select_related("party", "invited_by"), token=token)
    if request.method == "POST":
        try:
            found.accept(language=get_language() or "sv")
        except InvitationClosed:
            pass  # the page tells how it stands
        except LastAdministrator as error:
            messages.error(request, error.messages[0])
        return redirect("affiliation:invitation", token)
    is_theirs = request.user.is_authenticated and request.user.email.lower() == found.email.lower()
    return render(request, "affiliation/own/invitation.html", {"invitation": found, "party": found.party, "is_theirs": is_theirs})
