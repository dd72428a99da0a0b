"""The year's book against other ways to print the same content, on the same machine in the same run.

    python benchmarks/book.py [--parties 400]

takes the settings of the portal from the environment (see docs/operations.md); DATA_DIR is put aside for a folder of its own, and nothing is
written to the database. Printed for each way: seconds, pages a second, the highest memory of any of its processes, and the time as a share of
the plain way, which is one WeasyPrint call for one document.

    plain       the same book as one document in one WeasyPrint call, which finds the page numbers of the contents by itself
    cold        the portal's book with no section ready
    five new    the portal's book when five parties have changed their reports since the last time
    chromium    Chromium's tagged print of the plain document; left out where there is no Chromium or no playwright
    typst       Typst's PDF/UA-1 of the same words and charts; left out where the package typst is not installed

Each way runs in a process of its own. Run it several times on a quiet machine, and quote the shares.
"""

import argparse
import importlib
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
WAYS = ("plain", "cold", "five new", "chromium", "typst")
SENTENCES = [
    "Vi har träffat förvaltningen fyra gånger och gått igenom hur föreningarnas kunskap kan tas in tidigare i planeringen.",
    "Mötena har hållits på olika håll i staden, och anteckningarna har skickats ut inom en vecka.",
    "Vi bjöd in våra medlemmar till tre samtal om vad överenskommelsen betyder i deras vardag.",
    "Det som hjälpte mest var att samma personer kom tillbaka, och att frågorna fick svar.",
]
QUESTIONS = [
    {"key": "progress", "kind": "progress", "text": "Hur långt har det kommit?", "is_quotable": False},
    {"key": "done", "kind": "words", "text": "Vad har ni gjort under året?", "is_quotable": False},
    {"key": "example", "kind": "words", "text": "Har ni ett exempel att sprida?", "is_quotable": True},
    {"key": "plan", "kind": "words", "text": "Vad planerar ni för nästa år?", "is_quotable": False},
]
FORMAT = "idekom-uppfoljning/2"
OWNERS = ["city", "sector", "both", "city", "both", "both", "both", "each", "sector", "sector", "both", "both", "both"]


def snapshot(parties: int, *, edition: int = 0) -> dict[str, Any]:
    """A year in which everybody has reported; in another edition the first five have said something else."""
    commitments = [
        {"number": n, "slug": f"a-{n}", "title": f"Åtagande {n}", "summary": SENTENCES[n % 4], "owner": owner, "owner_label": owner}
        for n, owner in enumerate(OWNERS, start=1)
    ]
    reports = [_party(number, commitments, edition if number < 5 else 0) for number in range(parties)]
    days = {"opens_on": "2026-09-01", "due_on": "2026-10-31", "forum_on": None}
    return {
        "format": FORMAT,
        "year": 2026,
        "agreement": "Överenskommelsen Göteborg",
        "summary": f"## Året i korthet\n\n{' '.join(SENTENCES)}",
        "question_set": "Frågorna från 2026",
        "questions": [{"about": "commitment", "side": "", **question} for question in QUESTIONS],
        "glossary": [],
        "earlier": [],
        "latest_at": "2026-10-05T10:00:00+00:00",
        "commitments": commitments,
        "parties": reports,
        **days,
    }


def _party(number: int, commitments: list[dict[str, Any]], edition: int) -> dict[str, Any]:
    chance = random.Random(number * 1000 + edition)  # noqa: S311 - the same book every time
    side, left_out = ("city", "sector") if number % 5 == 0 else ("civil_society", "city")
    asked = [commitment["number"] for commitment in commitments if commitment["owner"] != left_out]
    progress = ["not_started", "started", "well_under_way", "done", "no_opinion"]
    answers = [answer for n in asked for answer in _answers(chance, n, chance.choice(progress))]
    told = {"kind": "enskild organisation", "legal_form": "ideell förening", "sector": "Kultur", "has_reported": True}
    name = f"Föreningen Bryggan {number}"
    return {"slug": f"part-{number}", "name": name, "side": side, "through": None, "reports_for": [], "answers": answers, **told}


