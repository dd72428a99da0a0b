"""A revision round as everybody sees it: the draft with what has been said about it, a comment on a paragraph, and the answers."""

import csv
import io
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreement.forms.revision import CommentForm
from agreement.models import Passage, RevisionComment, RevisionRound, Wording
from agreement.models.revision import NotOpen
from agreement.texts import Section, sections_of
from idekom.lib.dated import today
from idekom.lib.limits import at_most
from idekom.lib.text import harmless


@require_safe
def revision(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft paragraph by paragraph, with the comments that are shown, and where to leave one."""
    found = _public(slug)
    said: dict[int, list[RevisionComment]] = {}
    for comment in found.comments.public():
        said.setdefault(comment.passage_id, []).append(comment)
    sections = [(section, [(one, said.get(one.pk or 0, [])) for one in section.paragraphs]) for section in _sections(found)]
    context = {"round": found, "version": found.version, "sections": sections, **_standing(found)}
    return render(request, "agreement/revision/revision.html", context)


@at_most(10, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Say something about a paragraph; when the round is over the page says since when."""
    found = _public(slug)
    passage = get_object_or_404(Passage, wording=_wording(found), position=position)
    form = CommentForm(request.POST if request.method == "POST" else None)
    is_open = found.takes_comments(today())
    if is_open and form.is_valid():
        try:
            RevisionComment.leave(found, passage, **form.told(), language="en" if get_language() == "en" else "sv", day=today())
        except NotOpen:  # closed this very moment
            return redirect(found)
        return redirect("agreement:commented", slug)
    context = {"round": found, "version": found.version, "passage": passage, "form": form, **_standing(found)}
    return render(request, "agreement/revision/comment.html", context, status=HTTPStatus.OK if is_open else HTTPStatus.FORBIDDEN)


@require_safe
def commented(request: HttpRequest, slug: str) -> HttpResponse:
    """The comment has come in."""
    found = _public(slug)
    return render(request, "agreement/revision/commented.html", {"round": found, "version": found.version})


@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """What came of the comments, in one table."""
    found = _public(slug)
    context = {"round": found, "version": found.version, "rows": _rows(found), **_standing(found)}
    return render(request, "agreement/revision/answers.html", context)


@require_safe
def answers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same table as data."""
    found = _public(slug)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_("del"), _("stycke"), _("synpunkt"), _("namn"), _("lämnad"), _("svar"), _("skäl")])
    for place, anchor, one in _rows(found):
        told = [place, f"#{anchor}", one.text, one.name, timezone.localdate(one.sent_at).isoformat(), one.get_outcome_display(), one.reason]
        writer.writerow([harmless(cell) for cell in told])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="synpunkter-{found.version.slug}.csv"'
    return response


def _public(slug: str) -> RevisionRound:
    return get_object_or_404(RevisionRound.objects.public(today()).select_related("version"), version__slug=slug)


def _wording(found: RevisionRound) -> Wording:
    wording = found.wording
    if wording is None:
        raise Http404
    return wording


def _sections(found: RevisionRound) -> list[Section]:
    return sections_of(_wording(found), found.version)


def _rows(found: RevisionRound) -> list[tuple[str, str, RevisionComment]]:
    """(the part, the paragraph's anchor, the comment) of every comment that is shown."""
    places = {row.pk: (section, row.anchor) for section in _sections(found) for row in section.paragraphs}
    return [(places[one.passage_id][0].name, places[one.passage_id][1], one) for one in found.comments.public()]


def _standing(found: RevisionRound) -> dict[str, bool]:
    return {"is_open": found.takes_comments(today()), "is_over": found.is_over(today())}
