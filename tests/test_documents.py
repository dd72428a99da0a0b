"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from affiliation.models import Application, Correction, Election
from agreement.models import Activity, RevisionComment, Version, Wording
from council.models import Assignment, DotBallot, Meeting, Minutes, Nomination, PartyDecision, Proposal, Reply, SubstituteRequest, TimePoll
from followup.models import (
    Compilation,
    Evaluation,
    EvaluationComment,
    Example,
    Extension,
    ForumQuestion,
    ForumRegistration,
    Newsletter,
    Report,
    Round,
)
from idekom.lib.history import Stateful

ROOT = Path(__file__).resolve().parent.parent


def documented() -> dict[str, set[tuple[str, str, str]]]:
    """{model: {(verb, from, to)}} as docs/architecture.md tells it."""
    told: dict[str, set[tuple[str, str, str]]] = {}
    model = ""
    for row in re.findall(r"^\| (\w*) ?\| ([\w, ]+) \| ([\w, ]+) \| ([\w, ]+) \|$", (ROOT / "docs/architecture.md").read_text(), re.M):
        if row[1] == "verb":
            continue
        model = row[0] or model
        verbs, sources, targets = (cell.split(", ") for cell in row[1:])
        for i, verb in enumerate(verbs):
            # "open, close | planned, open | open, closed" pairs up; "approve, decline | a, b, c | x, y" shares its sources
            own_sources = [sources[i]] if len(sources) == len(verbs) > 1 else sources
            target = targets[i] if len(targets) > 1 else targets[0]
            told.setdefault(model, set()).update((verb, source, target) for source in own_sources)
    return told


MODELS = [
    Version,
    Wording,
    Activity,
    Meeting,
    Minutes,
    Assignment,
    Proposal,
    PartyDecision,
    TimePoll,
    DotBallot,
    Reply,
    SubstituteRequest,
    Application,
    Correction,
    Round,
    Report,
    Extension,
    Compilation,
    Evaluation,
    EvaluationComment,
    RevisionComment,
    ForumRegistration,
    ForumQuestion,
    Example,
    Newsletter,
    Nomination,
    Election,
]


@pytest.mark.parametrize("model", MODELS)
def test_architecture_document_tells_every_transition(model: type[Stateful]) -> None:
    real = {(verb, str(source), str(target)) for verb, (sources, target) in model.TRANSITIONS.items() for source in sources}
    assert documented()[model.__name__] == real


def test_readme_has_exactly_two_commands_on_its_first_screen() -> None:
    first_screen = (ROOT / "README.md").read_text().splitlines()[:20]
    commands = [line.split("#")[0].strip() for line in first_screen if line.startswith(("./", "$", "pip", "python", "docker"))]
    assert commands == ["./run", "./run test"]
