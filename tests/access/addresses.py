"""Each address in the world with one of everything."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.access import agreement, council, knowledge, plans
from tests.access.arguments import MORE, OF_A_PARTY, OF_A_REPORT, OF_AN_ELECTION, OF_ONE, ROWS, SECRETS, WITHOUT_A_ROW
from tests.access.places import World

WRONG = "this-is-nobodys-secret-00000"


def address(name: str, here: World, *, knows: bool) -> str:
    """The path of an address in the world. `knows`: whether whoever comes has the secret that is in it, if one is."""
    arguments = _arguments(name, here)
    if "token" in arguments and not knows:
        arguments["token"] = WRONG
    return reverse(name, kwargs=arguments)


def _arguments(name: str, here: World) -> dict[str, Any]:
    """What the address is made of."""
    if name in here.sitting.arguments:
        return dict(here.sitting.arguments[name])
    if name in OF_ONE:
        return OF_ONE[name]
    if name in SECRETS:
        more = MORE.get(name, {}) | ({"code": here.ceremony.code} if "ceremony" in name else {})
        return {"token": getattr(here, SECRETS[name]).token} | more
    for knows, arguments in PARTS:
        if knows(name):
            return arguments(name, here)
    if name.startswith("admin:"):
        return _in_the_office(name, here)
    if name == "followup:like":
        return {"year": 2026, "pk": here.question.pk}
    if name in OF_A_REPORT:
        return {"year": 2026, "party": here.party.slug} | MORE.get(name, {})
    if name in OF_A_PARTY:
        return {"slug": here.party.slug} | MORE.get(name, {}) | ({"pk": getattr(here, ROWS[name]).pk} if name in ROWS else {})
    return {"code": here.ceremony.code} if name == "affiliation:ceremony" else {}


def _of_an_election(name: str, here: World) -> dict[str, Any]:
    chosen = here.settled if "protocol" in name else here.election
    return {"slug": chosen.slug} | ({"pk": here.candidate.pk} if name == "affiliation:strike_candidate" else {})


def _of_a_nomination(name: str, here: World) -> dict[str, Any]:
    return {"pk": here.nomination.seat_id if name == "council:nominate" else here.nomination.pk}


def _of_an_evaluation(name: str, here: World) -> dict[str, Any]:
    if name == "followup:evaluations":
        return {}
    more = {"party": here.evaluated.party.slug} if name == "followup:evaluator_report" else {}
    return {"year": 2026} | MORE.get(name, {}) | more


def _of_the_council(name: str, here: World) -> dict[str, Any]:
    of_a_body = {"slug": here.meeting.body.slug} if "body" in name else {}
    told: dict[str, dict[str, Any]] = {
        "council:meeting": {"day": here.meeting.on},
        "council:meeting_calendar": {"day": here.meeting.on},
        "council:body_meeting": {"day": here.meeting.on},
        "council:body_meeting_calendar": {"day": here.meeting.on},
        "council:paper": {"pk": here.paper.pk},
        "council:data_list": {"kind": "moten"},
        "council:data_one": {"kind": "moten", "pk": here.meeting.pk},
        "council:times": {"pk": here.asked.poll_id},
    }
    return of_a_body | told.get(name, {})


def _in_the_office(name: str, here: World) -> dict[str, Any]:
    of: dict[str, Any] = {
        "application": here.case,
        "affiliation": here.affiliation,
        "correction": here.correction,
        "ceremony": here.ceremony,
        "round": here.round,
        "compilation": here.compilation,
        "evaluation": here.evaluation,
        "report": here.report,
        "questionset": here.round.questions,
        "forum": here.registration.forum,
        "forumquestion": here.question,
        "revisioncomment": here.revision_comment,
        "body": here.chair.body,
        "seat": here.chair.mandate.seat,
        "mandate": here.chair.mandate,
        "office": here.chair,
        "nomination": here.nomination,
        "election": here.election,
        "timepoll": here.asked.poll,
        "meeting": here.item.meeting,
        "assignment": here.assignment,
        "activity": here.contact.activity,
    }
    model, step = name.removeprefix("admin:").split("_", 2)[1:]
    if (model, step) in WITHOUT_A_ROW:
        return {}
    more: dict[tuple[str, str], dict[str, Any]] = {
        ("ceremony", "uninvite"): {"invitation": here.asked_to_sign.pk},
        ("timepoll", "choose"): {"option": here.asked.poll.options.all()[0].pk},
        ("round", "grant"): {"extension": here.extension.pk},
        ("round", "decline"): {"extension": here.extension.pk},
        ("evaluation", "dismiss"): {"user": here.evaluation.evaluators.all()[0].pk},
        ("evaluation", "show"): {"comment": here.comment.pk},
        ("evaluation", "hold_back"): {"comment": here.comment.pk},
        ("election", "lot"): {"votes": 1},
        ("election", "strike"): {"candidate": here.candidate.pk},
        ("mandate", "letter"): {"kind": "start"},
        ("meeting", "item"): {"item": here.item.pk},
        ("meeting", "item_remove"): {"item": here.item.pk},
        ("meeting", "outcome"): {"item": here.item.pk},
        ("meeting", "paper"): {"paper": here.item_paper.pk},
        ("meeting", "paper_remove"): {"paper": here.item_paper.pk},
        ("assignment", "step"): {"verb": "finish"},
        ("activity", "step"): {"verb": "finish"},
        ("activity", "hide"): {"update": here.contact.activity.updates.all()[0].pk},
        ("evaluation", "ledger"): {"recommendation": here.recommendation.pk, "step": "svar"},
    }
    return {"pk": of[model].pk} | MORE.get(name, {}) | more.get((model, step), {})


PARTS: list[tuple[Callable[[str], bool], Callable[[str, World], dict[str, Any]]]] = [
    (lambda name: name in plans.OF_A_PLAN, lambda name, here: plans.arguments(name, here.contact.activity)),
    (lambda name: name in OF_AN_ELECTION, _of_an_election),
    (lambda name: name in {"council:nominate", "council:withdraw_nomination"}, _of_a_nomination),
    (lambda name: name.startswith("followup:evaluat"), _of_an_evaluation),
    (agreement.knows, lambda name, here: agreement.arguments(name, here.agreement)),
    (knowledge.knows, lambda name, here: knowledge.arguments(name, here.knowledge)),
    (council.knows, lambda name, here: council.arguments(name, here.council)),
    (lambda name: name.startswith("council:") and name not in OF_ONE, _of_the_council),
]
"""(which addresses, what they are made of) for those that have more to them."""
