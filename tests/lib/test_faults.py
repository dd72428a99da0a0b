"""Points at which a test may kill the process."""

import os

import pytest
from pytest_django import Settings

from idekom.lib import faults


def killed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    kills: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "killpg", lambda *args: kills.append(args))
    return kills


def test_a_test_run_dies_at_the_point_it_names(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    kills = killed(monkeypatch)
    settings.TESTING = True
    monkeypatch.setenv("FAULT", "here")
    faults.faultpoint("there")
    assert kills == []
    faults.faultpoint("here")
    assert kills == [(0, 9)]


def test_outside_tests_nothing_dies(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    kills = killed(monkeypatch)
    settings.TESTING = False
    monkeypatch.setenv("FAULT", "here")
    faults.faultpoint("here")
    assert kills == []
