"""The yearly question: is what the register says of you still right?"""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from affiliation.models import Confirmation
from affiliation.views.own import own_affiliation
from affiliation.views.secrets import secret
from agreement.models import Party
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.lib.limits import at_most
from idekom.lib.reader import signed_in


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """What the register says, and a button: everything is right."""
    parts = ("affiliation__party__sector", "affiliation__party__district", "affiliation__version")
    found = get_object_or_404(Confirmation.objects.select_related(*parts), token=token)
    party = found.affiliation.party
    acts = request.user.is_authenticated and Party.objects.administered_by(signed_in(request), today()).filter(pk=party.pk).exists()
    if request.method == "POST":
        with suppress(WrongStatus):  # the party has left, and the page says so
            found.confirm(by=signed_in(request) if acts else None)
        return redirect("affiliation:confirmation", token)
    context = {"confirmation": found, "party": party, "affiliation": found.affiliation, "is_affiliated": found.affiliation.holds_on(today())}
    return render(request, "affiliation/own/confirmation.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """The same answer, from the party's own pages."""
    question = Confirmation.objects.unanswered(own_affiliation(request, slug)).first()
    if question is None:
        messages.info(request, _("Uppgifterna är redan bekräftade."))
    else:
        question.confirm(by=signed_in(request))
        messages.success(request, _("Tack. Uppgifterna är bekräftade."))
    return redirect("affiliation:own_party", slug)
