"""Researchers' scripts, as they are in the docs, against a live site with a real worker: bring answers, compute the results again, compare groups."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.moderation.actions.proposing import show_proposal
from deliberation.moderation.bench import Bench
from deliberation.opinion import analysing
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Response
from tests.accepting import accepted
from tests.conftest import TEXT, newcomer
from tests.workers import empty_broker, worker

SCRIPTS = Path(__file__).parents[2] / "docs" / "researchers" / "client"
AGREE, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.DISAGREE


def weighed(assembly, invitation):
    """Two camps of seven over three values, weighing over, and the result there."""
    now = timezone.now()
    setting_up.set_phase(assembly, "weighing", now - timedelta(hours=2), now - timedelta(hours=1))
    inquiry = assembly.inquiries.get()
    values = [Value.objects.create(inquiry=inquiry, title=t, language="en") for t in ("Doors", "Quiet", "Shade")]  # fmt: skip
    for n in range(14):
        member = newcomer(invitation)
        for m, value in enumerate(values):
            endorse(member.respondent, value, AGREE if m == 2 or (n < 7) == (m == 0) else DISAGREE)
    analysing.analyse(inquiry)


def told(script, *asked):
    """What a script prints, run as a researcher runs it: nothing of the site can be imported."""
    done = subprocess.run(
        [sys.executable, "-B", script, *map(str, asked)], cwd=SCRIPTS, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_scripts_of_the_docs_do_what_they_say(
    live_server, assembly, account, invitation, tmp_path, settings
):
    weighed(assembly, invitation)
    accepted(assembly, account)
    _, secret = make_token(assembly, account, "Notebook", ["read", "import", "export"], 1)
    here = (live_server.url, "water")
    file = tmp_path / "answers.csv"
    file.write_text(f"id,answer\n1,{TEXT}\n2,\n")
    empty_broker()
    with worker(MEDIA_ROOT=str(settings.MEDIA_ROOT)):
        first = told("bring_answers.py", *here, secret, file)
        again = told("bring_answers.py", *here, secret, file)
        same = told("reproduce.py", *here, secret, tmp_path)
    assert Response.objects.count() == 1
    assert "'stored': 1" in first
    assert "read: 1 of 1 readings went well" in first
    assert "value: Shade" in first
    assert again == first
    assert "same" in same
    compared = told("compare_groups.py", *here).splitlines()
    assert compared[0].count("(7)") == 2
    assert compared[1:] == sorted(compared[1:], key=lambda line: "Shade" in line)
    assert [line.partition(":")[0] for line in compared[1:]][-1] == "Shade"


def test_a_script_proposes_once_where_it_may_and_reads_what_is_shown(
    live_server, assembly, account
):
    _, secret = make_token(assembly, account, "Advisor", ["read", "propose"], 1)
    here = (live_server.url, "water", secret)
    refused = subprocess.run(
        [sys.executable, "-B", "propose.py", *here], cwd=SCRIPTS, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert "proposals_closed" in refused.stderr
    permit_proposals(assembly, True)
    first, again = told("propose.py", *here), told("propose.py", *here)
    assert "waiting, as Advisor" in first
    assert again == first
    proposal = assembly.machine_proposals.get()
    show_proposal(Bench(assembly, account), proposal)
    assert "shown: Shade for who waits by Advisor" in told("propose.py", *here)
