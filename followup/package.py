"""An evaluation and all that was published during its period in one zip file, which opens without the portal.

Only what everybody may read already goes in. The same data give the same bytes: no clock, fixed order, fixed dates inside the file.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from followup.beside import Beside
from followup.datafiles import as_csv, as_json
from followup.models import Compilation, Evaluation, Finding, Recommendation
from idekom.lib.canonical import digest
from idekom.lib.markdown import to_html
from idekom.lib.text import harmless

LAYOUT = 1
"""Raised when the files inside are written differently, so that packages made before are made anew."""
FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class BookFile:
    """A file of a year's book: where it lies in the package, and what it is called."""

    path: str
    name: str


class Package:
    """The package of an evaluation, in Swedish whoever asks. `contents` gives what the evaluation's page tells."""

    @translation.override("sv")
    def __init__(self, evaluation: Evaluation, contents: Callable[[Evaluation], dict[str, Any]]) -> None:
        told = contents(evaluation)
        self.evaluation = evaluation
        self.findings: list[Finding] = told["findings"]
        self.rows: list[Beside] = told["rows"]
        self.books: list[Compilation] = list(self.evaluation.books().defer("snapshot"))
        self.texts = dict(sorted(self._texts(told).items()))

    @property
    def name(self) -> str:
        """What the file is called when somebody saves it."""
        return f"idekom-utvardering-{self.evaluation.year}.zip"

    @property
    def digest(self) -> str:
        """Stands for everything in it."""
        parts = [str(LAYOUT), *(f"{book.round.year} {book.digest} {book.sha256} {book.file.exists()}" for book in self.books)]
        parts += [f"{path} {digest(content)}" for path, content in self.texts.items()]
        return digest("\n".join(parts).encode())

    @translation.override("sv")
    def file(self) -> Path:
        """The file, made if there is none yet; an earlier one of the same year goes."""
        folder = Path(settings.DATA_DIR) / "packages"
        wanted = folder / f"{self.evaluation.year}-{self.digest}.zip"
        if wanted.exists():
            return wanted
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            write(part, self._files())
        Path(part.name).replace(wanted)
        for earlier in folder.glob(f"{self.evaluation.year}-*.zip"):
            if earlier != wanted:
                earlier.unlink(missing_ok=True)
        return wanted

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield from self.texts.items()
        for book in self.books:
            snapshot = Compilation.objects.values_list("snapshot", flat=True).get(pk=book.pk) or {}
            yield _path(book, "csv"), as_csv(snapshot)
            yield _path(book, "json"), as_json(snapshot)
            if book.file.exists():
                yield _path(book, "pdf"), book.file.read_bytes()

    def _texts(self, contents: dict[str, Any]) -> dict[str, bytes]:
        context = {**contents, "portal": settings.PORTAL, "introduction": _html(self.evaluation.introduction)}
        years = [(year, self._book_files(year)) for year in range(self.evaluation.from_year, self.evaluation.to_year + 1)]
        pages = {
            "index.html": render_to_string("followup/package/index.html", {**context, "years": years}),
            "utvardering.html": render_to_string("followup/package/evaluation.html", context),
            "utvardering.md": render_to_string("followup/package/evaluation.md", context),
            "overenskommelsen.html": render_to_string("followup/package/agreement.html", _agreement(self.evaluation)),
            "README.txt": render_to_string("followup/package/README.txt", {**context, "files": self._told(years)}),
            "stil.css": render_to_string("followup/package/stil.css"),
            "utvardering.json": json.dumps(self._data(contents), ensure_ascii=False, sort_keys=True, indent=1) + "\n",
        }
        tables = {"rekommendationer.csv": _table(self._recommendations()), "bedomningar.csv": _table(self._marks())}
        return {path: text.encode() for path, text in pages.items()} | tables

    def _book_files(self, year: int) -> list[BookFile]:
        found = []
        for book in self.books:
            if book.round.year == year:
                kinds = {"pdf": _("Boken (pdf)"), "csv": _("Svaren som tabell (CSV)"), "json": _("Svaren som data (JSON)")}
                found += [BookFile(_path(book, kind), name) for kind, name in kinds.items() if kind != "pdf" or book.file.exists()]
        return found

    @staticmethod
    def _told(years: list[tuple[int, list[BookFile]]]) -> list[tuple[str, str]]:
        own = [
            ("index.html", _("Innehållet, med länkar till allt")),
            ("utvardering.html", _("Utvärderingen")),
            ("utvardering.md", _("Utvärderingen som ren text (Markdown)")),
            ("utvardering.json", _("Hela utvärderingen som data (JSON)")),
            ("rekommendationer.csv", _("Rekommendationerna som tabell (CSV)")),
            ("bedomningar.csv", _("Bedömningarna som tabell (CSV)")),
            ("overenskommelsen.html", _("Överenskommelsens text")),
        ]
        return own + [(file.path, f"{year}: {file.name}") for year, files in years for file in files]

    def _data(self, contents: dict[str, Any]) -> dict[str, Any]:
        one = self.evaluation
        return {
            "year": one.year,
            "from_year": one.from_year,
            "to_year": one.to_year,
            "evaluator": one.evaluator,
            "status": one.status,
            "final_on": one.final_on.isoformat() if one.final_on else None,
            "summary": one.summary,
            "introduction": one.introduction,
            "findings": [_finding(finding) for finding in self.findings],
            "commitments": [row.as_data() for row in self.rows],
            "comments": [{"name": said.name, "text": said.text, "sent_at": said.sent_at.isoformat()} for said in contents["comments"]],
        }

    def _recommendations(self) -> Iterator[list[Any]]:
        yield ["iakttagelse_nr", "iakttagelse", "rekommendation", "text", "till", "bor_vara_gjort", "lage", "svar", "svar_av", "svar_text", "gjort"]
        for finding in self.findings:
            for one in finding.recommendations.all():
                answer, done, label = one.standing.answer, one.standing.done, one.standing.label
                said = [answer.get_reply_display(), answer.by_whom, answer.text] if answer else ["", "", ""]
                reference = f"{finding.number}.{one.number}"
                yield [finding.number, finding.title, reference, one.text, one.addressed_to, one.due_on, label, *said, done.on if done else ""]

    def _marks(self) -> Iterator[list[Any]]:
        yield ["atagande_nr", "atagande", "genomforande", "effekt", "skal", "ar", "egna_svar", "pa_god_vag_eller_genomfort", "ingen_asikt"]
        for row in self.rows:
            mark = row.mark
            given = [mark.get_completion_display(), mark.get_effect_display(), mark.reasons] if mark else ["", "", ""]
            for year, own in row.years:
                yield [
                    row.commitment.number,
                    row.commitment.title,
                    *given,
                    year,
                    *([own.opinions, own.ahead, own.no_opinion] if own else ["", "", ""]),
                ]


