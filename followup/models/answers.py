"""The answers in a report: one row for each question that has been answered, about a commitment or about the year as a whole."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment
from followup.models.questions import Kind, Progress, Question, Scale

MOST_CHARACTERS = 3000
"""How long an answer in words may be."""
Place = tuple[int | None, int]
"""Which answer in a report: (the commitment's key or None, the question's key)."""


@dataclass(frozen=True)
class Entry:
    """What somebody answers to one question. `value` is the choice or the words; "" takes the answer back.

    `is_private` and `may_be_quoted` are None where the page does not ask: they stay as they are.
    """

    question: Question
    commitment: Commitment | None
    value: str
    is_private: bool | None = None
    may_be_quoted: bool | None = None

    @property
    def place(self) -> Place:
        """Which answer it is: (the commitment's key or None, the question's key)."""
        return self.commitment.pk if self.commitment else None, self.question.pk


class Overtaken(ValidationError):
    """Somebody else has changed the same answers meanwhile. `stored` has those by place as they are now, None for one taken back."""

    def __init__(self, stored: "dict[Place, Answer | None]") -> None:
        self.stored = stored
        super().__init__(_("Någon annan har ändrat samma svar."), code="overtaken")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def by_place(self) -> "dict[Place, Answer]":
        """Each answer under (the commitment's key or None, the question's key)."""
        return {answer.place: answer for answer in self}


class Answer(models.Model):
    """What a party answers to one question."""

    report = models.ForeignKey("followup.Report", verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, verbose_name=_("fråga"), on_delete=models.PROTECT, related_name="answers")
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    choice = models.CharField(_("val"), max_length=16, blank=True, choices=sorted({**dict(Progress.choices), **dict(Scale.choices)}.items()))
    words = models.TextField(_("egna ord"), max_length=MOST_CHARACTERS, blank=True)
    is_private = models.BooleanField(_("bara Idékom får läsa"), default=False)
    may_be_quoted = models.BooleanField(_("får citeras"), default=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["report", "commitment__number", "question__number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "question", "commitment"], name="one_answer_to_a_question_in_a_report", nulls_distinct=False),
            models.CheckConstraint(name="choice_is_known", condition=Q(choice__in=sorted({*Progress.values, *Scale.values, ""}))),
            models.CheckConstraint(name="an_answer_is_a_choice_or_words", condition=~Q(choice="") ^ ~Q(words="")),
            models.CheckConstraint(name="what_is_private_is_not_quoted", condition=Q(is_private=False) | Q(may_be_quoted=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_report_handed_in_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM followup_report WHERE id = COALESCE(NEW.report_id, OLD.report_id) AND status = 'submitted') THEN
                        RAISE EXCEPTION 'a report that has been handed in never changes';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.question}"

    @property
    def place(self) -> Place:
        """Which answer it is in its report."""
        return self.commitment_id, self.question_id

    @property
    def value(self) -> str:
        """The choice, or the words."""
        return self.choice or self.words

    def as_data(self) -> dict[str, Any]:
        """The answer as plain data. Needs `commitment` and `question`."""
        return {
            "commitment": self.commitment.number if self.commitment else None,
            "question": self.question.key,
            "choice": self.choice,
            "words": self.words,
            "is_private": self.is_private,
            "may_be_quoted": self.may_be_quoted,
        }

    @classmethod
    def of(cls, report: Any, entry: Entry, stored: "Answer | None" = None) -> "Answer":
        """The row that an entry becomes, instead of the stored one if there is one."""
        chosen = entry.question.kind != Kind.WORDS
        kept = stored if entry.is_private is None else None
        return cls(
            pk=stored.pk if stored else None,
            report=report,
            question=entry.question,
            commitment=entry.commitment,
            choice=entry.value if chosen else "",
            words="" if chosen else entry.value,
            is_private=kept.is_private if kept else bool(entry.is_private),
            may_be_quoted=kept.may_be_quoted if kept else bool(entry.may_be_quoted) and not entry.is_private,
        )


Stored = Mapping[Place, Answer]


def fingerprint(stored: Stored, places: Iterable[Place]) -> str:
    """Stands for the answers at these places, each for itself: what a page carries, to be compared with what is stored later."""
    return " ".join(f"{_name(place)}:{_mark(stored.get(place))}" for place in places)


def to_write(report: Any, entries: Iterable[Entry], stored: Stored, seen: str | None) -> list[Entry]:
    """What of `entries` this person has changed. What only somebody else has changed since `seen` stays as it is.

    `seen` is the fingerprint of the answers that the page showed; what it does not tell of was not there. None: no page was shown.
    Raises Overtaken when both have changed the same answer.
    """
    marks = dict(one.split(":", 1) for one in (seen or "").split() if ":" in one)
    wanted, both = [], {}
    for entry in entries:
        now = stored.get(entry.place)
        mine = _mark(Answer.of(report, entry, now))
        then = _mark(now) if seen is None else marks.get(_name(entry.place), _mark(None))
        if mine in {_mark(now), then}:
            continue
        if then == _mark(now):
            wanted.append(entry)
        else:
            both[entry.place] = now
    if both:
        raise Overtaken(both)
    return wanted


def _name(place: Place) -> str:
    commitment, question = place
    return f"{commitment or 0}-{question}"


def _mark(answer: Answer | None) -> str:
    """Stands for an answer and for who may read it: what is kept from the public is not to be shown by somebody who did not see that."""
    told = (answer.value, answer.is_private, answer.may_be_quoted) if answer and answer.value else ()
    return hashlib.sha256(str(told).encode("utf-8", "replace")).hexdigest()[:16]