def _answers(chance: random.Random, number: int, progress: str) -> list[dict[str, Any]]:
    words = {"done": _words(chance, 4), "example": _words(chance, 1) if chance.random() < 0.03 else "", "plan": _words(chance, 2)}
    about = {"commitment": number, "words": "", "choice": "", "may_be_quoted": False}
    told = [{**about, "question": key, "words": said, "may_be_quoted": key == "example"} for key, said in words.items() if said]
    return [{**about, "question": "progress", "choice": progress}, *told]


def _words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choice(SENTENCES) for _sentence in range(chance.randrange(most + 1)))


def plain_html(taken: dict[str, Any]) -> str:
    """The same pages as one document with its style: the contents ask the layout for their page numbers."""
    from django.template.loader import render_to_string  # noqa: PLC0415 - Django is set up by now

    from followup import book, sections  # noqa: PLC0415
    from followup.figures import Figures  # noqa: PLC0415
    from idekom.lib import pdf  # noqa: PLC0415

    figures = Figures(taken)
    lists = {
        "first": [book.Line("Sammanfattning", "sammanfattning"), book.Line("Året i siffror", "siffror")],
        "commitments": [book.Line(f"{one.number}. {one.title}", f"atagande-{one.number}") for one in figures.commitments],
        "parties": [book.Line(party.name, f"part-{party.slug}") for party in figures.reporters],
        "last": [book.Line("Så är boken gjord", "metod")],
    }
    context = {"book": figures, "agreement": figures.agreement, "elsewhere": "#", **lists}
    front = render_to_string("followup/book/front.html", {"title": "Uppföljning", "year": 2026, "portal": {"name": "Idékom"}, **context})
    bodies = (page.partition("<body")[2].partition(">")[2].rpartition("</body>")[0] for page in [front, *book._pages(figures, "0" * 64)])
    head = "@top-left { content: 'Uppföljning 2026'; width: 30%; vertical-align: bottom; padding-bottom: 6mm }"
    foot = "@bottom-right { content: 'Sida ' counter(page) ' av ' counter(pages) }"
    pages = f"@page {{ {head} {foot} }} @page cover {{ @top-left {{ content: none }} @bottom-right {{ content: none }} }}"
    numbers = ".toc a { padding: 0; text-indent: 0 } .toc a::after { content: leader('.') target-counter(attr(href url), page) }"
    style = f"{pdf.font_css()}\n{sections.style()}\n{pages}\n{numbers}"
    body = "".join(bodies).replace(">0\t", ">")  # the numbers of the contents, which this way finds by itself
    return f'<!doctype html><html lang="sv"><head><title>Uppföljning</title><style>{style}</style></head><body>{body}</body></html>'


def typst_source(taken: dict[str, Any]) -> str:
    """The same words and bars in Typst's language."""
    from followup.figures import Figures  # noqa: PLC0415

    figures = Figures(taken)
    out = ['#set document(title: "Uppföljning 2026")', '#set text(lang: "sv", size: 10.5pt, hyphenate: true)', '#set page(numbering: "1")']
    out += ["= Uppföljning 2026", "#outline()"]
    for one in figures.commitments:
        out += ["#pagebreak()", f"== {one.title}", _typst(one.summary), _typst_chart(one), _typst(one.summing_up)]
        out += [f"#quote[{_typst(line.words)}] {_typst(said.party['name'])}" for said, line in one.quotes]
    for reporter in figures.reporters:
        out += ["#pagebreak()", f"== {_typst(reporter.name)}", _typst(reporter.about)]
        for said in reporter.said:
            out += [f"=== {_typst(said.commitment['title'])}", f"*{_typst(said.progress_label)}*"]
            out += [f"{_typst(line.question)} \\ {_typst(line.words)}" for line in said.words]
    return "\n\n".join(out)


def _typst(words: str) -> str:
    return "".join(f"\\{sign}" if sign in "#*_`$<>@[]\\=-+/~" else sign for sign in words)


