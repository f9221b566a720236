"""What the site answers: one resource or a bounded list of its API, without what cannot be seen, and refusals as sentences."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp.server.mcpserver.exceptions import ToolError

from groundwork_mcp.settings import Settings

PATIENCE = 30.0  # seconds
PAGE = 500  # rows, the most the API gives at once
MOST_ROWS = 5_000  # of one list; who asks is told when there are more
JOINERS = {
    "\u200c",
    "\u200d",
}  # zero-width, and part of how Persian, Indic scripts and emoji are written
Rows = list[dict[str, Any]]


class Site:
    """A site as its token may see it. Its API is the only thing asked, besides the newest head of the record."""

    def __init__(self, settings: Settings) -> None:
        self.address, self.assembly, self._token = settings.site, settings.assembly, settings.token
        self.proposes = settings.proposes
        self._http = httpx2.Client(timeout=PATIENCE, headers={"Accept": "application/json"})

    def get(self, assembly: str = "", path: str = "", **query: object) -> Any:
        """A resource of an assembly; the list of assemblies for none. Raises ToolError."""
        where = f"/api/v1/assemblies/{assembly}/{path}" if assembly else "/api/v1/assemblies/"
        given = {name: str(value) for name, value in query.items() if value not in (None, "")}
        answer = self._ask(where, given, named=assembly)
        try:
            return visible(answer.json())
        except ValueError as unread:
            raise ToolError("The site answered with something that is not of its API.") from unread

    def send(self, assembly: str, path: str, told: Mapping[str, object]) -> Any:
        """Send something to a resource of the token's assembly, done once however often a model asks the same. Raises ToolError."""
        if assembly != self.assembly:
            raise ToolError("This token is of another assembly: nothing can be proposed there.")
        where = f"/api/v1/assemblies/{assembly}/{path}"
        body = json.dumps(told, sort_keys=True)
        key = f"mcp-{sha256(f'{where} {body}'.encode()).hexdigest()[:40]}"
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        answer = self._sent("POST", where, named=assembly, headers=headers, content=body)
        return visible(answer.json())

    def rows(self, assembly: str, what: str, **query: object) -> tuple[Rows, bool]:
        """The rows of a list, MOST_ROWS at most, and whether these are all. Raises ToolError."""
        path = f"{what}/" if what else ""
        found = list(islice(self._pages(assembly, path, query), MOST_ROWS + 1))
        return found[:MOST_ROWS], len(found) <= MOST_ROWS

    def head(self) -> str | None:
        """The newest head of the record, as it was signed; None where nothing is sealed. Raises ToolError."""
        try:
            return self._ask("/record/checkpoint", {}).text
        except NotThere:
            return None

    def _pages(self, assembly: str, path: str, query: Mapping[str, object]) -> Iterator[Any]:
        cursor = ""
        while True:
            page = self.get(assembly, path, limit=PAGE, cursor=cursor, **query)
            yield from page["results"]
            # The place alone is taken from the address of the next page: nobody sends the token elsewhere.
            if not (cursor := parse_qs(urlsplit(page["next"] or "").query).get("cursor", [""])[0]):
                return

    def _ask(self, where: str, query: Mapping[str, str], named: str = "") -> httpx2.Response:
        return self._sent("GET", where, named=named, params=query)

    def _sent(self, method: str, where: str, named: str, **more: Any) -> httpx2.Response:
        own = self._token and named == self.assembly
        shown = {"Authorization": f"Bearer {self._token}"} if own else {}
        headers = {**more.pop("headers", {}), **shown}
        try:
            answer = self._http.request(method, self.address + where, headers=headers, **more)
        except httpx2.HTTPError as lost:
            raise ToolError("The site could not be reached. Try again in a while.") from lost
        if answer.status_code == httpx2.codes.NOT_FOUND:
            raise NotThere("There is no such thing here, or it is not for this token to see.")
        if answer.status_code not in (httpx2.codes.OK, httpx2.codes.CREATED):
            raise ToolError(refusal(answer))
        return answer


class NotThere(ToolError):
    """The site has no such thing, or none this token may see; it does not say which."""


def refusal(answer: httpx2.Response) -> str:
    """What the site says to a request it does not answer."""
    again = answer.headers.get("retry-after", "")
    later = f" Ask again in {again} seconds." if again.isdecimal() else ""
    try:
        told = answer.json()
        return f"{told['detail']} ({told['code']}){later} {told.get('fields') or ''}".strip()
    except (ValueError, KeyError, TypeError):
        return f"The site answered {answer.status_code}.{later}"


def visible(told: Any) -> Any:
    """The same without characters that show nothing: a model reads what hides in them, and no person ever saw it."""
    if isinstance(told, str):
        return "".join(c for c in told if c in JOINERS or unicodedata.category(c) != "Cf")
    if isinstance(told, list):
        return [visible(one) for one in told]
    if isinstance(told, dict):
        return {name: visible(one) for name, one in told.items()}
    return told
