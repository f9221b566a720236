"""Results come out of the raw tables again, anywhere: the same as the site's, and a changed row is named."""

import json
import subprocess
import sys
from math import inf

import pytest

from deliberation.assemblies.actions import strata
from deliberation.exports import recomputing, rules_copied, writing
from deliberation.exports.enclosed import recompute
from deliberation.exports.progress import Progress
from deliberation.exports.recomputing import RulesFailed
from deliberation.opinion import analysing, graph_result
from deliberation.opinion.models import Analysis
from elicitation.graph.actions import folding
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.actions.upholding import endorse_norm
from elicitation.graph.models import Endorsement, Norm
from elicitation.interview.actions import permit_research
from elicitation.record.actions import append, recorded

WITHOUT = "import runpy, sys; sys.modules.update(dict.fromkeys(('django', 'pydantic', 'celery', 'psycopg'))); sys.argv = ['recompute.py']; runpy.run_path('recompute.py', run_name='__main__')"


def recomputed(folder):
    """What the package's own script says, in a process that has neither Django nor anything else of the site."""
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", WITHOUT], cwd=folder, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def rich(assembly, inquiry, values, camps, judged):
    """Two camps with strata, rounds, a folded value, a norm, and a change of mind."""
    asked = strata.add_stratum(assembly, {"en": "Age?"}, [{"en": "young"}, {"en": "old"}])
    asked.belongings.bulk_create(
        asked.belongings.model(stratum=asked, respondent=one, option="o1" if n % 3 else "o0")
        for n, one in enumerate(camps)
    )
    norm = Norm.objects.create(inquiry=inquiry, deontic="must", aim="open the doors", language="en")
    for n, one in enumerate(camps[:9]):
        endorse_norm(one, norm, Endorsement.Says.AGREE if n % 2 else Endorsement.Says.DISAGREE)
    endorse(camps[3], values[5], Endorsement.Says.PASS)
    folding.fold(values[7], values[6])
    was_weighed(assembly)
    return assembly


@recorded
def was_weighed(assembly):
    """Two rounds of weighing, as the record tells of them."""
    for start, end in (("2001", "2002"), ("2099", "2100")):
        append(
            "phase.set",
            assembly=assembly.slug,
            phase="weighing",
            starts_at=f"{start}-01-01T00:00:00+00:00",
            ends_at=f"{end}-01-01T00:00:00+00:00",
        )


def test_the_results_are_those_the_site_shows_and_come_out_again_anywhere(
    rich, inquiry, tmp_path, monkeypatch
):
    monkeypatch.setattr(graph_result, "RESAMPLING", inf)  # a busy machine draws as often as any
    analysing.analyse(inquiry)
    writing.write(rich, tmp_path)
    found = json.loads((tmp_path / "results.json").read_text())["inquiries"][str(inquiry.pk)]
    for kind in ("groups", "graph"):
        shown = Analysis.objects.get(inquiry=inquiry, kind=kind)
        assert found[kind].pop("input") == shown.input_hash or kind == "groups"
        told = json.loads(json.dumps(shown.result))
        assert list(recompute.differences(told, found[kind], f"/{kind}")) == []
    assert found["groups"]["k"] == 2
    assert set(found["in_group"].values()) == {"A", "B"}
    assert recomputed(tmp_path) == (0, "same\n")
    (tmp_path / "codebook.md").write_text("Nothing to see here.")
    lines = (tmp_path / "endorsements.jsonl").read_text().splitlines()
    turned = lines[0].replace('"agree"', '"pass"').replace('"disagree"', '"pass"')
    (tmp_path / "endorsements.jsonl").write_text("\n".join([turned, *lines[1:], ""]))
    ended, said = recomputed(tmp_path)
    assert ended == 1
    assert "endorsements.jsonl: not the file of manifest.json" in said
    assert "codebook.md: not the file of manifest.json" in said
    value = json.loads(turned)["value"]
    assert f"/groups/statements/{value}/pass: 0 in results.json, 1 computed" in said


def test_results_hold_nothing_of_who_keeps_out_of_research(rich, inquiry, camps, tmp_path):
    for one in camps[:5]:
        permit_research(one, permitted=False)
    writing.write(rich, tmp_path)
    found = json.loads((tmp_path / "results.json").read_text())
    told = found["inquiries"][str(inquiry.pk)]
    assert told["groups"]["counts"]["people"] == len(camps) - 5
    assert told["graph"]["people"] == len(camps) - 5
    text = (tmp_path / "results.json").read_text()
    assert not any(str(one.pk) in text for one in camps[:5])


def test_the_rules_that_are_copied_know_nothing_of_the_site():
    named = rules_copied.modules()
    assert "deliberation.opinion.stable" in named
    assert "elicitation.graph.ranking" in named
    assert not {name for name in named if name.endswith((".models", ".queries", ".actions"))}


def test_a_script_that_says_much_of_a_fault_is_not_held_up_by_it(tmp_path):
    (tmp_path / "recompute.py").write_text("import sys; sys.exit(200_000 * 'x' + ' the end')")
    with recomputing.computing(tmp_path) as at_work, pytest.raises(RulesFailed, match=r"the end$"):
        recomputing.computed(at_work, tmp_path, Progress())
