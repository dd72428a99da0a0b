"""My pages: what a signed-in representative has to do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from affiliation.models import Election
from agreement.models import Activity, Party, Representative
from agreement.plans.listing import marked
from council.models import Minutes, PartyDecision, TimePoll, Voter
from council.models.nominations import nominators
from followup.forms.reports import LanguageForm
from followup.models import Evaluation, Report, Round
from idekom.lib.dated import today
from idekom.lib.reader import signed_in


@login_required
@require_safe
def my_pages(request: HttpRequest) -> HttpResponse:
    """What is due when, for each party that one acts for, and what has been reported before."""
    user = signed_in(request)
    roles = Representative.objects.on(today()).filter(user=user)
    parties = Party.objects.represented_by(user, today()).prefetch_related(Prefetch("representatives", roles, to_attr="mine"))
    reports = Report.objects.visible_to(user).with_progress().select_related("round__version", "party").order_by("-round__year", "party__sort_name")
    reports = reports.select_related("reported_through__party").prefetch_related("extensions")
    current = [report for report in reports if report.round.status == Round.Status.OPEN]
    earlier = [report for report in reports if report.round.status != Round.Status.OPEN]
    context = {"parties": parties, "current": current, "earlier": earlier, "language_form": LanguageForm(initial={"language": user.language})}
    context["nominates"] = nominators(user, today()).exists()
    context["elections"] = Election.objects.of_interest_to(user, today()).current(today())
    context["to_adjust"] = Minutes.objects.waiting_for(user).select_related("meeting__body")
    context["polls"] = TimePoll.objects.waiting_for(user, today())
    context["to_answer"] = PartyDecision.objects.waiting_for(user, today())
    context["to_vote"] = Voter.objects.waiting_for(user, timezone.now())
    context["evaluations"] = Evaluation.objects.written_by(user)
    activities = Activity.objects.told_of_by(user, today()).with_latest().select_related("party")
    context["activities"] = [marked(activity, today()) for activity in activities.order_by("due_on", "pk")]
    return render(request, "followup/my_pages.html", context)


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the mails to the reader; one that there is not changes nothing."""
    user, form = signed_in(request), LanguageForm(request.POST)
    if form.is_valid():
        user.language = form.cleaned_data["language"]
        user.save(update_fields=["language"])
        messages.success(request, _("Språket i mejlen är sparat."))
    return redirect("my_pages")


@login_required
@require_safe
def reports(request: HttpRequest, year: int) -> HttpResponse:
    """The year's report; a list of them for somebody who acts for several parties."""
    round = get_object_or_404(Round.objects.public(), year=year)
    found = list(
        Report.objects.visible_to(signed_in(request))
        .filter(round=round)
        .with_progress()
        .select_related("round__version", "party", "reported_through__party")
        .prefetch_related("extensions")
        .order_by("party__sort_name")
    )
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "followup/reports.html", {"round": round, "reports": found})
