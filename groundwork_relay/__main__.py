"""Start the relay: `python -m groundwork_relay`, on this machine's port 8770 where nothing else is said."""

import argparse
import logging
import os
import sys

from aiohttp import web

from groundwork_relay.relay import Relay

PORT = 8770
LATER = 5.0  # seconds after a worker has given a request up


def main() -> None:
    """Read the settings the workers have too, then serve until whoever started it ends it."""
    told = argparse.ArgumentParser(prog="groundwork_relay", description=__doc__)
    told.add_argument("--host", default="127.0.0.1")
    told.add_argument("--port", type=int, default=PORT)
    asked = told.parse_args()
    endpoint = os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
    if not endpoint.startswith(("https://", "http://")):
        sys.exit("OPENAI_BASE_URL has to begin with https:// or http://")
    deadline = float(os.environ.get("READING_DEADLINE", "60")) + LATER
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    web.run_app(
        Relay(endpoint, deadline).application(),
        host=asked.host,
        port=asked.port,
        access_log=None,
        print=None,
        shutdown_timeout=LATER,
    )


if __name__ == "__main__":
    main()
