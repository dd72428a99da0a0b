"""Minutes: for everybody once they are adjusted, and for those who are to adjust them."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council import minutes as drawing
from council.forms.minutes import CompareForm, ReasonForm
from council.models import Meeting, Minutes
from idekom.lib.canonical import digest
from idekom.lib.limits import at_most
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@require_safe
def minutes(request: HttpRequest, day: date, body: str = "") -> HttpResponse:
    """The adjusted minutes of a meeting, as everybody may read them."""
    found = _adjusted(day, body)
    context = {
        "minutes": found,
        "meeting": found.meeting,
        "document": drawing.public(found.document),
        "adjusters": found.adjusters.select_related("person"),
        "addenda": found.addenda.filter(is_internal=False),
        "pdf": found.meeting.address("minutes_pdf"),
        "data": found.meeting.address("minutes_json"),
        "size": found.public_file.stat().st_size if found.public_sha256 and found.public_file.exists() else None,
    }
    return render(request, "council/minutes/minutes.html", context)


@require_safe
def minutes_pdf(request: HttpRequest, day: date, body: str = "") -> FileResponse:
    """The same as a file; it is there some moments after the last adjuster has approved."""
    found = _adjusted(day, body)
    if not found.public_sha256 or not found.public_file.exists():
        raise Http404
    return FileResponse(found.public_file.open("rb"), filename=f"protokoll-{found.meeting.on}.pdf", content_type="application/pdf")


@require_safe
def minutes_json(request: HttpRequest, day: date, body: str = "") -> JsonResponse:
    """The same as data."""
    found = _adjusted(day, body)
    return JsonResponse(drawing.public(found.document), json_dumps_params={"ensure_ascii": False})


@at_most(30, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """Whether a file that somebody has is the minutes that were adjusted."""
    form = CompareForm(request.POST, request.FILES) if request.method == "POST" else CompareForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        checksum = digest(form.cleaned_data["fil"].read())
        found = Minutes.objects.adjusted().select_related("meeting__body")
        context |= {"checksum": checksum, "found": found.filter(public_sha256=checksum).first() or found.filter(sha256=checksum).first()}
    return render(request, "council/minutes/compare.html", context)


@login_required
@require_safe
def adjusting(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as an adjuster reads them, all of them, and what there is to do."""
    return _page(request, _to_adjust(request, pk), ReasonForm())


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The adjuster approves what the page showed."""
    found = _to_adjust(request, pk)
    try:
        is_adjusted = found.approve(by=signed_in(request), digest=request.POST.get("digest", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        told = (
            _("Protokollet är justerat. Nu kan alla läsa det.")
            if is_adjusted
            else _("Du har godkänt protokollet. Nu väntar vi på de andra justerarna.")
        )
        messages.success(request, told)
    return redirect("council:adjusting", pk)


@login_required
@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """The adjuster asks the secretary for a change."""
    found, form = _to_adjust(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    take(
        request,
        lambda: found.remark(by=signed_in(request), note=form.cleaned_data["note"]),
        _("Kansliet har fått din synpunkt. Du får ett mejl när protokollet är ändrat."),
    )
    return redirect("council:adjusting", pk)


def _adjusted(day: date, body: str) -> Minutes:
    meeting = Meeting.objects.of(body).select_related("body").found_by(day)
    return get_object_or_404(Minutes.objects.adjusted().select_related("meeting__body"), meeting=meeting)


def _to_adjust(request: HttpRequest, pk: int) -> Minutes:
    readable = Minutes.objects.readable_by(signed_in(request)).select_related("meeting__body")
    return get_object_or_404(readable, pk=pk)


def _page(request: HttpRequest, found: Minutes, form: ReasonForm) -> HttpResponse:
    mine = found.adjusters.filter(person__user=signed_in(request)).first()
    context = {
        "minutes": found,
        "meeting": found.meeting,
        "document": found.document,
        "digest": found.digest,
        "mine": mine,
        "adjusters": found.adjusters.select_related("person"),
        "form": form,
        "public_url": found.meeting.address("minutes"),
    }
    return render(request, "council/minutes/adjusting.html", context)
