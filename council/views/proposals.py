"""What the council proposes, for everybody to read: a list, a feed, each proposal with its papers, and the members' log of whom they asked."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from council.forms.decisions import AnchoringForm
from council.models import Anchoring, Binding, Proposal
from council.models.anchoring import sits_in_the_council
from council.pdf.proposals import proposal_file
from idekom.lib.dated import today
from idekom.lib.mail import absolute
from idekom.lib.markdown import to_html
from idekom.lib.reader import signed_in
from idekom.lib.text import cleaned

NEWEST = 50


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    found = Proposal.objects.shown().select_related("item__meeting__body")
    return render(request, "council/proposals/proposals.html", {"proposals": found})


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: what it wants, whom it was anchored with, and whom it binds."""
    found = shown(slug)
    context = {
        "proposal": found,
        "words": to_html(found.text, under=2),
        "anchorings": found.anchorings.told(),
        "commitments": found.commitments.select_related("version"),
        "chosen": found.chosen.all(),
        "binding": Binding.on(found, today()),
        "leads_to": found.decisions.exclude(activity=None, version=None).select_related("activity", "version", "party"),
    }
    return render(request, "council/proposals/proposal.html", context)


@require_safe
def proposal_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposal on paper."""
    found = shown(slug)
    return attached(proposal_file(found, Binding.on(found, today())), "application/pdf", f"forslag-{found.slug}.pdf")


def shown(slug: str) -> Proposal:
    """One that everybody may read."""
    return get_object_or_404(Proposal.objects.shown().select_related("item__meeting__body"), slug=slug)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_safe
def in_the_making(request: HttpRequest) -> HttpResponse:
    """The proposals that the council's members may still anchor."""
    _only_members(request)
    found = Proposal.objects.in_the_making().prefetch_related("anchorings")
    return render(request, "council/proposals/in_the_making.html", {"proposals": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anchor(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal in the making, and the log of who has been asked about it; a member writes in it."""
    _only_members(request)
    found = get_object_or_404(Proposal.objects.in_the_making(), pk=pk)
    form = AnchoringForm(request.POST if request.method == "POST" else None, instance=Anchoring(proposal=found))
    if request.method == "POST" and form.is_valid():
        try:
            form.instance.enter(by=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Det står i förankringsloggen."))
            return redirect("council:anchor", pk)
    context = {
        "proposal": found,
        "form": form,
        "words": to_html(found.text, under=2),
        "anchorings": found.anchorings.told(),
        "commitments": found.commitments.select_related("version"),
    }
    return render(request, "council/proposals/anchor.html", context)


def _only_members(request: HttpRequest) -> None:
    if not sits_in_the_council(signed_in(request), today()):
        raise Http404


class ProposalFeed(Feed[Proposal, Any]):
    """The council's proposals as an Atom feed."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Förslag från %(name)s") % settings.PORTAL

    def subtitle(self) -> str:
        return _("Ett förslag binder ingen. En part är bunden först när den själv har sagt ja.")

    def link(self) -> str:
        return absolute(reverse("council:proposals"))

    def feed_url(self) -> str:
        return absolute(reverse("council:proposal_feed"))

    def feed_guid(self) -> str:
        return self.feed_url()

    def author_name(self) -> str:
        return str(settings.PORTAL["name"])

    def items(self) -> "QuerySet[Proposal]":
        newest: QuerySet[Proposal] = Proposal.objects.shown().select_related("item__meeting__body")[:NEWEST]
        return newest

    def item_title(self, item: Any) -> str:
        return cleaned(_("FÖRSLAG: %(title)s") % {"title": item.title})

    def item_description(self, item: Proposal) -> str:
        return cleaned(f"{item.get_status_display().capitalize()}. {item.aim or item.text[:600]}")

    def item_link(self, item: Proposal) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Proposal) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: Proposal) -> datetime:
        day = item.decided_on or (item.item.meeting.on if item.item else today())
        return timezone.make_aware(datetime.combine(day, time()))

    def item_updateddate(self, item: Proposal) -> datetime:
        return self.item_pubdate(item)
