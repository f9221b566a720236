"""A published document to take away and verify: its entry alone, or the whole bundle."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.artifacts.bundles import bundle, proof
from deliberation.artifacts.models import Version
from deliberation.web.downloads import download
from deliberation.web.public.reading import readable
from elicitation.record.queries import latest_head, said_of
from elicitation.record.receipts import receipt


class Proof(View):
    """The entry that published a version, its inclusion proof, and the newest head."""

    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        head = latest_head()
        made = receipt(proof(version, head) or {}, said_of(head), None)
        return download(made, named(version, "proof"))


class Bundle(View):
    """Clause, values, cards and released quotes, each with its proof."""

    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        return download(bundle(version), named(version, "bundle"))


def named(version: Version, what: str) -> str:
    """What a file about a version is called."""
    return f"{version.artifact.assembly.slug}-{version.number}-{what}.json"
