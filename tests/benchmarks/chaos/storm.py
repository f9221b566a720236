"""Answers coming in while workers, Valkey, PostgreSQL and the site are killed in turn: what was acknowledged must be there, once, and be read."""

import os
import sys
from collections.abc import Iterator

from deliberation.project.servers import free_port
from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing


def figures() -> Iterator[Figure]:
    """See _storm.py."""
    port, relay = free_port(), free_port()
    told = {
        "GROUNDWORK_ENGINE": "openai",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "OPENAI_API_KEY": "k",
        "OPENAI_MODEL": "m",
        "OPENAI_RELAY": f"http://127.0.0.1:{relay}",
        "READING_DEADLINE": "10",
    }
    with Standing(**told) as site:
        site.commands["relay"] = [sys.executable, "-m", "groundwork_relay", "--port", str(relay)]
        from tests.benchmarks.chaos import _storm  # noqa: PLC0415  needs the settings of `site`

        seconds, rate = (float(os.environ.get(k, v)) for k, v in (("SECONDS", "600"), ("RATE", "100")))  # fmt: skip
        yield from _storm.figures(site, port, seconds, rate)
