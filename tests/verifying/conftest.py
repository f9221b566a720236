"""verify.py as a stranger runs it: one file in a folder of its own, on what people download."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from elicitation.record.actions import append, recorded
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published
from tests.conftest import TEXT, Told, card, newcomer

ROOT = Path(__file__).parents[2]
GOOD, UNREADABLE, LEAF, PLACE, SIGNATURE, HISTORY, WORDS, WAITING, NOT_COMPARED = 0, *range(2, 10)
OTHER = "ab" * 32


@pytest.fixture
def verify(tmp_path):
    """Runs verify.py where nothing of Groundwork can be imported; returns its exit code and what it said."""
    shutil.copy(ROOT / "verify.py", tmp_path)

    def run(*arguments, told=None):
        if told is not None:
            (tmp_path / "told.json").write_text(json.dumps(told), encoding="utf-8")
            arguments = ("told.json", *arguments)
        done = subprocess.run(
            [sys.executable, "-I", "verify.py", *arguments],
            cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    run.folder = tmp_path
    return run


@pytest.fixture
def key(verify):
    """The key people have on paper."""
    recorded(lambda: append("thing.done"))()
    seal()
    return latest_head().key


@pytest.fixture
def address(answered):
    return f"/a/water/mine/{answered.pk}/receipt.json"


@pytest.fixture
def published(assembly, account, read_answer, invitation, prompt):
    """A document with two quotes, of two people."""
    owned = taking_part.own_card(read_answer, public=True)
    value = moderation.accept(Bench(assembly, account), owned, owned.version).value
    answer = taking_part.answer(newcomer(invitation), prompt, Words(TEXT, "en", "another"))
    (found,) = read(answer.latest.pk, Told(card("Quiet", "I want quiet nights.")))
    found = taking_part.own_card(found, public=True)
    moderation.merge(Bench(assembly, account), found, found.version, value)
    version = artifacts.draft(assembly, "charter", "Charter of the river", "en")
    artifacts.write_clause(version, "Nobody is left without a door.", [value])
    return signed_and_published(version)


@pytest.fixture
def bundle(published, key):
    seal()
    return downloaded(published)


def downloaded(version, name="bundle"):
    path = f"/a/water/documents/{version.artifact_id}/{version.number}/{name}.json"
    return Client().get(path).json()


def quotes(bundle):
    grounds = [g for c in bundle["document"]["clauses"] for g in c["grounds"]]
    return [q for g in grounds for made in g["cards"] for q in made["quotes"]]
