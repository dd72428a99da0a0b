"""The applications that stand on a meeting's agenda, for the meeting's desk: the council does not know of them, so the page asks here."""

from typing import Any

from django import template
from django.db.models import Q

from affiliation.models import Application, WaitingDecision
from affiliation.models.status import OPEN, Status
from council.models import AgendaItem, Meeting

register = template.Library()


@register.inclusion_tag("admin/affiliation/application/_on_agenda.html")
def cases_on_agenda(meeting: Meeting, perms: Any) -> dict[str, Any]:
    """The cases of the meeting, each with the decision that waits for the minutes, if one does."""
    shown = Q(status__in=[*OPEN, Status.APPROVED, Status.DECLINED]) | Q(waiting_decisions__meeting=meeting)
    cases = list(Application.objects.filter(shown, meeting=meeting).distinct().order_by("submitted_at", "pk"))
    kept = {one.case_id: one for one in WaitingDecision.objects.filter(meeting=meeting)}
    return {
        "meeting": meeting,
        "perms": perms,
        "number": AgendaItem.objects.cases_number(meeting) if cases else "",
        "rows": [(case, kept.get(case.pk)) for case in cases],
        "some_to_decide": any(case.status == Status.ON_AGENDA for case in cases),
    }
