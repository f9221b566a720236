"""Answers brought along by a program: a file is sent, the worker takes it in, and its address tells how far it is."""

from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.keyed import KEY, keyed
from deliberation.api.lists import listed, lists
from deliberation.api.paging import Order
from deliberation.api.tokens import IMPORTING
from deliberation.assemblies import gates, importing
from deliberation.assemblies.actions import taking_in
from deliberation.assemblies.actions.done_keeping import Before
from deliberation.assemblies.actions.taking_in import Brought
from deliberation.assemblies.models import Import
from elicitation.interview.tables import FIELDS, TableUnreadable

NEWEST_FIRST = Order(("made_at", "id"), newest_first=True)


class ImportShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    file_name = serializers.CharField()
    state = serializers.ChoiceField(choices=Import.State.values)
    failure = serializers.CharField(help_text="Why it broke off; empty otherwise")
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="`rows` read, `stored`, `already_there`, and each fault of rows that were not taken",
    )
    made_at = serializers.DateTimeField()


class ImportWholeShape(ImportShape):
    mapping = serializers.DictField(child=serializers.CharField(), help_text="Which column is what")
    problems = serializers.ListField(
        child=serializers.ListField(), help_text="Rows that were not taken: line, fault, why"
    )


class BringingShape(serializers.Serializer[Any]):
    """A file of answers; a column that is not named is found by its name, the answers else by their length."""

    file = serializers.FileField(help_text="CSV, TSV, JSON Lines or XLSX, with a row of names")
    language = serializers.CharField(max_length=12, default="en", help_text="Of rows that do not say their own")  # fmt: skip
    quotes_public = serializers.BooleanField(default=False, help_text="Their authors agreed that their words may be shown in public")  # fmt: skip
    text_column = serializers.CharField(max_length=200, required=False, help_text="The answer")
    id_column = serializers.CharField(max_length=200, required=False, help_text="Its number or id: what came before with the same is passed over")  # fmt: skip
    question_column = serializers.CharField(max_length=200, required=False)
    language_column = serializers.CharField(max_length=200, required=False)
    respondent_column = serializers.CharField(max_length=200, required=False, help_text="Who wrote it, as a pseudonym")  # fmt: skip

    def validate_file(self, file: Any) -> Any:
        """Refuse what is larger than a page would take."""
        if (file.size or 0) > settings.LARGEST_UPLOAD:
            most = settings.LARGEST_UPLOAD // 2**20
            raise ValidationError(_("Larger than %(most)s MB. Split it.") % {"most": most})
        return file

    def columns(self) -> dict[str, str]:
        """The columns that were named, by field."""
        named = {field: self.validated_data.get(f"{field}_column", "") for field in FIELDS}
        return {field: column for field, column in named.items() if column}


class Imports(APIView):
    """The files of answers of an assembly."""

    scopes = IMPORTING
    everybody = False
    parser_classes = [MultiPartParser]

    @lists("imports", ImportShape)
    def get(self, request: Request, slug: str) -> Response:
        """List the files of answers that were brought along, newest first."""
        assembly = gates.facilitator(slug, request.user)
        return listed(request, assembly.imports.all(), NEWEST_FIRST, ImportShape)

    @extend_schema(request=BringingShape, responses={202: ImportWholeShape}, parameters=[KEY])
    def post(self, request: Request, slug: str) -> Response:
        """Bring a file of answers along. The worker takes it in; `Location` is where to look how far it is."""
        assembly = gates.facilitator(slug, request.user)
        sent = BringingShape(data=request.data)
        sent.is_valid(raise_exception=True)
        content = repr([_digest(sent.validated_data["file"]), sorted(_told(sent).items())]).encode()
        path = _kept(sent.validated_data["file"])
        try:
            file = _brought(path, sent, _mapped(path, sent))
            done = keyed(request, content, lambda: taking_in.bring(assembly, file), _address)
        except Exception:
            path.unlink(missing_ok=True)
            raise
        if isinstance(done, Before):
            path.unlink(missing_ok=True)
            done = gates.imported(assembly, resolve(done.reply).kwargs["import_id"])
        return Response(ImportWholeShape(done).data, status=202, headers={"Location": _address(done)})  # fmt: skip


class OneImport(APIView):
    """One file of answers."""

    scopes = IMPORTING
    everybody = False

    @extend_schema(responses=ImportWholeShape)
    def get(self, request: Request, slug: str, import_id: UUID) -> Response:
        """Tell how far a file is taken in, and what became of its rows."""
        assembly = gates.facilitator(slug, request.user)
        return Response(ImportWholeShape(gates.imported(assembly, import_id)).data)


def _mapped(path: Path, sent: BringingShape) -> dict[str, str]:
    """Which column holds what: as was said, else by their names. Raises ValidationError where the file cannot be read, or no column holds answers."""
    try:
        columns, guessed = importing.columns_of(path)
    except TableUnreadable as broken:
        raise ValidationError({"file": [str(broken)]}) from broken
    named = sent.columns()
    if missing := {field: column for field, column in named.items() if column not in columns}:
        raise ValidationError({f"{field}_column": [_("There is no column %(name)s.") % {"name": column}] for field, column in missing.items()})  # fmt: skip
    mapping = {**guessed, **named}
    if "text" not in mapping:
        raise ValidationError({"text_column": [_("Say which column holds the answers.")]})
    return mapping


def _brought(path: Path, sent: BringingShape, mapping: dict[str, str]) -> Brought:
    told = sent.validated_data
    return Brought(told["file"].name, str(path), told["language"], mapping, told["quotes_public"])


def _kept(file: Any) -> Path:
    suffix = Path(file.name).suffix.lower()[:8]
    return Path(default_storage.path(default_storage.save(f"imports/answers{suffix}", file)))


def _digest(file: Any) -> str:
    seen = sha256()
    for chunk in file.chunks():
        seen.update(chunk)
    file.seek(0)
    return seen.hexdigest()


def _told(sent: BringingShape) -> dict[str, str]:
    return {name: str(said) for name, said in sent.validated_data.items() if name != "file"}


def _address(taken: Import) -> str:
    return reverse("api:import", args=[taken.assembly.slug, taken.pk])
