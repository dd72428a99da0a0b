"""The pages of the yearly follow-up in the demo's content: the reports, the round, the book, the forum, the evaluation."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from agreement.models import Party, Representative
from followup import snapshot
from followup.models import Compilation, Evaluation, Extension, Forum, ForumQuestion, ForumRegistration, Recommendation, Report, Round
from idekom.demo import content
from idekom.demo.evaluation import EVALUATOR
from idekom.lib.dated import today
from idekom.users.models import User
from tests.browser.place import Place

PAGES = ["progress", "whole_year", "review", "preview"]
"""The pages of a report that is open, beside the overview and the commitments."""


def places() -> Iterator[Place]:
    """Every kind of page of the follow-up."""
    for kind in (_representative, _reports, _published, _paper, _rounds, _editions, _evaluation, _forum):
        yield from kind()


def _representative() -> Iterator[Place]:
    draft = Report.objects.get(party__name="Barnens Lanterna", round__status=Round.Status.OPEN)
    yield Place(reverse("my_pages"), _of(draft))
    yield Place(reverse("followup:reports", args=[draft.round.year]), content.OFFICIAL)  # who reports for two
    yield Place(draft.get_absolute_url(), _of(draft))
    yield Place(reverse("followup:answer", args=[draft.round.year, draft.party.slug, 3]), _of(draft))
    yield from (Place(reverse(f"followup:{name}", args=[draft.round.year, draft.party.slug]), _of(draft)) for name in PAGES)
    yield Place(draft.get_absolute_url(), Representative.objects.of(draft.party, today()).get(role=Representative.Role.READER).user.email)
    filed = Report.objects.submitted().filter(round=draft.round, party__kind="organisation")[0]
    yield Place(filed.get_absolute_url(), _of(filed))
    yield Place(reverse("followup:receipt", args=[filed.round.year, filed.party.slug]), _of(filed))


def _reports() -> Iterator[Place]:
    """Reports that are answered as before, asked about, made by an umbrella, made for a member, and in a round that is over."""
    reports = Report.objects.filter(round__status=Round.Status.OPEN)
    before = next(report for report in reports.filter(party__kind=Party.Kind.ORGANISATION, status=Report.Status.DRAFT) if report.previous)
    asked, over = reports.filter(status=Report.Status.REOPENED)[0], Report.objects.filter(round__status=Round.Status.CLOSED)[0]
    umbrella = reports.get(status=Report.Status.DRAFT, party__kind=Party.Kind.UMBRELLA)
    for report in (before, asked):
        yield Place(report.get_absolute_url(), _of(report))
        yield from (Place(reverse(f"followup:{name}", args=[report.round.year, report.party.slug]), _of(report)) for name in PAGES)
    yield Place(umbrella.get_absolute_url(), _of(umbrella))
    yield Place(reverse("followup:members", args=[umbrella.round.year, umbrella.party.slug]), _of(umbrella))
    member = umbrella.coverable().exclude(party__name="Barnens Lanterna")[0]
    Report.objects.filter(pk=member.pk).update(reported_through=umbrella)
    yield Place(member.get_absolute_url(), _of(member))
    yield Place(over.get_absolute_url(), _of(over))


def _published() -> Iterator[Place]:
    """A party's report as everybody reads it."""
    report = Report.objects.submitted()[0]
    Compilation.objects.get_or_create(
        round=report.round,
        status="published",
        defaults={
            "revision": 99,
            "sha256": "0" * 64,
            "published_at": timezone.now(),
            "taken_at": timezone.now(),
            "snapshot": snapshot.take(report.round),
        },
    )
    yield Place(reverse("followup:party_report", args=[report.party.slug, report.round.year]))


def _paper() -> Iterator[Place]:
    """What the secretary types in from paper, asks about and reads; and the questions."""
    base, reports = "admin:followup_report", Report.objects.filter(round__status=Round.Status.OPEN)
    waiting, filed = reports.filter(status=Report.Status.DRAFT)[0], reports.filter(status=Report.Status.SUBMITTED)[0]
    paths = [reverse(f"{base}_change", args=[waiting.pk]), reverse(f"{base}_type_in", args=[waiting.pk])]
    paths += [reverse(f"{base}_clarify", args=[filed.pk]), reverse(f"{base}_changelist") + "?lage=ej&sida=city"]
    yield from (Place(path, content.SECRETARY) for path in paths)


def _rounds() -> Iterator[Place]:
    """Asking for more time, answered and waiting, and what the secretary sees of a round."""
    for asked in Extension.objects.waiting().select_related("report__round", "report__party"):
        yield Place(reverse("followup:more_time", args=[asked.report.round.year, asked.report.party.slug]), asked.asked_by.email)
    draft = Report.objects.get(party__name="Barnens Lanterna", round__status=Round.Status.OPEN)
    yield Place(reverse("followup:more_time", args=[draft.round.year, draft.party.slug]), _of(draft))
    page = reverse("admin:followup_round_change", args=[draft.round.pk])
    remind = reverse("admin:followup_round_remind", args=[draft.round.pk])
    yield from (Place(path, content.SECRETARY) for path in (page, page + "?sida=city", remind, remind + "?sida=city"))


