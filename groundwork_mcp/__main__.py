"""Start the server: `python -m groundwork_mcp` speaks over standard input and output, `--http` on this machine's port 8765."""

import argparse
import os
import sys

from groundwork_mcp.settings import NotSet, from_environment
from groundwork_mcp.site import Site
from groundwork_mcp.tools import server

PORT = 8765


def main() -> None:
    """Read the settings, then serve until whoever started it ends it."""
    told = argparse.ArgumentParser(prog="groundwork_mcp", description=__doc__)
    told.add_argument(
        "--http",
        action="store_true",
        help="streamable HTTP at /mcp, for programs of this machine alone",
    )
    told.add_argument("--port", type=int, default=PORT)
    asked = told.parse_args()
    try:
        made = server(Site(from_environment(os.environ)))
    except NotSet as missing:
        sys.exit(str(missing))
    if asked.http:
        # For this address the SDK refuses other hosts and origins, so that no page somebody has open reaches it.
        made.run("streamable-http", host="127.0.0.1", port=asked.port, stateless_http=True)
    else:
        made.run("stdio")


if __name__ == "__main__":
    main()