def write(out: Any, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files into a zip file that depends on nothing but them."""
    with ZipFile(out, "w") as archive:
        for path, content in files:
            about = ZipInfo(path, date_time=FIXED)
            about.create_system, about.external_attr = 3, 0o644 << 16
            about.compress_type = ZIP_STORED if path.endswith(".pdf") else ZIP_DEFLATED
            archive.writestr(about, content, compresslevel=6)


def _finding(finding: Finding) -> dict[str, Any]:
    commitment = finding.commitment.number if finding.commitment else None
    recommendations = [_recommendation(one) for one in finding.recommendations.all()]
    return {"number": finding.number, "title": finding.title, "text": finding.text, "commitment": commitment, "recommendations": recommendations}


def _recommendation(one: Recommendation) -> dict[str, Any]:
    ledger = [
        {"kind": line.kind, "reply": line.reply, "text": line.text, "by_whom": line.by_whom, "on": line.on.isoformat()} for line in one.ledger.all()
    ]
    due_on = one.due_on.isoformat()
    return {"number": one.number, "text": one.text, "addressee": one.addressee, "to": one.addressed_to, "due_on": due_on, "ledger": ledger}


def _agreement(evaluation: Evaluation) -> dict[str, Any]:
    version = evaluation.version
    principles = [(one, _html(one.text)) for one in version.principles.all()]
    commitments = [(one, _html(one.text)) for one in version.commitments.all()]
    return {"version": version, "principles": principles, "commitments": commitments, "text": _html(version.text)}


def _path(book: Compilation, ending: str) -> str:
    """Where a book, or its data, is in the package."""
    return f"bocker/{book.file_name(ending, tells_edition=True)}"


def _html(text: str) -> SafeString:
    """Markdown as HTML whose links to the portal's own pages lead to the portal."""
    return mark_safe(to_html(text).replace('href="/', f'href="{settings.SITE_URL}/'))  # noqa: S308 - cleaned by to_html


def _table(rows: Iterable[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
