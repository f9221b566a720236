"""What the server asks of a site and lets through: played by a local server, for sites that do what ours does not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from mcp.server.mcpserver.exceptions import ToolError

from groundwork_mcp import site as reading
from groundwork_mcp.settings import Settings
from groundwork_mcp.site import NotThere, Site, visible

SECRET = "gw_" + "s" * 43


class Played(ThreadingHTTPServer):
    """Answers from a list, one after the other, the last again and again; keeps what was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        super().__init__(("127.0.0.1", 0), Answering)
        self.address = f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        answers = self.server.answers
        status, told, headers = answers.pop(0) if len(answers) > 1 else answers[0]
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        for name, content in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, content)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told):
        """Nothing: what was asked is kept."""


@pytest.fixture
def play():
    played = []

    def start(*answers):
        server = Played(*answers)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        played.append(server)
        return server, Site(Settings(server.address, SECRET, "water"))

    yield start
    for server in played:
        server.shutdown()
        server.server_close()


def page(*rows, following=None):
    return (200, {"next": following, "previous": None, "results": [*rows]}, {})


def test_the_token_goes_to_its_own_assembly_and_to_no_other_address(play):
    server, site = play((200, {}, {}))
    site.get("water", "values/")
    site.get("fire", "values/")
    site.get()
    site.head()
    assert [token for _, token in server.asked] == [f"Bearer {SECRET}", None, None, None]


def test_the_next_page_is_asked_of_the_same_site_whatever_its_address_says(play):
    server, site = play(page({"n": 1}, following="http://elsewhere.invalid/steal/?cursor=abc"), page({"n": 2}))  # fmt: skip
    assert site.rows("water", "values", language="en") == ([{"n": 1}, {"n": 2}], True)
    paths = [urlsplit(path) for path, _ in server.asked]
    assert {one.path for one in paths} == {"/api/v1/assemblies/water/values/"}
    assert parse_qs(paths[1].query) == {"limit": ["500"], "cursor": ["abc"], "language": ["en"]}


def test_a_redirect_is_not_followed(play):
    server, site = play((302, b"", {"Location": "http://elsewhere.invalid/"}))
    with pytest.raises(ToolError, match="302"):
        site.get("water")
    assert len(server.asked) == 1


def test_a_long_list_is_cut_and_says_so(play, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    server, site = play(page(*[{"n": n} for n in range(2)], following="/?cursor=more"))
    rows, complete = site.rows("water", "values")
    assert (len(rows), complete) == (3, False)
    assert len(server.asked) == 2
    _, site = play(page({"n": 1}, {"n": 2}, {"n": 3}))
    assert site.rows("water", "values") == ([{"n": 1}, {"n": 2}, {"n": 3}], True)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((403, {"code": "out_of_scope", "detail": "Not this token."}, {}), r"Not this token. \(out_of_scope\)"),
        ((429, {"code": "throttled", "detail": "Later."}, {"Retry-After": "60"}), "in 60 seconds"),
        ((400, {"code": "invalid", "detail": "", "fields": {"context": ["No."]}}, {}), "context"),
        ((502, b"<html>", {}), "answered 502"),
        ((200, b"<html>", {}), "not of its API"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_without_the_token(play, answer, says):
    _, site = play(answer)
    with pytest.raises(ToolError, match=says) as told:
        site.get("water")
    assert SECRET not in str(told.value)


def test_what_is_not_there_and_a_site_that_is_gone_are_told_apart(play):
    server, site = play((404, {"code": "not_here", "detail": "?"}, {}))
    with pytest.raises(NotThere):
        site.get("water")
    assert site.head() is None
    server.shutdown()
    server.server_close()
    with pytest.raises(ToolError, match="could not be reached"):
        Site(Settings(server.address)).get()


def test_characters_that_show_nothing_do_not_reach_a_model_and_letters_stay(play):
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey")
    told = {"quotes": [{"text": f"Doors{hidden}\u202e\u200b!"}], "n": 1, "none": None}
    _, site = play((200, told, {}))
    assert site.get("water") == {"quotes": [{"text": "Doors!"}], "n": 1, "none": None}
    persian, family = "می\u200cخواهم", "👨\u200d👩\u200d👧"
    assert visible([persian, family]) == [persian, family]
