"""Errors as application/problem+json (RFC 9457), with a stable code and the fields at fault."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from deliberation.assemblies.errors import AgreementMissing
from elicitation.errors import DomainError


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error of the API; None (a 500) for what nobody foresaw."""
    if isinstance(error, AgreementMissing):
        where = reverse("researcher:agreement", args=[error.details["assembly"]])
        return _problem({**error.problem, "where": where})
    if isinstance(error, DomainError):
        named = error.details.get("field")
        at_fault = {"fields": {named: [str(error)]}} if named else {}
        return _problem({**error.problem, **at_fault}, error.headers)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    code = error.default_code if isinstance(error, APIException) else "not_here"
    status = answer.status_code
    told = _problem(
        {"type": "about:blank", "status": status, "code": str(code), "detail": _detail(answer)}
    )
    if isinstance(error, ValidationError):
        told.data["fields"] = answer.data
    for header, content in answer.headers.items():
        if header != "Content-Type":
            told[header] = content
    return told


def _detail(answer: Response) -> str:
    data = answer.data
    return str(data.get("detail", "")) if isinstance(data, dict) else ""


def _problem(told: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    return Response(told, status=told["status"], content_type="application/problem+json", headers=headers)  # fmt: skip
