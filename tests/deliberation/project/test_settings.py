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


def start(then="", **settings):
    kept = {name: value for name, value in settings.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"import deliberation.project.settings as s; {then}"],
        cwd=ROOT, env=kept, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr + done.stdout


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


COOKIES = "import deliberation.web.notices as n; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, n.Cookie.cookie_name, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE)"


def test_behind_https_no_other_host_of_the_domain_can_set_a_cookie_of_ours():
    told = (
        "__Host-sessionid __Host-csrftoken __Host-django_language __Host-messages True True True\n"
    )
    assert start(COOKIES, **GOOD) == (0, told)


def test_without_https_cookies_have_names_a_browser_takes():
    told = "sessionid csrftoken django_language messages False False False\n"
    assert start(COOKIES, **GOOD, INSECURE_HTTP="1") == (0, told)


def test_what_the_address_of_the_database_asks_of_the_connection_is_heeded():
    address = f"{GOOD['DATABASE_URL']}?sslmode=verify-full&sslrootcert=/etc/ssl/the%20db.pem"
    told = "{'sslmode': 'verify-full', 'sslrootcert': '/etc/ssl/the db.pem'}\n"
    heeded = "print(s.DATABASES['default']['OPTIONS'])"
    assert start(heeded, **{**GOOD, "DATABASE_URL": address}) == (0, told)


def test_what_would_not_be_heeded_is_refused():
    address = f"{GOOD['DATABASE_URL']}?ssl_mode=require"
    code, said = start(**{**GOOD, "DATABASE_URL": address})
    assert code == 1
    assert "DATABASE_URL asks for ssl_mode" in said


def test_behind_https_the_browser_is_told_to_stay_there():
    asked = "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    assert start(asked, **GOOD) == (0, "True True True\n")
