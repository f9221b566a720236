"""A small client of the Groundwork API. Python 3.11, nothing else: copy this file beside your script.

here = Assembly("https://example.org", "riverside", token="gw_...")
for value in here.rows("values", fields="id,title"):
    print(value["title"])
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen


class Problem(Exception):
    """What the site could not do: `code` is stable, `fields` names what was wrong."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.status, self.code = told["status"], told["code"]
        self.fields = told.get("fields", {})
        super().__init__(f"{self.code}: {told['detail']} {self.fields or ''}".strip())


class Assembly:
    """One assembly of a site, as its token may see it."""

    def __init__(self, site: str, slug: str, token: str = "") -> None:
        self.base, self.token = urljoin(site, f"/api/v1/assemblies/{slug}/"), token

    def get(self, path: str = "", **query: object) -> Any:
        """One resource. Raises Problem."""
        address = urljoin(self.base, path) + (f"?{urlencode(query)}" if query else "")
        return json.loads(self._ask(Request(address)))

    def rows(self, what: str, **query: object) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page."""
        page = self.get(f"{what}/", limit=500, **query)
        yield from page["results"]
        while page["next"]:
            page = self.get(page["next"])
            yield from page["results"]

    def bring(self, file: Path, **told: str) -> dict[str, Any]:
        """Bring a file of answers along; the same file is brought once, however often this is called. Raises Problem."""
        edge, content = uuid.uuid4().hex, file.read_bytes()
        key = str(
            uuid.uuid5(uuid.NAMESPACE_URL, self.base + repr(content) + repr(sorted(told.items())))
        )
        parts = [
            f'--{edge}\r\ncontent-disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'
            for n, v in told.items()
        ]
        parts.append(
            f'--{edge}\r\ncontent-disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
        )
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = {"content-type": f"multipart/form-data; boundary={edge}", "idempotency-key": key}
        return json.loads(self._ask(Request(urljoin(self.base, "imports/"), body, kind)))

    def propose(self, **said: object) -> dict[str, Any]:
        """Propose a value or a rule as an AI system; the same is proposed once, however often this is called. Raises Problem."""
        body = json.dumps(said, sort_keys=True)
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, self.base + body))
        kind = {"content-type": "application/json", "idempotency-key": key}
        return json.loads(
            self._ask(Request(urljoin(self.base, "ai-proposals/"), body.encode(), kind))
        )

    def take_back(self, proposal: str) -> dict[str, Any]:
        """Take a proposal back: its words are erased. Raises Problem."""
        return json.loads(self._ask(Request(urljoin(self.base, f"ai-proposals/{proposal}/"), b"")))

    def package(self, into: Path) -> Path:
        """Ask for a package of the data, wait until it is made, and take it along. Raises Problem."""
        asked = json.loads(self._ask(Request(urljoin(self.base, "packages/"), b"")))
        made = wait_for(
            lambda: self.get(f"packages/{asked['id']}/"),
            lambda told: told["state"] not in ("waiting", "making"),
        )
        into.write_bytes(self._ask(Request(urljoin(self.base, f"packages/{made['id']}.zip"))))
        return into

    def _ask(self, request: Request) -> bytes:
        if self.token:
            request.add_header("authorization", f"Bearer {self.token}")
        try:
            with urlopen(request, timeout=60) as answer:
                return answer.read()
        except HTTPError as refused:
            with refused:
                raise Problem(json.load(refused)) from refused


def wait_for(look: Callable[[], Any], enough: Callable[[Any], bool], patience: float = 600) -> Any:
    """Look again and again, less and less often, until it is enough. Raises TimeoutError."""
    until, pause = time.monotonic() + patience, 0.5
    while not enough(told := look()):
        if time.monotonic() > until:
            raise TimeoutError(f"after {patience} s: {told}")
        time.sleep(pause)
        pause = min(pause * 1.5, 15)
    return told
