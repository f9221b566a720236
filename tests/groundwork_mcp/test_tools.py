"""The server as AI systems meet it: the SDK's own client, over standard input and over HTTP, against a live site."""

import asyncio
import os
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from uuid import uuid4

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from deliberation.assemblies.actions.tokens import make_token
from deliberation.project.servers import die_with_parent, end, free_port
from elicitation.graph.models import ValueContext
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal
from groundwork_mcp.proposals import MACHINES
from groundwork_mcp.shapes import GUESS, RELEASED, WORDS
from tests.furnished import furnish
from tests.rules import SAID, TEXT
from tests.workers import ROOT, until


@pytest.fixture
def here(live_server, assembly, account, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    made = furnish(assembly, account, tmp_path)
    seal()
    return made


def started(site, **more):
    """The environment of a server, which holds nothing of the site's own."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GROUNDWORK_SITE": site, **more}


def over_stdio(environ):
    command = [sys.executable, "-m", "groundwork_mcp"]
    return stdio_client(StdioServerParameters(command=command[0], args=command[1:], env=environ))


@contextmanager
def over_http(environ):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "groundwork_mcp", "--http", "--port", str(port)],
        env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=die_with_parent,
    )  # fmt: skip
    process.address = f"http://127.0.0.1:{port}/mcp"
    try:
        until(lambda: posted(process.address) is not None)
        yield process
    finally:
        end(process)
        process.stdout.close()


def posted(address, **headers):
    """The status an empty message is answered with; None where nobody listens yet."""
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(address, b"{}", {**sent, **headers})
    with suppress(urllib.error.URLError):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code
    return None


def asked(server, *calls, describe=False):
    """What the tools answer, each (name, arguments), in one session; refusals are their text."""

    async def all_of_it():
        async with Client(server) as client:
            tools = (await client.list_tools()).tools if describe else []
            answers = [await client.call_tool(name, told) for name, told in calls]
            return tools, [a.content[0].text if a.is_error else a.structured_content for a in answers]  # fmt: skip

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may be running in this thread
        tools, answers = apart.submit(asyncio.run, all_of_it()).result()
    return tools if describe else answers


def test_every_tool_reads_only_and_tells_when_to_use_it_and_what_it_answers():
    tools = asked(over_stdio(started("https://example.invalid")), describe=True)
    assert len(tools) == 11
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert len(tool.description) > 60
        assert "about_the_words" in tool.output_schema["properties"]


def test_a_model_goes_from_the_assembly_to_the_words_behind_a_clause(here, live_server, assembly):
    at, ids = {"assembly": "water"}, here.ids
    inquiry, context = assembly.inquiries.get(), assembly.inquiries.get().contexts.get()
    listed, contexts, values, none, norms, value, norm, documents, document, clause = asked(
        over_stdio(started(live_server.url)),
        ("list_assemblies", {}),
        ("list_contexts", at),
        ("search_values", {**at, "words": "doors"}),
        ("search_values", {**at, "words": "lighthouse"}),
        ("search_norms", {**at, "words": "warden knocks"}),
        ("read_value", {**at, "value": str(ids["value_id"])}),
        ("read_norm", {**at, "norm": str(ids["one_norm.norm_id"])}),
        ("list_documents", at),
        ("read_document", {**at, "artifact": str(ids["artifact_id"]), "number": 1}),
        ("read_clause", {**at, "clause": str(ids["one_clause.clause_id"])}),
    )
    assert all(told["about_the_words"] == WORDS for told in (listed, value, clause))
    (found,) = listed["assemblies"]
    assert (found["slug"], found["inquiries"][0]["id"]) == ("water", str(inquiry.pk))
    assert contexts["contexts"] == [{"id": context.pk, "inquiry": str(inquiry.pk), "when": {"en": "the river floods"}}]  # fmt: skip
    assert [one["id"] for one in values["values"]] == [str(ids["value_id"])]
    assert (none["values"], none["looked_at"], none["complete"]) == ([], 2, True)
    assert [one["id"] for one in norms["norms"]] == [str(ids["one_norm.norm_id"])]
    assert norms["norms"][0]["counts"] is None
    (quote,) = value["value"]["quotes"]
    assert quote["text"] in TEXT
    assert quote["written_by"] == RELEASED
    assert value["value"]["norms"] == [str(ids["one_norm.norm_id"])]
    assert [one["text"] for one in norm["norm"]["quotes"]] == [SAID]
    assert [one["artifact"] for one in documents["documents"]] == [str(ids["artifact_id"])]
    assert [one["text"] for one in document["document"]["clauses"]] == ["Nobody waits alone."]
    assert clause["clause"]["values"][0]["quotes"] == [quote]
    assert clause["record"]["head"] == latest_head().note
    for address in (clause["page"], clause["record"]["bundle"], clause["record"]["verifier"]):
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200


def test_values_for_a_situation_come_with_reasons_as_a_guess(here, live_server):
    found, nothing = asked(
        over_stdio(started(live_server.url)),
        ("which_values_apply", {"assembly": "water", "situation": "Water floods the street, doors are shut."}),
        ("which_values_apply", {"assembly": "water", "situation": "xylophone concerto"}),
    )  # fmt: skip
    first = found["values"][0]
    assert first["value"]["id"] == str(here.ids["value_id"])
    assert first["shared_words"] == {"when": ["floods"], "policies": ["doors"]}
    assert (found["a_guess"], found["how"]) == (GUESS, "shared words")
    assert nothing["values"] == []


def test_a_token_opens_its_own_assembly_and_a_search_by_context_holds_to_it(
    here, live_server, assembly, account
):
    assembly.is_public = False
    assembly.save()
    _, secret = make_token(assembly, account, "A model", ["read"], 1)
    (context,) = assembly.inquiries.get().contexts.all()
    ValueContext.objects.get_or_create(value_id=here.ids["value_id"], context=context)
    search = ("search_values", {"assembly": "water", "context": context.pk})
    mine = started(live_server.url, GROUNDWORK_TOKEN=secret, GROUNDWORK_ASSEMBLY="water")
    listed, values, norms, absent = asked(
        over_stdio(mine),
        ("list_assemblies", {}),
        search,
        ("search_norms", {"assembly": "water", "context": context.pk}),
        ("read_value", {"assembly": "water", "value": str(uuid4())}),
    )
    (unseen,) = asked(over_stdio(started(live_server.url)), search)
    wrong = mine | {"GROUNDWORK_TOKEN": "gw_" + "x" * 43}
    (ended,) = asked(over_stdio(wrong), search)
    (own,) = listed["assemblies"]
    assert (own["slug"], own["is_public"], own["title"]["en"]) == ("water", False, "Assembly water")
    assert [one["id"] for one in values["values"]] == [str(here.ids["value_id"])]
    assert [one["id"] for one in norms["norms"]] == [str(here.ids["one_norm.norm_id"])]
    assert "no such thing here" in absent
    assert "no such thing here" in unseen
    assert "This token opens nothing" in ended
    assert secret not in f"{listed}{values}{absent}"


def test_over_http_it_answers_this_machine_and_no_page_of_another_name(
    here, live_server, assembly, account
):
    _, secret = make_token(assembly, account, "A model", ["read"], 1)
    mine = started(live_server.url, GROUNDWORK_TOKEN=secret, GROUNDWORK_ASSEMBLY="water")
    with over_http(mine) as server:
        values, absent = asked(
            server.address,
            ("search_values", {"assembly": "water"}),
            ("read_value", {"assembly": "water", "value": str(uuid4())}),
        )
        strange = [posted(server.address, Host="evil.example"), posted(server.address, Origin="https://evil.example")]  # fmt: skip
        end(server)
        logged = server.stdout.read()
    assert len(values["values"]) == 2
    assert "no such thing here" in absent
    assert strange == [421, 403]
    assert "evil.example" in logged
    assert secret not in logged


def proposing(site, secret):
    """The environment of a server that may propose."""
    mine = {"GROUNDWORK_TOKEN": secret, "GROUNDWORK_ASSEMBLY": "water"}
    return started(site, **mine, GROUNDWORK_PROPOSES="1")


def test_tools_that_propose_are_there_only_where_they_were_asked_for():
    read, both = (asked(over_stdio(environ), describe=True) for environ in (
        started("https://example.invalid", GROUNDWORK_TOKEN="gw_x", GROUNDWORK_ASSEMBLY="water"),
        proposing("https://example.invalid", "gw_x"),
    ))  # fmt: skip
    more = {tool.name: tool for tool in both if tool.name not in {one.name for one in read}}
    assert set(more) == {"propose_value", "propose_norm", "read_proposal", "take_back_proposal"}
    assert {n for n, tool in more.items() if tool.annotations.read_only_hint} == {"read_proposal"}
    assert all("counts nowhere" in more[name].description for name in ("propose_value", "propose_norm"))  # fmt: skip


def test_a_model_proposes_once_however_often_it_asks_and_takes_it_back(
    here, live_server, assembly, account
):
    _, secret = make_token(assembly, account, "A model", ["read", "propose"], 1)
    value = {"title": "Shade for who waits", "policies": ["TREES over benches"], "when": "it is hot"}  # fmt: skip
    at = {"assembly": "water", "inquiry": str(assembly.inquiries.get().pk), "language": "en"}
    norm = {"attribute": "The town", "deontic": "should", "aim": "plant trees"}
    first, again, rule, quoting, elsewhere, shown = asked(
        over_stdio(proposing(live_server.url, secret)),
        ("propose_value", {**at, "value": value}),
        ("propose_value", {**at, "value": value}),
        ("propose_norm", {**at, "norm": norm}),
        ("propose_value", {**at, "value": {**value, "title": "She said “shade”"}}),
        ("propose_value", {**at, "assembly": "fire", "value": value}),
        ("list_proposals", {"assembly": "water"}),
    )
    assert first == again
    assert first["about_the_words"] == MACHINES
    assert (first["proposal"]["state"], first["proposal"]["agent"]) == ("waiting", "A model")
    assert rule["proposal"]["text"] == "The town should plant trees."
    assert "proposal_quotes" in quoting
    assert "another assembly" in elsewhere
    (seen,) = shown["proposals"]  # of the furnished ones, that a moderator put before people
    assert (shown["about_the_words"], seen["agent"]) == (MACHINES, "Advisor")
    assert assembly.machine_proposals.filter(agent__name="A model").count() == 2
    one = {"assembly": "water", "proposal": first["proposal"]["id"]}
    gone, read = asked(
        over_stdio(proposing(live_server.url, secret)),
        ("take_back_proposal", one),
        ("read_proposal", one),
    )
    assert gone == read
    assert (read["proposal"]["state"], read["proposal"]["title"]) == ("withdrawn", "")