def _typst_chart(one: Any) -> str:
    bars = "".join(f"rect(width: {1 + bar.value / 4}mm, height: 4mm)," for group in one.chart.groups for bar in group.bars)
    cells = "".join(f"[{_typst(row.label)}], [{row.total}], [{row.share}]," for row in one.chart.rows)
    return f'#figure(stack(dir: ttb, spacing: 1mm, {bars}), alt: "{one.chart.title}")\n\n#table(columns: 3, {cells})'


def _pages(made: bytes) -> int:
    from io import BytesIO  # noqa: PLC0415

    from pikepdf import Pdf  # noqa: PLC0415

    with Pdf.open(BytesIO(made)) as pdf:
        return len(pdf.pages)


def run(way: str, parties: int, folder: Path) -> dict[str, float]:
    """Print the book in one way, in this process; gives seconds and pages."""
    import django  # noqa: PLC0415

    django.setup()
    from followup import book  # noqa: PLC0415
    from idekom.lib import binding, pdf  # noqa: PLC0415

    if way in {"cold", "five new"}:
        if way == "five new":
            book.render(snapshot(parties))
        taken = snapshot(parties, edition=int(way == "five new"))
        start = time.monotonic()
        made = book.render(taken)
        return {"seconds": time.monotonic() - start, "pages": binding.extent(made).pages}
    if way == "typst":
        typst: Any = importlib.import_module("typst")
        (folder / "book.typ").write_text(typst_source(snapshot(parties)))
        start = time.monotonic()
        made = typst.compile(str(folder / "book.typ"), pdf_standards=["ua-1"], font_paths=[str(HERE / "static" / "fonts")])
        return {"seconds": time.monotonic() - start, "pages": _pages(made)}
    html, start = plain_html(snapshot(parties)), time.monotonic()
    if way == "plain":
        from weasyprint import HTML  # noqa: PLC0415

        made = HTML(string=html, url_fetcher=pdf.OnlyAssets(pdf._fonts())).write_pdf(pdf_variant="pdf/ua-1")
    else:
        made = _by_chromium(html, folder)
    return {"seconds": time.monotonic() - start, "pages": _pages(made)}


def _by_chromium(html: str, folder: Path) -> bytes:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    page_file = folder / "book.html"
    page_file.write_text(html.replace("app:fonts/", f"{(HERE / 'static' / 'fonts' / 'pdf').as_uri()}/"))  # the fonts of all the ways
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(page_file.as_uri())
        return page.pdf(format="A4", tagged=True, outline=True)


def measured(way: str, parties: int) -> dict[str, float]:
    """The same in a process of its own, with the highest memory (MB) of it and its children."""
    with tempfile.TemporaryDirectory(prefix="idekom-benchmark-") as folder:
        variables = os.environ | {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "idekom.settings", "LOG_LEVEL": "ERROR"}
        command = [sys.executable, __file__, "--parties", str(parties), "--way", way]
        outcome = subprocess.run(command, env=variables, capture_output=True, text=True, check=True, cwd=HERE)
    told: dict[str, float] = json.loads(outcome.stdout.splitlines()[-1])
    return told


def main() -> None:
    """Measure every way and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", type=int, default=400)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        import resource  # noqa: PLC0415

        told = run(asked.way, asked.parties, Path(os.environ["DATA_DIR"]))
        memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        print(json.dumps({**told, "memory": memory}))
        return
    there = {"chromium": shutil.which("chromium"), "typst": importlib.util.find_spec("typst")}
    ways = [way for way in WAYS if there.get(way, True)]
    found = {way: measured(way, asked.parties) for way in ways}
    print(f"{asked.parties} parties\n\n{'way':<12}{'seconds':>9}{'pages':>7}{'pages/s':>9}{'MB':>7}{'of plain':>10}")
    for way, told in found.items():
        share = told["seconds"] / found["plain"]["seconds"]
        pace = told["pages"] / told["seconds"]
        print(f"{way:<12}{told['seconds']:>9.1f}{told['pages']:>7.0f}{pace:>9.1f}{told['memory']:>7.0f}{share:>10.2f}")


if __name__ == "__main__":
    main()
