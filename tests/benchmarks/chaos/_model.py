"""The model server as a process of its own that counts how often it was asked about each answer: `python -m ..._model PORT PAUSE COUNTS`."""

import json
import signal
import sys
from collections import Counter
from pathlib import Path

from tests.model_server import ANSWER, ModelServer


class Counting(ModelServer):
    """Keeps no call, only how many there were about each answer."""

    def __init__(self, port, pause):
        super().__init__(port, pause)
        self.asked = Counter()

    def hear(self, told):
        found = [one.group(2) for one in ANSWER.finditer(told)]
        with self.lock:
            self.asked.update(found)
            self.calls.clear()
        return found


def stop(number, frame):
    raise SystemExit


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    server = Counting(int(sys.argv[1]), float(sys.argv[2]))
    try:
        server.serve_forever()
    finally:
        Path(sys.argv[3]).write_text(json.dumps(server.asked), encoding="utf-8")
