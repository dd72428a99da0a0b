"""A report laid out for readers: part by part, each answer under its question. Made from plain data, so that a draft, a version that has
been handed in and what stands in the book are read in one way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from followup.models import About, Kind, Progress, Question, Report, ReportVersion, Scale
from followup.models.questions import PROGRESS_KEY


@dataclass(frozen=True)
class Line:
    """A question and what was answered. `was` is how it stands to the year before: "same", "changed", or "" where there is no such year."""

    key: str
    kind: str
    question: str
    choice: str
    words: str
    is_private: bool = False
    may_be_quoted: bool = False
    was: str = ""

    @property
    def said(self) -> str:
        """The answer in words; "" when there is none."""
        return label(self.kind, self.choice) if self.choice else self.words

    @property
    def is_apart(self) -> bool:
        """Whether it is "no opinion", which is kept apart from the other choices."""
        return self.choice == Progress.NO_OPINION


@dataclass(frozen=True)
class Part:
    """What is said about a commitment, or, with the number None, about the year as a whole."""

    number: int | None
    title: str
    slug: str
    lines: list[Line]

    @property
    def progress(self) -> Line | None:
        """How far it has come."""
        return next((line for line in self.lines if line.key == PROGRESS_KEY), None)

    @property
    def words(self) -> list[Line]:
        """The answers in words."""
        return [line for line in self.lines if line.kind == Kind.WORDS and line.words]

    @property
    def statements(self) -> list[Line]:
        """The statements that have been answered."""
        return [line for line in self.lines if line.kind == Kind.SCALE and line.choice]

    @property
    def is_begun(self) -> bool:
        """Whether anything has been answered."""
        return any(line.said for line in self.lines)

    @property
    def is_as_before(self) -> bool:
        """Whether everything is as the year before."""
        return self.is_begun and all(line.was == "same" for line in self.lines if line.was or line.said)

    @property
    def reviewed(self) -> list[Line]:
        """Those, and the questions whose answer from the year before has been taken back."""
        return [line for line in self.lines if line.said or line.was == "changed"]

    @property
    def answered(self) -> list[Line]:
        """The questions that have an answer."""
        return [line for line in self.lines if line.said]


def label(kind: str, choice: str) -> str:
    """A choice in words."""
    return str((Progress if kind == Kind.PROGRESS else Scale)(choice).label)


def of_report(report: Report) -> list[Part]:
    """A report as it stands now, every question in it, and how each answer stands to the year before.

    Once the round is closed what was handed in is what stands, whatever has been written since.
    """
    previous, latest = report.previous, None if report.is_open else report.latest
    return lay_out(
        _commitments(report), _asked(report), latest.content if latest else report.content(), before=previous.content if previous else None
    )


def of_version(version: ReportVersion) -> list[Part]:
    """A report as it was handed in."""
    return lay_out(_commitments(version.report), _asked(version.report), version.content)


def public(report: Report) -> list[Part]:
    """A report as everybody will read it, if it is handed in as it stands now."""
    shown = [answer for answer in report.content() if not answer["is_private"]]
    return [part for part in lay_out(_commitments(report), _asked(report), shown) if part.is_begun]


def in_book(report: Report, snapshot: dict[str, Any]) -> list[Part]:
    """A report as it stands in a book, in the reader's language; empty when it is not in it."""
    answers: list[dict[str, Any]] = next((party["answers"] for party in snapshot["parties"] if party["slug"] == report.party.slug), [])
    return [part for part in lay_out(_commitments(report), _asked(report), answers) if part.is_begun]


def lay_out(
    commitments: Iterable[dict[str, Any]],
    questions: Iterable[dict[str, Any]],
    answers: Iterable[dict[str, Any]],
    *,
    before: Iterable[dict[str, Any]] | None = None,
) -> list[Part]:
    """The answers under their questions: the commitments in their order, and then the year as a whole if anything is asked about it."""
    asked = list(questions)
    said = {(answer["commitment"], answer["question"]): answer for answer in answers}
    earlier = None if before is None else {(answer["commitment"], answer["question"]): answer for answer in before}
    parts = [Part(one["number"], one["title"], one["slug"], _lines(one["number"], About.COMMITMENT, asked, said, earlier)) for one in commitments]
    year = _lines(None, About.YEAR, asked, said, None)  # a statement compares with the year before itself
    return [*parts, Part(None, "", "", year)] if year else parts


_Places = dict[tuple[int | None, str], dict[str, Any]]


def _lines(number: int | None, about: str, asked: list[dict[str, Any]], said: _Places, earlier: _Places | None) -> list[Line]:
    return [_line(question, said.get((number, question["key"])), number, earlier) for question in asked if question["about"] == about]


def _line(question: dict[str, Any], answer: dict[str, Any] | None, number: int | None, earlier: _Places | None) -> Line:
    key, found = question["key"], answer or {"choice": "", "words": ""}
    was = ""
    if earlier is not None and (answer or (number, key) in earlier):
        before = earlier.get((number, key), {"choice": "", "words": ""})
        was = "same" if (before["choice"], before["words"]) == (found["choice"], found["words"]) else "changed"
    private, quoted = bool(found.get("is_private")), bool(found.get("may_be_quoted"))
    return Line(key, question["kind"], question["text"], found["choice"], found["words"], private, quoted, was)


def _asked(report: Report) -> list[dict[str, Any]]:
    questions: list[Question] = report.questions
    return [question.as_data() for question in questions]


def _commitments(report: Report) -> list[dict[str, Any]]:
    return [{"number": one.number, "title": one.title, "slug": one.slug} for one in report.commitments]
