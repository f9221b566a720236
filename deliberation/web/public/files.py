"""The files of a published document: how far they are, and each to take along once it is whole."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from deliberation.artifacts import queries
from deliberation.artifacts.formats import endings
from deliberation.assemblies.errors import NotHere
from deliberation.web.public.reading import readable


class Files(View):
    """The part of the page that tells how far they are; asked again by the page while some are being made."""

    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        context = {"assembly": version.artifact.assembly, "version": version, **queries.files_of(version)}  # fmt: skip
        return render(request, "parts/document/files.html", context)


class File(View):
    def get(
        self, request: HttpRequest, slug: str, artifact_id: UUID, number: int, form: str
    ) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        whole = version.renditions.filter(format=form, made_at__isnull=False, erased_at=None)
        file = whole.first()
        if file is None or file.content is None:
            raise NotHere
        ending, content_type = endings.ENDINGS[form]
        answer = HttpResponse(bytes(file.content), content_type=content_type)
        name = f"{version.artifact.assembly.slug}-{number}.{ending}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["ETag"] = f'"{file.sha256}"'
        return answer


class Schema(View):
    """The JSON schema of one of the files."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        if name not in endings.SCHEMAS:
            raise NotHere
        return FileResponse(
            endings.SCHEMAS[name].open("rb"), content_type="application/schema+json"
        )
