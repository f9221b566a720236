"""A real HTTP server that speaks the chat completions and embeddings protocols and behaves as it is told.

In tests: `with ModelServer() as server: server.script("429", "well")`. By hand: `python -m tests.model_server 9000`.
It reads by a simple rule of its own: the first sentence of the answer becomes the card. Asked for stories of values it tells the same one
of a move there and back. How it can be told to behave:

- reads: well, nothing, norm, not_yet, goal (a policy that is no value), chatty (JSON inside talk), strike and add (a second look)
- tells, where stories are asked for: well, nothing, cut, broken, switch, named, quoted, beside (a move between
  the second and third value), astray (moves between values there are not)
- words, where a clause is asked for: well, cut, broken, switch, quoted, long
- outlines, where a draft of an assembly is asked for: well, nothing, astray, cut, broken, switch, long
- lies: lie (a quote nobody wrote), switch (German words), obey (whatever the answer orders: tests/obedient.py)
- breaks: cut (half a reply, and says so), fill (a whole one that used up all its tokens), broken (no JSON), nul (a character that
  cannot be stored), refuse
- fails: 400, 401, 429 (asks for 0.1 s of rest), 500, hang (30 s of silence)
- lacks: no_schema, plain_only (JSON modes), short (more than 10,000 characters)
"""

import json
import random
import re
import sys
import threading
import time
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.obedient import obeyed
from tests.told_by_models import CLAUSE, OUTLINE, OUTLINED, TOLD, WORDED, stories

ANSWER = re.compile(r"<<answer (\w+) begins>>\n(.*)\n<<answer \1 ends>>", re.DOTALL)
# Bodies with status 200 that are no completion.
STRANGE = {
    "html": "<html>Sign in</html>",
    "empty": {},
    "no_message": {"choices": [{"index": 0, "finish_reason": "stop"}]},
    "odd_usage": {"choices": [], "usage": {}},
}
STATUS = {"429": 429, "500": 500, "400": 400, "401": 401}
LONGEST_CONTEXT = 10_000  # characters of a prompt with which a server told to be "short" puts up


def reply(*values, **parts):
    return {"values": list(values), "norms": [], "marks": [], "not_yet": [], **parts}


def value(title, *policies, context=""):
    told = [{"text": text, "kind": kind, "quotes": quotes} for text, kind, quotes in policies]
    return {"title": title, "context": context, "policies": told}


def first_sentence(answer):
    return re.split(r"(?<=[.!?。！？؟])\s*|\n", answer.strip())[0] or answer


def card(answer, kind="value"):
    quote = first_sentence(answer)
    return reply(value(" ".join(quote.split()[:6]), (quote, kind, [quote])))


def lie(answer):
    told = card(answer)
    told["values"][0]["policies"][0]["quotes"] = ["words that nobody here has written"]
    return told


def switch(_answer):
    told = "Einen Ort, an dem niemand nach Geld gefragt wird und jeder willkommen ist"
    return reply(value("Offene Orte für alle Menschen", (told, "value", [told])))


def norm(answer):
    quote = first_sentence(answer)
    rule = {
        "attribute": "the mayor of the moon",
        "deontic": "must",
        "aim": quote,
        "acted_on": "",
        "conditions": "",
        "or_else": "",
        "serves": [0, 7, -1],
        "quotes": [quote],
    }
    return {**card(answer), "norms": [rule], "marks": [{"kind": "claim", "quote": quote}]}


def not_yet(answer):
    return reply(not_yet=[{"kind": "goal", "quote": first_sentence(answer)}])


