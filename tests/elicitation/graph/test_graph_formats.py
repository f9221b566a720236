"""A graph comes back from a file as it went in, whatever letters its values are written in."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.graph.formats import gexf, graphml, own_json, published_json
from elicitation.graph.formats.shape import Card, Graph, GraphUnreadable, bare
from elicitation.graph.judgements import Answer, Judgements
from elicitation.graph.ranked import Rule
from elicitation.graph.ranking import rank

DATA = Path(__file__).parents[4] / "shared" / "data" / "moral-graph"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"no data in {DATA}")
XML = {"ml": "{http://graphml.graphdrawing.org/xmlns}", "gexf": "{http://gexf.net/1.3}"}
HEBREW, AWKWARD = "כנות (בשוק)", 'a < b & "c"\x00\x0b\ufffe\ud800'
writers = pytest.mark.parametrize("write", [graphml.write, gexf.write])


def parsed(text):
    return ET.fromstring(text.encode("utf-8"))  # noqa: S314  our own output


def ranked(rule=Rule.GROUNDWORK):
    """1 -> 2 in one context; 2 and 3 yes both ways in another."""
    rows = [(1, 2, "at home", Answer.TO_WISER, True)] * 12
    rows += [(2, 3, "at <work>", Answer.TO_WISER, True)] * 9
    rows += [(2, 3, "at <work>", Answer.FROM_WISER, False)] * 9
    start, end, context, answer, forward = (np.array(c) for c in zip(*rows, strict=True))
    person = np.arange(len(rows))
    stratum = np.where(person % 2, "young", "old")
    judgements = Judgements(
        person, start, end, context, answer.astype(np.int8), forward, stratum=stratum
    )
    return rank(judgements, rule, seed=2, resamples=3)


def graph(rule=Rule.GROUNDWORK):
    cards = (
        Card(1, HEBREW, ("what keeps a promise", "مَن يُصدَّق")),
        Card(2, AWKWARD, ("one\ntwo",)),
        Card(3, "", ()),
    )
    return Graph(cards, ranked(rule))


@pytest.mark.parametrize("rule", list(Rule))
def test_our_json_comes_back_as_it_went_in(rule):
    whole = replace(
        graph(rule), values=(Card(1, HEBREW), Card("2", "x"), Card(2), Card(3, "", ("p",)))
    )
    assert own_json.read(own_json.write(whole)) == whole


def test_our_json_holds_to_the_published_schema():
    schema = json.loads(own_json.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = own_json.as_document(graph())
    jsonschema.validate(document, schema)
    assert document["tensions"] == [{"context": "at <work>", "values": [2, 3]}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "rule": "of thumb"}, schema)


def test_the_published_schema_is_the_codes():
    assert json.loads(own_json.SCHEMA.read_text(encoding="utf-8")) == own_json.schema()


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=2))
@settings(max_examples=40)
def test_titles_and_policies_come_back_letter_for_letter(title, policies):
    whole = replace(graph(), values=(Card(1, title, tuple(policies)), Card(2), Card(3)))
    assert own_json.read(own_json.write(whole)).values[0] == whole.values[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("{}", "rule"),
        ('{"cyclic_share": NaN}', "NaN is not a number"),
    ],
)
def test_what_is_no_graph_is_refused_and_says_why(text, why):
    with pytest.raises(GraphUnreadable, match=why):
        own_json.read(text)


def test_a_transition_between_values_that_are_not_there_is_refused():
    document = own_json.as_document(graph())
    with pytest.raises(GraphUnreadable, match="no value with the id 3"):
        own_json.read(json.dumps({**document, "values": document["values"][:2]}))
    with pytest.raises(GraphUnreadable, match="same id"):
        own_json.read(json.dumps({**document, "values": document["values"] * 2}))


@writers
def test_xml_is_well_formed_whatever_the_text(write):
    text = write(graph())
    parsed(text)
    assert HEBREW in text
    assert "a &lt; b &amp; " in text
    assert "\ufffd\ufffd\ufffd\ufffd" in text
    assert "\x00" not in text


@writers
@given(st.text(st.characters(), max_size=12))
@settings(max_examples=40)
def test_any_title_and_context_make_valid_xml(write, text):
    base = ranked()
    edges = tuple(replace(edge, contexts=(text,)) for edge in base.edges)
    whole = bare(replace(base, edges=edges))
    whole = replace(whole, values=(replace(whole.values[0], title=text), *whole.values[1:]))
    parsed(write(whole))


def test_graphml_holds_values_transitions_counts_and_tensions():
    root = parsed(graphml.write(graph()))
    keys = {key.get("id"): key for key in root.iter(f"{XML['ml']}key")}
    nodes = {node.get("id"): told(node) for node in root.iter(f"{XML['ml']}node")}
    assert nodes["1"]["node_title"] == HEBREW
    assert nodes["1"]["node_policies"] == "what keeps a promise\nمَن يُصدَّق"
    assert nodes["1"]["node_best"] == nodes["1"]["node_worst"] == "1"
    assert nodes["3"]["node_in_tension"] == "at <work>"
    (edge,) = root.iter(f"{XML['ml']}edge")
    assert (edge.get("source"), edge.get("target")) == ("1", "2")
    assert told(edge)["edge_to_wiser"] == "12"
    assert told(edge)["edge_one_way"] == "true"
    assert {name for node in nodes.values() for name in node} | set(told(edge)) == set(keys)
    assert keys["edge_probability"].get("attr.type") == "double"


def told(element):
    return {data.get("key"): data.text or "" for data in element}


def test_gexf_holds_values_transitions_counts_and_tensions():
    root = parsed(gexf.write(graph()))
    labels = [node.get("label") for node in root.iter(f"{XML['gexf']}node")]
    assert labels[0] == HEBREW
    assert labels[2] == "3"
    (edge,) = root.iter(f"{XML['gexf']}edge")
    values = {v.get("for"): v.get("value") for v in edge.iter(f"{XML['gexf']}attvalue")}
    assert (edge.get("source"), edge.get("target"), values["to_wiser"]) == ("1", "2", "12")
    declared = {a.get("id") for a in root.iter(f"{XML['gexf']}attribute")}
    assert declared >= set(values)


def test_no_format_names_a_person():
    judgements = Judgements(
        np.array([f"person-{n}" for n in range(12)]),
        np.full(12, 1),
        np.full(12, 2),
        np.full(12, "now"),
        np.zeros(12, dtype=np.int8),
        np.ones(12, dtype=bool),
    )
    whole = bare(rank(judgements))
    for write in (own_json.write, graphml.write, gexf.write):
        assert "person-" not in write(whole)


def test_the_published_form_comes_back_as_it_went_in():
    whole = graph(Rule.PUBLISHED)
    back = published_json.read(published_json.write(whole))
    assert back.ranked.edges == tuple(replace(edge, stayed=None) for edge in whole.ranked.edges)
    with pytest.raises(ValueError, match="published rule"):
        published_json.write(graph())


@needs_data
@pytest.mark.parametrize("name", ["all", "prolific"])
def test_the_published_graphs_are_read_and_written_again_without_loss(name):
    text = (DATA / f"published_graph_{name}.json").read_text(encoding="utf-8")
    cards = (DATA / "values.json").read_text(encoding="utf-8")
    found = published_json.read(text, cards)
    assert json.loads(published_json.write(found)) == json.loads(text)
    assert all(card.title and card.policies for card in found.values)
    assert own_json.read(own_json.write(found)) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[]", "no published moral graph"),
        ('{"values": [1], "edges": [{}]}', r"edges\.0: 'from_value'"),
        ('{"values": 1, "edges": []}', "no published moral graph"),
    ],
)
def test_what_is_no_published_graph_is_refused(text, why):
    with pytest.raises(GraphUnreadable, match=why):
        published_json.read(text)
