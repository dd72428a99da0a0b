"""The draft in the applicant's hands: its pages, going on with it another day, and the check before it is sent in."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from affiliation.forms.application import FORMS, OrganisationForm
from affiliation.forms.resuming import ResumeForm
from affiliation.forms.sections import SectionForm
from affiliation.models import SECTIONS, Application, Reminder, Section
from affiliation.models.applications import Overtaken
from affiliation.models.sections import BY_SLUG, after, before
from affiliation.views.secrets import secret
from agreement.models import Version
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.lib.limits import at_most


@secret
@at_most(20, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The first page. A good answer makes the draft, and the same draft when it is sent twice."""
    form = OrganisationForm(_typed(request), section=SECTIONS[0])
    if request.method == "POST" and (form.is_valid() or (form.is_later and "name" in form.to_save())):
        try:
            draft = Application.objects.begin(_draft_key(request), language=get_language() or "sv", answers=form.answers())
        except WrongStatus:
            draft = get_object_or_404(Application, draft_key=_draft_key(request))
            return redirect(draft)
        except Version.DoesNotExist:
            return redirect("affiliation:apply")
        return _leave(request, draft, form) if form.is_later else redirect("affiliation:section", draft.token, SECTIONS[1].slug)
    return _page(request, form, back=reverse("affiliation:apply"), draft_key=_draft_key(request))


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, token: str, section: str) -> HttpResponse:
    """One page of the application; its buttons keep its answers."""
    application = get_object_or_404(Application, token=token)
    page = BY_SLUG.get(section)
    if page is None:
        raise Http404
    if not application.is_editable:
        return redirect(application)
    form = FORMS[section](_typed(request), request.FILES or None, instance=application, section=page)
    if not form.fields:
        return redirect("affiliation:check", token)
    try:
        if request.method == "POST" and _save(form):
            return _leave(request, application, form) if form.is_later else redirect(_next(request, application, page))
    except Overtaken as other:
        form.overtaken(other.stored)
    except WrongStatus:
        return redirect(application)
    return _page(request, form, back=_back(request, application, page), application=application)


@secret
@at_most(10, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Leave a draft for another day: the link to it is mailed."""
    draft = get_object_or_404(Application, token=token)
    if draft.status != Application.Status.DRAFT:
        return redirect(draft)
    form = ResumeForm(_typed(request), initial={"email": draft.reminder_email})
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked:
        try:
            Reminder.objects.ask_for_link(draft, form.cleaned_data["email"], today())
        except WrongStatus:
            return redirect(draft)
    return _later(request, draft, form=form, sent_to=form.cleaned_data["email"] if is_asked else "")


@secret
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """All answers, before they are sent in."""
    application = get_object_or_404(Application, token=token)
    if not application.is_editable:
        return redirect(application)
    sections = application.answers()
    missing = [(part.section, answer) for part in sections for answer in part.answers if answer.is_missing]
    context = {"application": application, "sections": sections, "missing": missing, "open_fields": application.open_fields}
    return render(request, "affiliation/check.html", context)


def _save(form: SectionForm) -> bool:
    """Keep what is good; True when the page is done with. Where answers need mending the good files are kept: they cannot be typed again."""
    is_done = form.is_valid() or form.is_later
    names = form.to_save() if is_done else form.kept()
    form.instance.save_answers(names, seen=form.guard)
    if not is_done:
        form.saved(names)
    return is_done


def _leave(request: HttpRequest, draft: Application, form: SectionForm) -> HttpResponse:
    """On to the mailed link; what could not be kept is told there, as it was typed."""
    if not form.errors:
        return redirect("affiliation:resume", draft.token)
    return _later(request, draft, form=ResumeForm(initial={"email": draft.reminder_email}), unsaved=form.unsaved(), section=form.section)


def _later(request: HttpRequest, draft: Application, **context: Any) -> HttpResponse:
    return render(request, "affiliation/resume.html", {"application": draft, **context})


def _page(request: HttpRequest, form: SectionForm, **context: Any) -> HttpResponse:
    step = SECTIONS.index(form.section) + 1
    return render(request, "affiliation/section.html", {"form": form, "section": form.section, "step": step, "steps": len(SECTIONS), **context})


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _draft_key(request: HttpRequest) -> UUID:
    """The key that the first page carries, so that sending it twice makes one draft."""
    try:
        return UUID(request.POST.get("draft_key", ""))
    except ValueError:
        return uuid4()


def _next(request: HttpRequest, application: Application, page: Section) -> str:
    following = after(page)
    if following is None or "granska" in request.GET or application.status != Application.Status.DRAFT:
        return reverse("affiliation:check", args=[application.token])
    return reverse("affiliation:section", args=[application.token, following.slug])


def _back(request: HttpRequest, application: Application, page: Section) -> str:
    previous = before(page)
    if "granska" in request.GET or application.status != Application.Status.DRAFT:
        return reverse("affiliation:check", args=[application.token])
    return reverse("affiliation:section", args=[application.token, previous.slug]) if previous else reverse("affiliation:apply")
