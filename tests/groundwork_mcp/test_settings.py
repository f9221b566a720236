"""Settings that would tell a token to others are refused at the start, in a sentence that says what to do."""

import os
import subprocess
import sys

import pytest

from groundwork_mcp.settings import NotSet, Settings, from_environment

SECRET = "gw_" + "s" * 43
MINE = {"GROUNDWORK_TOKEN": SECRET, "GROUNDWORK_ASSEMBLY": "water"}


def test_a_site_alone_is_enough_and_a_token_comes_with_its_assembly():
    assert from_environment({"GROUNDWORK_SITE": "https://example.org/"}) == Settings("https://example.org")  # fmt: skip
    told = from_environment({"GROUNDWORK_SITE": "http://127.0.0.1:8000", **MINE})
    assert (told.token, told.assembly) == (SECRET, "water")
    assert SECRET not in repr(told)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "GROUNDWORK_SITE"),
        ({"GROUNDWORK_SITE": "example.org"}, "GROUNDWORK_SITE"),
        ({"GROUNDWORK_SITE": "file:///etc/passwd"}, "GROUNDWORK_SITE"),
        ({"GROUNDWORK_SITE": "https://ada:pw@example.org"}, "alone"),
        ({"GROUNDWORK_SITE": "https://example.org", "GROUNDWORK_TOKEN": SECRET}, "go together"),
        ({"GROUNDWORK_SITE": "https://example.org", "GROUNDWORK_ASSEMBLY": "water"}, "go together"),
        ({"GROUNDWORK_SITE": "http://example.org", **MINE}, "https"),
        ({"GROUNDWORK_SITE": "https://example.org", "GROUNDWORK_PROPOSES": "1"}, "scope propose"),
        (
            {"GROUNDWORK_SITE": "https://example.org", **MINE, "GROUNDWORK_TOKEN": "gw_é x"},
            "copy it",
        ),
    ],
)
def test_what_is_missing_or_unsafe_is_refused(told, says):
    with pytest.raises(NotSet, match=says):
        from_environment(told)


def test_whoever_starts_it_without_a_site_reads_one_line_and_no_traceback():
    done = subprocess.run(
        [sys.executable, "-m", "groundwork_mcp"], capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "GROUNDWORK_TOKEN": SECRET},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip() == "Set GROUNDWORK_SITE to the address of the site, as https://example.org."  # fmt: skip
    assert done.stdout == ""
