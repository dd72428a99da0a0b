"""The meetings as everybody sees them, whoever asks: what is for members alone is on other pages."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from council.agendas import points
from council.models import Body, Meeting, Minutes, Paper, ReportBack
from council.models.meetings import MeetingQuerySet
from idekom.lib.downloads import as_download


class MeetingsView(ListView[Meeting]):
    """The meetings that come, and those that have been: of all bodies or of one, of all years or of one."""

    template_name = "council/meetings/meetings.html"
    paginate_by = 20
    page_kwarg = "sida"

    @cached_property
    def body(self) -> Body | None:
        """The body that is asked for with ?organ=; None: all of them, also when there is none of that name."""
        return Body.objects.filter(slug=self.request.GET.get("organ", "").replace("\0", "")).first()

    @property
    def meetings(self) -> MeetingQuerySet:
        """Those of the body, with what a row shows."""
        found = Meeting.objects.select_related("body", "protocol")
        return found.filter(body=self.body) if self.body else found

    @cached_property
    def years(self) -> list[int]:
        """The years that meetings have been held in, the latest first."""
        past = self.meetings.past(timezone.now()).order_by().values_list("day__year", flat=True).distinct()
        return sorted(past, reverse=True)

    @property
    def year(self) -> int | None:
        """The year that is asked for with ?ar=; None: all of them."""
        return next((year for year in self.years if str(year) == self.request.GET.get("ar")), None)

    def get_queryset(self) -> "QuerySet[Meeting]":
        past = self.meetings.past(timezone.now())
        return past.filter(day__year=self.year) if self.year else past

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = {"organ": self.body.slug if self.body else "", "ar": str(self.year or "")}
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1 and not self.year
        return context | {
            "coming": self.meetings.coming(timezone.now()) if is_first else [],
            "is_first": is_first,
            "bodies": Body.objects.filter(meetings__isnull=False).distinct(),
            "body": self.body,
            "years": self.years,
            "year": self.year,
            "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
        }


def found(day: date, slug: str | None) -> Meeting:
    """The meeting that the address stands for, now or before it was moved."""
    meeting = Meeting.objects.of(slug).select_related("body", "chair", "secretary").found_by(day)
    if meeting is None:
        raise Http404
    return meeting


@require_safe
def meeting(request: HttpRequest, day: date, slug: str | None = None) -> HttpResponse:
    """When, where, what it takes up, and what came of it once the minutes are adjusted."""
    one = found(day, slug)
    if one.get_absolute_url() != request.path:
        return redirect(one)
    context = {
        "meeting": one,
        "is_over": one.ends_at <= timezone.now(),
        "points": points(one),
        "minutes": Minutes.objects.adjusted().filter(meeting=one).first(),
        "share": ReportBack.objects.of_meeting(one),
        "shown": ReportBack.objects.shown().filter(meeting=one),
        "earlier": Meeting.objects.before(one).select_related("body").first(),
        "later": Meeting.objects.after(one).select_related("body").first(),
    }
    return render(request, "council/meetings/meeting.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper that everybody may read, to be saved."""
    wanted = get_object_or_404(Paper.objects.public().select_related("item__meeting"), pk=pk)
    try:
        return as_download(wanted.file, f"{wanted.item.meeting.on.isoformat()}-{slugify(wanted.name)[:60] or 'underlag'}.pdf")
    except FileNotFoundError as error:
        raise Http404 from error