CONTENT = {
    "well": card,
    "nothing": lambda answer: reply(),
    "lie": lie,
    "switch": switch,
    "norm": norm,
    "not_yet": not_yet,
    "goal": lambda answer: card(answer, kind="goal"),
    "fill": card,
    "cut": lambda answer: json.dumps(card(answer))[:40],
    "broken": lambda answer: "Sure! Here are the values:",
    "chatty": lambda answer: f"Sure! ```json\n{json.dumps(card(answer))}\n``` Anything else?",
    "nul": lambda answer: json.dumps(card(answer)).replace('"title": "', '"title": "\\u0000', 1),
    "refuse": lambda answer: None,
    "strike": lambda answer: {"verdicts": [{"card": 0, "policy": 0, "kind": "instrumental"}]},
    "add": lambda answer: {"verdicts": [{"card": 4, "policy": 9, "kind": "goal"}]},
}
LACKS = {"no_schema": ("json_schema",), "plain_only": ("json_schema", "json_object")}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/embeddings"):
            self.reply(200, embeddings(body))
            return
        behaviour = self.server.next_behaviour(body)
        asked = body.get("response_format", {}).get("type", "")
        if behaviour == "hang":
            self.server.stopped.wait(30)
            self.close_connection = True
            return
        if behaviour in STRANGE:
            self.reply(200, STRANGE[behaviour])
            return
        if behaviour in STATUS:
            self.reply(STATUS[behaviour], {"error": {"message": behaviour}})
            return
        if asked in LACKS.get(behaviour, ()):
            self.reply(400, {"error": {"message": f"response_format {asked} is not supported"}})
            return
        told = body["messages"][-1]["content"]
        if behaviour == "short" and len(told) > LONGEST_CONTEXT:
            self.reply(400, {"error": {"message": "This model's maximum context length is less."}})
            return
        with self.server.busy():
            time.sleep(self.server.pause)
        self.reply(200, completion(body, behaviour, self.server.hear(told)))

    def reply(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if status == 429:
            self.send_header("Retry-After", "0.1")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """Says nothing: tests ask `calls` instead."""


def completion(body, behaviour, heard):
    """A reply to the last of the answers `heard`."""
    answer = heard[-1] if heard else ""
    if wants(body, "stories"):
        said = TOLD.get(behaviour, stories())
    elif wants(body, "clause"):
        said = WORDED.get(behaviour, {"clause": CLAUSE})
    elif wants(body, "template"):
        said = OUTLINED.get(behaviour, OUTLINE)
    elif behaviour == "obey":
        said = obeyed(answer, heard[:-1])
    else:
        said = CONTENT.get(behaviour, card)(answer)
    content = said if isinstance(said, str | None) else json.dumps(said)
    message = {"role": "assistant", "content": content}
    if behaviour == "refuse":
        message["refusal"] = "I cannot help with that."
    out = body["max_completion_tokens"] if behaviour in {"cut", "fill"} else 20
    usage = {"prompt_tokens": 100, "completion_tokens": out, "total_tokens": 100 + out}
    finish = "length" if behaviour in {"cut", "fill"} else "stop"
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": usage,
    }


def wants(body, key):
    """Whether the shape wanted has this key, wherever it is told."""
    return (
        f'"{key}"' in json.dumps(body.get("response_format", {})) + body["messages"][0]["content"]
    )


def embeddings(body):
    """Vectors that depend on the text alone, 64 wide."""
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    data = [
        {"object": "embedding", "index": n, "embedding": [b / 255 - 0.5 for b in 2 * digest]}
        for n, digest in enumerate(sha256(text.encode()).digest() for text in texts)
    ]
    return {
        "object": "list",
        "data": data,
        "model": body["model"],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port=0, pause=0.0):
        super().__init__(("127.0.0.1", port), Handler)
        self.calls, self.plan, self.pause, self.heard = [], [], pause, []
        self.chance = None
        self.at_once = self.most_at_once = 0
        self.lock, self.stopped = threading.Lock(), threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def script(self, *behaviours):
        """What to do with the next calls; the last one goes on for ever."""
        self.plan = list(behaviours)

    def mostly_well(self, share, seed, *behaviours):
        """Answer well, but for a random `share` of calls."""
        self.chance = (random.Random(seed), share, behaviours)

    @contextmanager
    def busy(self):
        """Count how many calls are being thought about at the same time."""
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        yield
        with self.lock:
            self.at_once -= 1

    def hear(self, told):
        """All answers up to the one that is told now."""
        with self.lock:
            self.heard += [found.group(2) for found in ANSWER.finditer(told)]
            return list(self.heard)

    def next_behaviour(self, body):
        with self.lock:
            self.calls.append(body)
            if self.chance:
                dice, share, behaviours = self.chance
                return dice.choice(behaviours) if dice.random() < share else "well"
            if len(self.plan) > 1:
                return self.plan.pop(0)
            return self.plan[0] if self.plan else "well"

    def handle_error(self, request, address):
        """A caller that hangs up, as a killed worker does, is no fault of the server's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, address)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *args):
        self.stopped.set()
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    server = ModelServer(int(sys.argv[1]), pause=float(sys.argv[2]) if sys.argv[2:] else 0.0)
    server.serve_forever()
