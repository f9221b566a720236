"""A real HTTP server that speaks the chat completions protocol and behaves as it is told.

In tests: `with ModelServer() as server: server.script("429", "well")`. By hand: `python tests/model_server.py 9000`.
It reads by a simple rule of its own: the first sentence of the answer becomes the card.
"""

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = re.compile(r"ANSWER BEGINS\n(.*)\nANSWER ENDS", re.DOTALL)
STATUS = {"429": 429, "500": 500, "400": 400}


def card(answer):
    quote = re.split(r"(?<=[.!?。！？؟])\s*|\n", answer.strip())[0] or answer
    title = " ".join(quote.split()[:6])
    return {
        "values": [
            {"title": title, "context": "", "policies": [{"text": quote, "quotes": [quote]}]}
        ]
    }


def lie(answer):
    told = card(answer)
    told["values"][0]["policies"][0]["quotes"] = ["words that nobody here has written"]
    return told


CONTENT = {
    "well": lambda answer: json.dumps(card(answer)),
    "nothing": lambda answer: json.dumps({"values": []}),
    "lie": lambda answer: json.dumps(lie(answer)),
    "cut": lambda answer: json.dumps(card(answer))[:40],
    "broken": lambda answer: "Sure! Here are the values:",
    "nul": lambda answer: json.dumps(card(answer)).replace('"title": "', '"title": "\\u0000', 1),
    "refuse": lambda answer: None,
}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        behaviour = self.server.next_behaviour(body)
        if behaviour == "hang":
            self.server.stopped.wait(30)
            return
        if behaviour in STATUS:
            self.reply(STATUS[behaviour], {"error": {"message": behaviour}})
            return
        time.sleep(self.server.pause)
        found = ANSWER.search(body["messages"][-1]["content"])
        answer = found.group(1) if found else ""
        message = {"role": "assistant", "content": CONTENT[behaviour](answer)}
        if behaviour == "refuse":
            message["refusal"] = "I cannot help with that."
        finish = "length" if behaviour == "cut" else "stop"
        self.reply(
            200,
            {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": finish}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
            },
        )

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


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port=0, pause=0.0):
        super().__init__(("127.0.0.1", port), Handler)
        self.calls, self.plan, self.pause = [], [], pause
        self.lock, self.stopped = threading.Lock(), threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def script(self, *behaviours):
        """What to do with the next calls; the last one goes on for ever."""
        self.plan = list(behaviours)

    def next_behaviour(self, body):
        with self.lock:
            self.calls.append(body)
            if len(self.plan) > 1:
                return self.plan.pop(0)
            return self.plan[0] if self.plan else "well"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.stopped.set()
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    ModelServer(int(sys.argv[1])).serve_forever()
