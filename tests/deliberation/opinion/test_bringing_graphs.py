"""A moral graph made elsewhere comes in whole or not at all, and can be looked at and taken along."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberation.opinion.actions.graphs import erase_graph
from deliberation.opinion.models import BroughtGraph
from elicitation.record.models import Entry

DATA = Path(__file__).parents[4] / "shared" / "data" / "moral-graph"
VALUES = [
    {"id": 1, "title": "Quiet nights", "policies": ["HOURS without noise"]},
    {"id": 2, "title": "أبواب مفتوحة", "policies": ["NEIGHBOURS who knock"]},
]
VOTES = "participant,from_value,to_value,context,judgement\n" + "".join(
    f"{person},1,2,When the river floods,wiser\n" for person in range(12)
)


@pytest.fixture
def votes(tmp_path):
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "values.json").write_text(json.dumps(VALUES))
    return tmp_path / "votes.csv"


def run(path, *options, assembly="water"):
    said = StringIO()
    call_command("import_graph", str(path), "--assembly", assembly, *options, stdout=said)
    return said.getvalue()


def with_values(votes):
    return ("--values", str(votes.parent / "values.json"))


def test_judgements_are_ranked_and_shown_with_the_titles_of_their_values(assembly, votes, client):
    told = run(votes, *with_values(votes), "--name", "The river", "--attribution", "The wood")
    assert told == "The river: 2 values, 1 transitions.\n"
    kept = assembly.brought_graphs.get()
    page = client.get(f"/a/water/graphs/{kept.pk}/").content.decode()
    for words in ("Quiet nights", "أبواب مفتوحة", "When the river floods", "The wood"):
        assert words in page


def test_what_was_taken_along_can_be_brought_again_elsewhere(
    assembly, other_assembly, votes, client, tmp_path
):
    run(votes, *with_values(votes))
    kept = assembly.brought_graphs.get()
    (tmp_path / "taken.json").write_bytes(client.get(f"/a/water/graphs/{kept.pk}.json").content)
    run(tmp_path / "taken.json", assembly="fire")
    assert other_assembly.brought_graphs.get().document == kept.document


def test_the_same_graph_twice_and_a_name_twice_are_refused(assembly, votes):
    run(votes, "--name", "One")
    with pytest.raises(CommandError, match=r"here already, as «One»"):
        run(votes, "--name", "Two")
    votes.write_text(VOTES.replace("12", "13") + "99,1,2,x,unsure\n")
    with pytest.raises(CommandError, match="called «One»"):
        run(votes, "--name", "One")
    assert BroughtGraph.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("a.json", "{", "no JSON"),
        ("a.json", '{"values": [1], "edges": [{"from_value": 1, "to_value": 9}]}', "edges.0"),
        ("a.json", '{"format": "groundwork-graph"}', "rule"),
        ("a.csv", "participant,from_value\n1,2\n", "to_value"),
        ("a.csv", VOTES.replace("0,1,2,When the river floods,wiser", "0,1,2,x,perhaps"), "line 2"),
    ],
)
def test_a_file_that_is_no_graph_is_refused_with_its_place_and_keeps_nothing(
    assembly, tmp_path, name, words, told
):
    (tmp_path / name).write_text(words)
    with pytest.raises(CommandError, match=told) as refused:
        run(tmp_path / name)
    assert name in str(refused.value)
    assert "Nothing was kept." in str(refused.value)
    assert not BroughtGraph.objects.exists()


def test_a_graph_that_was_erased_leaves_only_that_it_was_here(assembly, votes):
    run(votes)
    erase_graph(assembly.brought_graphs.get())
    assert not BroughtGraph.objects.exists()
    assert Entry.objects.filter(kind="graph.erased").count() == 1


@pytest.mark.skipif(not DATA.is_dir(), reason="the published graphs are not here")
def test_the_published_graph_comes_in_with_every_transition(assembly, client):
    run(DATA / "published_graph_all.json", "--values", str(DATA / "values.json"))
    kept = assembly.brought_graphs.get()
    assert (len(kept.document["values"]), len(kept.document["edges"])) == (60, 69)
    assert client.get(f"/a/water/graphs/{kept.pk}/").status_code == 200
    for form in ("json", "graphml", "gexf"):
        assert client.get(f"/a/water/graphs/{kept.pk}.{form}").status_code == 200


@pytest.mark.skipif(not DATA.is_dir(), reason="the published graphs are not here")
@pytest.mark.parametrize("name", ["all", "prolific"])
def test_a_published_graph_goes_out_as_it_came_in_and_can_be_brought_again(assembly, other_assembly, client, tmp_path, name):  # fmt: skip
    source = DATA / f"published_graph_{name}.json"
    run(source, "--values", str(DATA / "values.json"))
    kept = assembly.brought_graphs.get()
    address = f"/a/water/graphs/{kept.pk}.published"
    assert address in client.get(f"/a/water/graphs/{kept.pk}/").text
    taken = client.get(address)
    assert taken.json() == json.loads(source.read_text())
    (tmp_path / "taken.json").write_bytes(taken.content)
    run(tmp_path / "taken.json", "--values", str(DATA / "values.json"), assembly="fire")
    assert other_assembly.brought_graphs.get().document == kept.document


@pytest.mark.skipif(not DATA.is_dir(), reason="the published graphs are not here")
def test_of_a_list_of_values_titles_and_policies_are_kept_and_the_docs_say_what_is_not(assembly):
    run(DATA / "published_graph_all.json", "--values", str(DATA / "values.json"))
    kept = {card["id"]: card for card in assembly.brought_graphs.get().document["values"]}
    listed = {one["id"]: one for one in json.loads((DATA / "values.json").read_text())}
    lost = set()
    for pk, card in kept.items():
        assert card == {name: listed[pk][name] for name in ("id", "title", "policies")}
        lost |= listed[pk].keys() - card.keys()
    docs = (Path(__file__).parents[3] / "docs" / "researchers" / "polis.md").read_text()
    said = docs.split("Of a list of values")[1].split("are not kept")[0]
    assert set(re.findall(r"`([\w-]+)`", said)) == lost | {"id", "title", "policies"}


def test_a_graph_of_another_rule_is_not_offered_as_published(assembly, votes, client):
    run(votes)
    address = f"/a/water/graphs/{assembly.brought_graphs.get().pk}.published"
    assert client.get(address).status_code == 404
    assert address not in client.get(address.replace(".published", "/")).text
