"""The cast that the tests share: the secretary, a representative, an outsider – and a browser for each."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from idekom.users.models import User
from tests import builders


@pytest.fixture
def make() -> Any:
    """The builders."""
    return builders


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Every test has its own folder for uploads, books and mail, and an empty cache."""
    settings.DATA_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "files", "file_permissions_mode": 0o600}}
    }
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)  # a request of an earlier test may have left English behind


@pytest.fixture(autouse=True, scope="session")
def own_cache(worker_id: str) -> None:
    """Test processes side by side each have a cache of their own."""
    number = int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    cache_settings = django_settings.CACHES["default"]
    cache_settings["LOCATION"] = cache_settings["LOCATION"].replace("db=1", f"db={number + 2}")
    with suppress(AttributeError):
        del caches["default"]  # made while Django started: this thread would go on with the old place, and others with the new one


@pytest.fixture(autouse=True, scope="session")
def static_root() -> None:
    """WhiteNoise looks for the folder when it starts."""
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def secretary(db: None) -> User:
    """The council secretary: staff with all the rights in the admin."""
    return User.objects.create_superuser("kansli@example.org", name="Kansliet")


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody with an account and nothing to do here."""
    return builders.user("utomstaende@example.org")


def browser(user: User | None = None) -> Client:
    """A test browser, signed in as the user when there is one."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def secretary_client(secretary: User) -> Client:
    """The secretary's browser."""
    return browser(secretary)


@pytest.fixture
def outsider_client(outsider: User) -> Client:
    """The outsider's browser."""
    return browser(outsider)


@pytest.fixture
def sign_in() -> Any:
    """sign_in(user): a browser in which the user is signed in."""
    return browser


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in the browser tests' thread
