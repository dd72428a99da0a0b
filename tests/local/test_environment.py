"""Which settings ./run gives to the portal, and what it refuses in one line."""

import stat

import pytest

from local import environment
from local.places import Place
from local.say import Stop
from tests.local.conftest import Launch

EXTERNAL = {"DATABASE_URL": "postgres://u:p@db.example/portal", "REDIS_URL": "redis://redis.example/0"}
GOOD_KEY = "k7Jq0vX2mB9sLw4RzT8yNc5HgF1dPa6UeQiOtYrKxZnWbVjMhSlGfDuA"


def refusal(launch: Launch, verb: str, **variables: str) -> str:
    """What the launcher says when it ends at once with status 2: one line and nothing else."""
    process = launch(verb, **variables)
    out, errors = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, ""), errors
    assert len(errors.splitlines()) == 1, errors
    return str(errors)


@pytest.mark.parametrize("off", ["0", "off", "False", "no"])
def test_embedded_servers_are_refused_with_debug_off(launch: Launch, off: str) -> None:
    assert "the embedded PostgreSQL and Redis are for the demo only" in refusal(launch, "start", DEBUG=off)


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_half_of_the_external_servers_is_refused(launch: Launch, name: str) -> None:
    assert refusal(launch, "start", **{name: EXTERNAL[name]}).startswith(f"{name} is set but not the other of DATABASE_URL and REDIS_URL")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"EMAIL_URL": "smtp://localhost"}, "SECRET_KEY is not set"),
        ({"EMAIL_URL": "smtp://localhost", "SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ({"EMAIL_URL": "smtp://localhost", "SECRET_KEY": "a" * 60}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": GOOD_KEY}, "EMAIL_URL is not set"),
    ],
)
def test_bad_settings_of_a_real_portal_are_one_line(launch: Launch, given: dict[str, str], words: str) -> None:
    assert refusal(launch, "start", **EXTERNAL, **given).startswith(words)


def test_demo_gets_its_own_servers_and_a_key_that_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*EXTERNAL, "SECRET_KEY", "DEMO", "DEBUG", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    place.root.mkdir()
    made = environment.for_embedded(place, 8123)
    assert (made["DEMO"], made["EMBEDDED"], made["SITE_URL"]) == ("1", "1", "http://127.0.0.1:8123")
    assert made["DATABASE_URL"] == f"postgres://postgres@/{place.sockets}/idekom"
    assert made["REDIS_URL"] == f"unix://{place.sockets}/redis.sock"
    assert environment.for_embedded(place, 8123)["SECRET_KEY"] == made["SECRET_KEY"]
    assert len(made["SECRET_KEY"]) >= 50
    assert stat.S_IMODE((place.root / "secret_key").stat().st_mode) == 0o600


def test_external_servers_are_passed_on_and_make_no_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO", raising=False)
    monkeypatch.delenv("EMBEDDED", raising=False)
    for name, value in EXTERNAL.items():
        monkeypatch.setenv(name, value)
    assert environment.is_external()
    made = environment.for_external(8000)
    assert {name: made[name] for name in EXTERNAL} == EXTERNAL
    assert "DEMO" not in made
    assert "EMBEDDED" not in made


def test_one_of_the_two_urls_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", EXTERNAL["DATABASE_URL"])
    with pytest.raises(Stop) as reason:
        environment.is_external()
    assert reason.value.status == 2
