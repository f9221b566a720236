"""A researcher asks for the whole package, watches it being made, and takes it away while it is offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.terms import standing
from deliberation.exports import packages, resuming
from deliberation.exports.actions import packing
from deliberation.exports.models import Bundle
from deliberation.web.seats import tongue

SHOWN = 5  # the newest
LEAKED = "Leaked"  # what a package failed with that would tell who somebody is
WHAT = {
    "email": _("an e-mail address"),
    "telephone": _("a telephone number"),
    "code": _("a code that lets somebody in"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A package as a page shows it; `problem`: why it could not be made, in words."""

    bundle: Bundle
    offered: bool
    problem: str | Promise


def shown(assembly: Assembly) -> list[Shown]:
    """The newest packages of an assembly."""
    return list(_shown(assembly))


def _shown(assembly: Assembly) -> Iterator[Shown]:
    for bundle in assembly.bundles.select_related("assembly")[:SHOWN]:
        failed = bundle.state == Bundle.State.FAILED
        yield Shown(bundle, packages.is_offered(bundle), _problem(bundle) if failed else "")


def _problem(bundle: Bundle) -> str | Promise:
    if bundle.failure != LEAKED:
        return _("This is our fault, not yours. Ask again; if it goes on, tell whoever runs this site.")  # fmt: skip
    where = {**bundle.told, "what": WHAT[bundle.told["what"]]}
    return str(_("It would tell who somebody is: there is %(what)s in the table %(table)s, row %(row)s. Have that answer hidden or mended by whoever runs the assembly, then ask again.")) % where  # fmt: skip


class Packages(View):
    """The packages there are; a press of the button asks for one more."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        account: Any = request.user
        assembly = gates.researcher(slug, account)
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(tongue()),
            "packages": shown(assembly),
            "accepted": standing(assembly, account.pk),
        }
        return render(request, "researcher/packages.html", context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        held = gates.taking(slug, request.user)
        packing.ask(held.assembly, held)
        return redirect("researcher:packages", slug=slug)


class PackageFile(View):
    def get(self, request: HttpRequest, slug: str, package_id: UUID) -> FileResponse:
        held = gates.taking(slug, request.user)
        bundle = packages.package(held.assembly, package_id)
        path, etag = packages.offered(bundle), f'"{bundle.sha256}"'
        taken = resuming.taken(request.method, request.headers, path, etag)
        if taken.begins:  # noted once a download
            packing.note_taken(bundle, held)
        return FileResponse(taken.file, as_attachment=True, filename=f"{slug}.zip", status=taken.status, headers=taken.headers)  # fmt: skip