def _editions() -> Iterator[Place]:
    """The book's page in the office in each status that no other place shows, and the year's page with an earlier edition."""
    round, now = Round.objects.order_by("year")[0], timezone.now()
    out = {"sha256": "1" * 64, "size": 1_000_000, "published_at": now, "taken_at": now}
    told: dict[str, dict[str, Any]] = {
        "ready": out,
        "unpublished": {**out, "reason": "Fel siffra på sidan 4."},
        "cancelled": {},
        "failed": {"error": "RuntimeError: x"},
    }
    for revision, (status, more) in enumerate(told.items(), start=200):
        row, _made = Compilation.objects.get_or_create(round=round, status=status, defaults={"revision": revision, **more})
        yield Place(reverse("admin:followup_compilation_change", args=[row.pk]), content.SECRETARY)
    shown = {"status": "published", "snapshot": snapshot.take(round), **out}
    Compilation.objects.get_or_create(round=round, revision=300, defaults=shown)
    newest, _made = Compilation.objects.get_or_create(round=round, revision=301, defaults=shown)
    yield Place(reverse("admin:followup_compilation_change", args=[newest.pk]), content.SECRETARY)
    yield Place(round.get_absolute_url())
    yield from (Place(reverse(f"followup:{name}", args=[round.year])) for name in ("parties", "statements", "answers"))
    yield Place(reverse("followup:chapter", args=[round.year, round.version.commitments.all()[0].number]))


def _evaluation() -> Iterator[Place]:
    """The cycle, a final evaluation and a draft, and what those who evaluate, moderate and answer see."""
    final, draft = Evaluation.objects.get(status="final"), Evaluation.objects.get(status="open")
    yield Place(reverse("followup:evaluations"))
    for evaluation in (final, draft):
        yield from (Place(reverse(f"followup:{name}", args=[evaluation.year])) for name in ("evaluation", "evaluation_comment"))
        yield Place(reverse("followup:evaluator", args=[evaluation.year]), EVALUATOR)
        yield Place(reverse("admin:followup_evaluation_change", args=[evaluation.pk]), content.SECRETARY)
    yield from (Place(reverse("followup:evaluation_commented", args=[draft.year])), Place(reverse("my_pages"), EVALUATOR))
    written, _made = Evaluation.objects.get_or_create(
        year=final.year + 4,
        defaults={"version": final.version, "from_year": final.year, "to_year": final.year + 4, "evaluator": "Granskarna", "status": "draft"},
    )
    written.evaluators.add(User.objects.get(email=EVALUATOR))
    for evaluation in (final, written):
        yield Place(reverse("followup:evaluator_mark", args=[evaluation.year, 1]), EVALUATOR)
        for name in ("", "_introduction", "_new_finding"):
            yield Place(reverse(f"followup:evaluator{name}", args=[evaluation.year]), EVALUATOR)
    of_a_party = [final.year, final.year, Report.objects.submitted().filter(round__year=final.year)[0].party.slug]
    for name, args in (("reports", of_a_party[:2]), ("report", of_a_party)):
        yield Place(reverse(f"followup:evaluator_{name}", args=args), EVALUATOR)
    for name, numbers in (("finding", [1]), ("new_recommendation", [1]), ("recommendation", [1, 1])):
        yield Place(reverse(f"followup:evaluator_{name}", args=[final.year, *numbers]), EVALUATOR)
    answered = Recommendation.objects.filter(finding__evaluation=final)[0]
    for step in ("svar", "gjort", "igen"):
        yield Place(reverse("admin:followup_evaluation_ledger", args=[final.pk, answered.pk, step]), content.SECRETARY)
    yield from (Place(reverse(f"admin:followup_evaluation_{step}", args=[written.pk]), content.SECRETARY) for step in ("open", "invite"))


def _forum() -> Iterator[Place]:
    """The dialogue forum: before and after, those who come, the questions, the screen, the slides, and the office's side of it."""
    past, coming = Forum.objects.order_by("starts_at")
    for forum in (past, coming):
        yield from (Place(reverse(f"followup:{name}", args=[forum.round.year])) for name in ("forum", "register", "questions"))
        yield Place(reverse("admin:followup_forum_change", args=[forum.pk]), content.SECRETARY)
    yield Place(reverse("followup:forum_screen", args=[coming.round.year]) + "?stilla=1")
    book, _made = Compilation.objects.get_or_create(
        round=past.round, status="published", defaults={"revision": 98, "sha256": "0" * 64, "published_at": timezone.now()}
    )
    Compilation.objects.filter(pk=book.pk).update(snapshot=snapshot.take(past.round))
    yield Place(reverse("followup:slides", args=[past.round.year]))
    for status in ForumRegistration.Status:
        yield from (Place(one.get_absolute_url()) for one in ForumRegistration.objects.filter(forum=coming, status=status)[:1])
    for known in ForumQuestion.Status:
        found = ForumQuestion.objects.filter(status=known)[:1]
        yield from (Place(reverse("admin:followup_forumquestion_change", args=[one.pk]), content.SECRETARY) for one in found)


def _of(report: Report) -> str:
    email: str = Representative.objects.filter(party=report.party)[0].user.email
    return email
