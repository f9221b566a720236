"""The API's own page: its operations, from the same schema machines read; and how that schema tells of tokens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from deliberation.api.tokens import ByToken, scope_for
from deliberation.assemblies.models import Token

SCHEME = "token"


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


class ByTokenSaid(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registering subclasses has no types there
    target_class = ByToken
    name = SCHEME

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        scopes = "; ".join(f"`{scope.value}`: {scope.label}" for scope in Token.Scope)
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Made on the page *Programs* of an assembly, for that assembly, and never good for more than its account may do. "
            f"Each operation names the scope it needs. {scopes}.",
        }

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, list[Any]]]:
        scope = scope_for(auto_schema.view, auto_schema.method)
        by_token = [{SCHEME: [str(scope)]}] if scope else []
        open_to_all = getattr(auto_schema.view, "everybody", True)
        if not isinstance(open_to_all, bool):  # the methods nobody needs a token for
            open_to_all = auto_schema.method in open_to_all
        return [*by_token, {}] if open_to_all else by_token
