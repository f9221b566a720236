"""What every answer tells a browser: what it may load and run, who may frame it, whom it tells where one came from."""

import pytest
from django.db import OperationalError, connections
from django.test import Client, override_settings

from deliberation.project.database import database

PLACES = ("/", "/static/css/groundwork.css", "/static/icon.svg", "/health/live", "/not/there/")


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_says_what_a_browser_may_load_static_files_too(client, db, path):
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    for told in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert told in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    answer.close()


@pytest.mark.parametrize("path", PLACES)
def test_no_page_of_another_site_may_read_an_answer(client, db, path):
    answer = client.get(path, headers={"origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer
    answer.close()


@override_settings(
    SESSION_COOKIE_NAME="__Host-sessionid", SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_NAME="__Host-csrftoken", CSRF_COOKIE_SECURE=True,
    LANGUAGE_COOKIE_NAME="__Host-django_language", LANGUAGE_COOKIE_SECURE=True,
)  # fmt: skip
def test_cookies_keep_what_a_name_with_host_promises_and_no_other_is_set(account):
    client = Client()
    page = client.get("/sign-in/", secure=True)
    assert page.status_code == 200
    typed = {"username": "ada-of-the-hall", "password": "a long enough one"}
    client.post("/sign-in/", typed, secure=True)
    client.post("/i18n/setlang/", {"language": "fr"}, secure=True)
    client.get("/join/", secure=True)
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-django_language"} == {*client.cookies}
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_database_that_has_to_be_encrypted_is_not_spoken_to_in_the_clear(db):
    """The tests' own server speaks no TLS."""
    held = connections["default"].settings_dict
    address = f"postgres://{held['USER']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    asking = connections["default"].copy()
    asking.settings_dict = {**held, **database(f"{address}?sslmode=require")}
    with pytest.raises(OperationalError, match="SSL"):
        asking.ensure_connection()


def test_pages_behind_a_door_are_in_no_cache(client, member_client, facilitator, assembly):
    for who, path in ((member_client, "/a/water/mine/"), (facilitator, "/run/water/"), (client, "/run/")):  # fmt: skip
        assert who.get(path)["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in client.get("/a/water/")


def test_a_folder_lists_nothing_and_trace_is_not_spoken(client, db):
    for path in ("/static/", "/static/css/", "/media/"):
        assert client.get(path).status_code == 404
    told = client.generic("TRACE", "/", headers={"x-secret": "abc"})
    assert (told.status_code, "abc" in told.text) == (405, False)
