"""The main job on real answers: import, read all, confirm a few as their authors would, reconcile, publish, export."""

import json
import time
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from deliberation.artifacts import statuses
from deliberation.artifacts.actions import drafting as artifacts
from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Assembly, Import
from deliberation.moderation import queries as moderation_queries
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from deliberation.moderation.why import Why
from elicitation.extraction import queries
from elicitation.extraction.models import Candidate, Quote
from elicitation.interview.models import Revision
from tests._publishing import signed_and_published
from tests.workers import empty_broker, until, worker

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = [
    ("corpora/assembly_answers.csv", [], 300),
    ("moral-graph/edge_votes.csv", ["--map", "text=reason,respondent=participant"], 1388),
    ("polis/vtaiwan.uberx/comments.csv", ["--language", "zh"], 197),
]


@pytest.fixture
def moderator(transactional_db):
    return get_user_model().objects.create_user("moderator")


def take_in(path, options):
    """Found an assembly, take the file in, and have a worker read it all. Returns it and the seconds of reading."""
    call_command(
        "found_assembly",
        "real",
        "--title",
        "Real answers",
        "--facilitator",
        "moderator",
        stdout=StringIO(),
    )
    call_command(
        "import_answers",
        str(path),
        "--assembly",
        "real",
        *options,
        stdout=StringIO(),
        stderr=StringIO(),
    )
    empty_broker()
    with worker():
        until(lambda: queries.counts_done() > 0)
        start, done = time.monotonic(), queries.counts_done()
        until(lambda: not queries.waiting().exists(), patience=240)
        seconds = time.monotonic() - start
    rate = (queries.counts_done() - done) / max(seconds, 0.001)
    return Assembly.objects.get(slug="real"), rate


@pytest.mark.parametrize(("name", "options", "stored"), FILES)
def test_real_answers_go_all_the_way_to_a_published_clause(
    moderator, name, options, stored, tmp_path, record_property
):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    assembly, rate = take_in(path, options)
    record_property("readings_a_second", round(rate))

    taken = Import.objects.get()
    assert taken.counts["rows"] == taken.counts["stored"] + len(taken.problems)
    assert taken.counts["stored"] == stored
    found = {step.key: step.count for step in statuses.funnel(assembly)}
    ended = sum(found[k] for k in ("read", "nothing_found", "not_yet", "person_will_look"))
    assert (found["received"], found["waiting"], ended) == (stored, 0, stored)
    assert list(queries.broken_spans()) == []
    assert Quote.objects.exists()

    own_some(assembly)
    bench = Bench(assembly, moderator)
    decide_some(bench)
    version = publish(bench)
    page = Client().get(f"/a/real/documents/{version.artifact_id}/1/")
    shown = Quote.objects.filter(public=True, citations__clause__version=version)
    assert shown.exists()
    for quote in shown:
        assert (
            Revision.objects.get(pk=quote.revision_id).text[quote.start : quote.end] == quote.text
        )
    assert page.status_code == 200

    call_command("export", "--assembly", "real", "--out", str(tmp_path), stdout=StringIO())
    with (tmp_path / "responses.jsonl").open(encoding="utf-8") as file:
        assert sum(bool(json.loads(line)["text"]) for line in file) == stored
    print(f"{name}: {stored} stored, {len(taken.problems)} named, {found}, {rate:.0f} readings/s")  # noqa: T201  shown with -s


def own_some(assembly):
    """Five authors come by a link made for them, and say yes on the page."""
    for card in Candidate.objects.order_by("?")[:5]:
        respondent = card.revision.response.respondent
        if hasattr(respondent, "membership"):
            continue
        member = taking_part.open_door(assembly, respondent, "en")
        client = Client()
        client.get(f"/back/{gates.receipt_code(member)}/")
        client.post(f"/a/real/mine/cards/{card.pk}/", {"said": "yes", "public": "on"})
        card.refresh_from_db()
        assert card.state == "confirmed"


def decide_some(bench):
    """The first card becomes a value, others of its inquiry join it, one is left out."""
    owned = moderation_queries.queue(bench.assembly).filter(state="confirmed")
    first = owned.first()
    value = moderation.accept(bench, first, first.version).value
    for card in moderation_queries.queue(bench.assembly)[:20]:
        if card.revision.response.prompt.inquiry_id == value.inquiry_id:
            moderation.merge(bench, card, card.version, value)
    left = moderation_queries.queue(bench.assembly).last()
    moderation.reject(bench, left, left.version, Why("Says nothing about this."))


def publish(bench):
    version = artifacts.draft(bench.assembly, "charter", "What people said", "en")
    value = bench.assembly.inquiries.filter(values__isnull=False).first().values.first()
    artifacts.write_clause(version, "What matters here is kept in sight.", [value])
    return signed_and_published(version)
