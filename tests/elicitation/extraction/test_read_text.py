"""One text at a terminal: what holds of it as JSON, without a database or a server."""

import json
import os
import subprocess
import sys

import pytest

from tests.model_server import ModelServer
from tests.workers import ROOT

TEXT = "👍🏽 I look at who is left without a door. The mayor must open the hall at night."


def run(*arguments, text=TEXT, **environment):
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, "manage.py", "read_text", *arguments], cwd=ROOT, input=text.encode(),
        env={**clean, "GROUNDWORK_ENV": "test", "PYTHONWARNINGS": "ignore", **environment},
        capture_output=True, check=False,
    )  # fmt: skip


def test_values_and_rules_come_with_quotes_in_both_kinds_of_offset():
    told = json.loads(run("-").stdout)
    (quote,) = told["candidates"][0]["policies"][0]["quotes"]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"]
    units = TEXT.encode("utf-16-le")
    assert (
        units[2 * quote["start_utf16"] : 2 * quote["end_utf16"]].decode("utf-16-le")
        == quote["text"]
    )
    (norm,) = told["norms"]
    assert (norm["attribute"], norm["deontic"]) == ("The mayor", "must")
    assert told["outcome"] == "read"


@pytest.mark.parametrize(
    ("text", "outcome", "failure"),
    [("ok", "nothing_found", ""), ("Freedom!", "not_yet", ""), ("कोई तो ऐसी सीमा नहीं हो सकती है", "needs_person", "unreadable_language")],
)  # fmt: skip
def test_every_outcome_is_said(text, outcome, failure):
    told = json.loads(run("-", text=text).stdout)
    assert (told["outcome"], told["failure"], told["candidates"]) == (outcome, failure, [])


def test_an_endpoint_reads_in_the_same_shape_and_its_failure_is_told():
    with ModelServer() as server:
        named = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"}
        told = json.loads(run("-", "--engine", "openai", **named).stdout)
        assert (told["outcome"], told["engine"], told["usage"]["calls"]) == ("read", "openai", 1)
        server.script("refuse")
        told = json.loads(run("-", "--engine", "openai", **named).stdout)
        assert (told["outcome"], told["failure"]) == ("needs_person", "refused")


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_a_file_that_cannot_be_read_is_one_clear_line(name):
    done = run(name)
    assert done.returncode == 1
    assert b"cannot be read" in done.stderr
    assert b"Traceback" not in done.stderr
