"""Production starts with secrets of its own or not at all."""

import subprocess
import sys

import pytest

from tests.workers import ROOT

GOOD = {
    "GROUNDWORK_ENV": "production",
    "SECRET_KEY": "x" * 20 + "0123456789" * 3,
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgres://a:b@127.0.0.1:5432/c",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "PATH": "/usr/bin:/bin",
}


def start(**settings):
    kept = {name: value for name, value in settings.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import deliberation.project.settings"],
        cwd=ROOT, env=kept, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_with_everything_set_it_starts():
    assert start(**GOOD) == (0, "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_without_one_of_them_it_refuses_and_names_it(name):
    code, said = start(**{**GOOD, name: None})
    assert code == 1
    assert f"{name} is not set" in said


@pytest.mark.parametrize(
    "secret", ["short", "only-for-trying-out-never-for-real-people-0000000000"]
)
def test_a_default_or_short_secret_is_refused(secret):
    code, said = start(**{**GOOD, "SECRET_KEY": secret})
    assert code == 1
    assert "SECRET_KEY is a default or too short" in said


def test_production_is_what_it_is_unless_told_otherwise():
    code, said = start(**{**GOOD, "GROUNDWORK_ENV": None, "SECRET_KEY": None})
    assert code == 1
    assert "SECRET_KEY" in said


def test_a_token_for_figures_that_can_be_guessed_is_refused():
    code, said = start(**{**GOOD, "METRICS_TOKEN": "short"})
    assert code == 1
    assert "METRICS_TOKEN is too short" in said
