"""Telling how an activity goes: through the link in the mail, or signed in for the party."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreement.forms.activities import UpdateForm
from agreement.models import Activity, ActivityContact, ActivityUpdate
from idekom.lib.dated import today
from idekom.lib.limits import at_most
from idekom.lib.office import take
from idekom.lib.reader import signed_in
from idekom.lib.secret_pages import secret


def _of_link(token: str) -> Activity:
    contact = get_object_or_404(ActivityContact.objects.standing().select_related("activity__plan", "activity__party"), token=token)
    return contact.activity


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """One sentence and how far it has come, about the one activity of the link."""
    activity = _of_link(token)
    form = UpdateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ActivityUpdate.objects.tell(activity, way=ActivityUpdate.Way.LINK, **form.cleaned_data)
        except ValidationError:  # it has ended meanwhile, and the page says so
            return redirect("agreement:tell", token)
        return redirect("agreement:told", token)
    latest = activity.updates.filter(hidden_at=None).select_related("party").first()
    return render(request, "agreement/plans/tell.html", {"activity": activity, "form": form, "latest": latest})


@secret
@require_safe
def told(request: HttpRequest, token: str) -> HttpResponse:
    """What was told, and where it stands."""
    activity = _of_link(token)
    latest = activity.updates.filter(hidden_at=None).select_related("party").first()
    return render(request, "agreement/plans/told.html", {"activity": activity, "latest": latest, "token": token})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_activity(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for whoever reports for the party that answers for it."""
    user = signed_in(request)
    activity = get_object_or_404(Activity.objects.told_of_by(user, today()).select_related("plan", "party"), slug=slug)
    form = UpdateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take(
            request,
            lambda: ActivityUpdate.objects.tell(activity, way=ActivityUpdate.Way.ACCOUNT, by=user, **form.cleaned_data),
            _("Tack. Uppgiften är sparad och syns nu på aktivitetens sida."),
        )
        return redirect("my_pages")
    latest = activity.updates.filter(hidden_at=None).select_related("party").first()
    return render(request, "agreement/plans/own.html", {"activity": activity, "form": form, "latest": latest})
