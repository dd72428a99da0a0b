"""The other side in ten minutes: both courses, both languages, no account, no cookie, and answers explained at once."""

import tomllib

import pytest
from django.test import Client
from django.utils import translation

from agreement.courses import HERE, SLUGS, courses

pytestmark = pytest.mark.django_db
PATH = "/kunskap/den-andra-sidan/"
LONGEST_SENTENCE = 25
"""Words."""


@pytest.mark.parametrize("slug", SLUGS)
def test_each_course_is_whole_in_both_languages(slug: str) -> None:
    told = tomllib.loads((HERE / f"{slug}.toml").read_text())
    assert 6 <= len(told["step"]) <= 8
    for row in [told, *told["step"], *(option for step in told["step"] for option in step["option"])]:
        swedish = {key.removesuffix("_sv") for key in row if key.endswith("_sv")}
        assert swedish == {key.removesuffix("_en") for key in row if key.endswith("_en")}
        assert all(row[f"{key}_{language}"].strip() for key in swedish for language in ("sv", "en"))
    for step in told["step"]:
        assert [option.get("right", False) for option in step["option"]].count(True) == 1
        assert max(len(sentence.split()) for sentence in step["text_sv"].replace("\n", ". ").split(". ")) <= LONGEST_SENTENCE
        assert "!" not in "".join(value for value in step.values() if isinstance(value, str))


def test_the_right_answer_is_not_always_at_the_same_place() -> None:
    for course in courses():
        assert len({option.key for step in course.steps for option in step.options if option.is_right}) > 1


def test_both_take_ten_minutes_together_and_the_page_says_so(client: Client) -> None:
    assert sum(course.minutes for course in courses()) == 10
    assert "10 minuter sammanlagt" in client.get(PATH).text


@pytest.mark.parametrize("slug", SLUGS)
def test_one_goes_through_by_links_alone_without_a_cookie(client: Client, slug: str) -> None:
    with translation.override("sv"):
        course = next(one for one in courses() if one.slug == slug)
    for step in course.steps:
        page = client.get(f"{PATH}{slug}/?steg={step.number}")
        assert f"Steg {step.number} av {len(course.steps)}" in page.text
        assert page.text.count('type="radio"') == len(step.options)
        for option in step.options:
            answered = client.get(f"{PATH}{slug}/?steg={step.number}&svar={option.key}")
            assert option.why in answered.context["answer"].why
            assert ("Det stämmer" if option.is_right else "Inte riktigt") in answered.text
            assert f'href="?steg={step.number + 1}"' in answered.text
            assert answered.cookies == {}
    end = client.get(f"{PATH}{slug}/?steg={len(course.steps) + 1}")
    assert "Det här har ni lärt er" in end.text
    assert [step.learnt in end.text for step in course.steps] == [True] * len(course.steps)


@pytest.mark.parametrize("query", ["", "?steg=0", "?steg=99", "?steg=-1", "?steg=%00", "?steg=" + "9" * 5000, "?steg=²", "?svar=zz", "?steg=ett"])
def test_a_step_that_does_not_exist_is_the_first(client: Client, query: str) -> None:
    page = client.get(f"{PATH}staden/{query}")
    assert (page.status_code, "Steg 1 av 7" in page.text, "Svara</button>" in page.text) == (200, True, True)


def test_an_unknown_course_is_no_page_and_nothing_is_posted(client: Client) -> None:
    assert client.get(f"{PATH}finns-inte/").status_code == 404
    assert client.post(f"{PATH}staden/", {"svar": "a"}).status_code == 405


def test_the_english_page_is_in_english(client: Client) -> None:
    assert "From a question to a decision" in client.get(f"/en{PATH}staden/?steg=3").text
