"""What a picture of a page says, where its address is shared: what everybody may read there, and no more.

It is told anew with every request, so that what was taken back is on no picture that is served; the picture itself is kept by what it says.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from deliberation.artifacts.formats.blocks import Block, Kind
from deliberation.artifacts.models import Clause, Version
from deliberation.artifacts.queries import published
from deliberation.artifacts.shortening import columns, cut
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.opinion.models import Analysis
from deliberation.opinion.queries import counts_are_public
from elicitation.graph.models import Value
from elicitation.interview.models import Inquiry

SHEET = 1  # raised with each change of how pictures look
SIZES = ((40, 66), (90, 54), (150, 44))  # up to so many columns: set in so many points
SMALLEST = 36
ROOM, LINE, FOOT = 210, 110, 60  # columns of the words, of each line beneath, and of the foot
LINES = 2  # beneath words of a few columns; one less beneath longer ones, none beneath the longest
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Card:
    """All a picture says, in one language of the site. `words` and `lines` are texts as `_text` makes them; `value`: whose words, where a value's
    are among them; `analysis`: a result whose groups are drawn."""

    assembly: Assembly
    language: str
    rtl: bool
    accent: str
    kicker: str
    over: dict[str, Any]
    words: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)
    foot: str = ""
    value: Value | None = None
    analysis: UUID | None = None

    def told(self) -> dict[str, Any]:
        """The same as plain data."""
        names = ("language", "rtl", "accent", "kicker", "over", "words", "lines", "foot")
        analysis = str(self.analysis) if self.analysis else None
        told = {n: getattr(self, n) for n in names}
        place = _place(self.words)
        lines = self.lines[: max(LINES + 1 - max(place, 1), 0)]
        return {**told, "lines": lines, "size": _sizes()[place], "analysis": analysis}

    @property
    def digest(self) -> str:
        """By which its picture is kept: SHA-256 of all it says."""
        said = json.dumps([SHEET, self.told()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def card(assembly: Assembly, what: str, key: str, language: str, accent: str) -> Card:
    """What the picture of a page says. `what`: one of KINDS; `key`: of the thing the page is about, as its address has it; of an assembly WHOLE.

    Raises NotHere for what not everybody may read.
    """
    if what not in KINDS or (key == WHOLE) != (what == "assembly") or not _names(key):
        raise NotHere
    with override(language):
        frame = {
            "assembly": assembly,
            "language": _primary(language),
            "rtl": get_language_bidi(),
            "accent": accent,
        }
        title = _text(assembly.titled_in(language), language, LINE // 2)
        return Card(**{"over": title, **frame, **KINDS[what](assembly, key, language)})


def _names(key: str) -> bool:
    """Whether a key may be one of something."""
    with suppress(ValueError):
        return key == WHOLE or str(UUID(key)) == key
    return False


def groups_of(analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups of a result everybody may see, as a picture draws them: the largest 60 points wide, areas as the number of people; nothing of one too small to tell."""
    told = [
        (place, group["name"], group["size"])
        for place, group in enumerate(analysis.get("groups", []))
        if group.get("size")
    ]
    most = max((size for *_, size in told), default=1)
    return [
        {"place": place, "wide": max(16, round(60 * (size / most) ** 0.5)), "text": f"{name} · {size}"}
        for place, name, size in told
    ]  # fmt: skip


def _assembly(assembly: Assembly, key: str, language: str) -> dict[str, Any]:
    asked = [i.asked_in(language) for i in assembly.inquiries.order_by("agenda_item")[:LINES]]
    return {
        "kicker": _("What matters to people here"),
        "over": _text("", language, 0),
        "words": _text(assembly.titled_in(language), language, ROOM),
        "lines": [_text(question, language, LINE) for question in asked],
    }


def _found(assembly: Assembly, key: str, language: str) -> dict[str, Any]:
    inquiry = _inquiry(assembly, key)
    newest = None
    if counts_are_public(assembly):
        made = Analysis.objects.filter(inquiry=inquiry, kind=Analysis.Kind.GROUPS)
        newest = made.order_by("-made_at").values_list("pk", flat=True).first()
    words = _text(inquiry.asked_in(language), language, ROOM)
    return {"kicker": _("What we found"), "words": words, "analysis": newest}


def _rules(assembly: Assembly, key: str, language: str) -> dict[str, Any]:
    asked = _inquiry(assembly, key).asked_in(language)
    return {"kicker": _("Rules people ask for"), "words": _text(asked, language, ROOM)}


def _value(assembly: Assembly, key: str, language: str) -> dict[str, Any]:
    found = Value.objects.standing().filter(inquiry__assemblies=assembly, pk=key).first()
    if found is None:
        raise NotHere
    policies = [one for one in found.policies if one != found.title][:LINES]
    context = {"context": cut(found.context, FOOT)}
    return {
        "kicker": _("What somebody here cares about:"),
        "words": _text(found.title, found.language, ROOM, voice="person"),
        "lines": [_text(one, found.language, LINE, voice="person") for one in policies],
        "foot": _("when %(context)s") % context if found.context else "",
        "value": found,
    }


def _document(assembly: Assembly, key: str, language: str) -> dict[str, Any]:
    version = published(assembly).filter(pk=key).first()
    if version is None:
        raise NotHere
    artifact = version.artifact
    return {
        "kicker": artifact.get_kind_display(),
        "words": _text(artifact.title, artifact.language, ROOM),
        "foot": _numbered(version),
    }


def _clause(assembly: Assembly, key: str, language: str) -> dict[str, Any]:
    clause = Clause.objects.filter(pk=key, version__in=published(assembly)).first()
    if clause is None:
        raise NotHere
    version = published(assembly).get(pk=clause.version_id)
    number = version.clauses.filter(position__lte=clause.position).count()
    return {
        "kicker": _("Clause %(number)s") % {"number": number},
        "over": _text(version.artifact.title, version.artifact.language, LINE // 2),
        "words": _text(clause.text, version.artifact.language, ROOM),
        "foot": _numbered(version),
    }


KINDS: Mapping[str, Callable[[Assembly, str, str], dict[str, Any]]] = {
    "assembly": _assembly,
    "found": _found,
    "rules": _rules,
    "value": _value,
    "document": _document,
    "clause": _clause,
}


def _numbered(version: Version) -> str:
    return _("Version %(number)s") % {"number": version.number}


def _inquiry(assembly: Assembly, key: str) -> Inquiry:
    if found := assembly.inquiries.filter(pk=key).first():
        return found
    raise NotHere


def _text(text: str, language: str, room: int, voice: str = "house") -> dict[str, Any]:
    """Words with whose they are, their language, and whether they run from right to left."""
    line = cut(text, room) if text else ""
    rtl = Block(Kind.NOTE, line, language).is_rtl
    return {"text": line, "voice": voice, "language": _primary(language), "rtl": rtl}


def _place(words: Mapping[str, Any]) -> int:
    """Which of the sizes words are set in, from the largest on."""
    wide = columns(words["text"])
    return next((n for n, (most, _) in enumerate(SIZES) if wide <= most), len(SIZES))


def _sizes() -> list[int]:
    return [*(size for _, size in SIZES), SMALLEST]


def _primary(tag: str) -> str:
    """Typst takes two or three letters."""
    first = tag.split("-")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else "en"
