"""Words of the glossary are explained where they first stand."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import SafeString, mark_safe

from agreement.explaining import explained
from agreement.models import Term, Version


def term(word: str = "åtagande", forms: str = "åtaganden, åtagandet", slug: str = "atagande", **fields: Any) -> Term:
    return Term(slug=slug, word=word, meaning="Något som någon har lovat.", forms=forms, **fields)


def told(html: str, *terms: Term) -> SafeString:
    return explained(mark_safe(html), terms or [term()])  # noqa: S308 - written here


def link(word: str, slug: str = "atagande") -> str:
    return f'<a class="term" id="ordet-{slug}" href="#ord-{slug}" aria-describedby="vad-{slug}">{word}</a>'


def test_the_first_of_a_word_is_a_link_and_its_meaning_stands_after_the_text() -> None:
    html = told("<p>Ett åtagande och ett åtagande till.</p>")
    text, meanings = html.split('<div class="meanings">')
    assert text == f"<p>Ett {link('åtagande')} och ett åtagande till.</p>"
    assert meanings.count('class="meaning"') == 1
    assert '<div class="meaning" id="ord-atagande" tabindex="-1"><p id="vad-atagande"><b>Åtagande</b>: ' in meanings
    assert "Något som någon har lovat." in meanings
    assert '<a href="#ordet-atagande">Tillbaka till texten</a>' in meanings


@pytest.mark.parametrize("word", ["åtaganden", "Åtagandet", "ÅTAGANDE"])
def test_inflected_forms_are_known(word: str) -> None:
    assert link(word) in told(f"<p>Alla {word} gäller.</p>")


@pytest.mark.parametrize("word", ["åtagandena", "huvudåtagande", "åtagande-lista", "x_åtagande"])
def test_other_words_are_let_be(word: str) -> None:
    assert told(f"<p>{word}</p>") == f"<p>{word}</p>"


@pytest.mark.parametrize("tag", ["a", "h1", "h2", "h3", "button", "summary", "label", "caption", "nav", "textarea", "figure"])
def test_nothing_is_explained_where_a_link_may_not_stand(tag: str) -> None:
    html = told(f"<{tag}>Ett <em>åtagande</em></{tag}><p>Ett åtagande</p>")
    assert html.startswith(f"<{tag}>Ett <em>åtagande</em></{tag}><p>Ett {link('åtagande')}</p>")


def test_nothing_in_a_tag_is_touched() -> None:
    html = '<p title="ett åtagande > två" data-x=\'åtagande\'>Text &aring;tagande &#8364;</p><!-- x --><img alt="åtagande">'
    assert told(html) == html


def test_a_word_within_a_longer_term_is_explained_once_each() -> None:
    iop = term("idéburet offentligt partnerskap", "IOP", "iop")
    html = told("<p>Ett idéburet offentligt partnerskap är ett partnerskap.</p>", iop, term("partnerskap", "", "partnerskap"))
    assert link("idéburet offentligt partnerskap", "iop") in html
    assert html.count('<div class="meaning"') <= 2
    assert not re.search(r"<a[^>]*>[^<]*<a", html)


def test_what_is_written_in_the_glossary_cannot_break_the_page() -> None:
    evil = term("<script>", "a&b", "x")
    evil.meaning = '"><script>alert(1)</script>'
    html = told("<p>Det är a&amp;b och &lt;script&gt;.</p>", evil)
    assert "<script>" not in html
    assert link("&lt;script&gt;", "x") in html or link("a&amp;b", "x") in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_text_without_the_words_stays_as_it_is() -> None:
    assert told("<p>Inget.</p>") == "<p>Inget.</p>"


@pytest.mark.parametrize("path", ["", "principer/dialog/", "ataganden/forstarkt-samspel-och-tidigt-samrad/", "versioner/2012/"])
def test_on_the_pages_each_word_is_explained_once(founded: Version, client: Client, path: str) -> None:
    page = client.get(f"/overenskommelsen/{path}").text
    targets = re.findall(r'class="term" id="[^"]+" href="#([^"]+)"', page)
    assert targets
    assert len(targets) == len(set(targets))
    assert sorted(re.findall(r'class="meaning" id="([^"]+)"', page)) == sorted(targets)
    assert not re.search(r'<(h[1-6]|a)\b[^>]*>(?:(?!</\1>).)*class="term"', page)


def test_english_pages_explain_english_words(founded: Version, client: Client) -> None:
    page = client.get("/en/overenskommelsen/").text
    assert re.search(r'href="#ord-part" aria-describedby="vad-part">part(y|ies)</a>', page)
    assert "One that has joined the agreement" in page


def test_a_word_has_all_its_spellings_the_longest_first() -> None:
    assert Term(word="part", forms="parten, , parterna,part").spellings == ["parterna", "parten", "part"]
