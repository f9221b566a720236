"""A release to take along: counts and words for everybody."""

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.exports import release_files


class ReleaseFile(View):
    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        assembly = gates.public(slug)
        release = assembly.releases.select_related("assembly").filter(number=number).first()
        if release is None:
            raise NotHere
        disposition = {"Content-Disposition": f'attachment; filename="{slug}-release-{number}.zip"'}
        return HttpResponse(release_files.packed(release), content_type="application/zip", headers=disposition)  # fmt: skip
