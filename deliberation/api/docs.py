"""The API's own page: its operations, from the same schema machines read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from drf_spectacular.generators import SchemaGenerator


class Docs(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        generator: Any = SchemaGenerator
        schema = generator().get_schema(request=None, public=True)
        operations = [
            (method.upper(), path, said.get("description") or said.get("summary", ""))
            for path, methods in schema["paths"].items()
            for method, said in methods.items()
        ]
        return render(request, "public/api.html", {"operations": operations})
