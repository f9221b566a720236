"""What a document of each kind is made of: its sections in order, with what belongs there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models import Artifact


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: `code` is kept with its clauses, `about` tells who writes what belongs there."""

    code: str
    title: Any
    about: Any


SECTIONS: Mapping[str, Sequence[Section]] = {
    Artifact.Kind.CHARTER: (
        Section("purpose", _("What this is for"), _("Why people came together, and for whom.")),
        Section("values", _("What matters to us"), _("What people attend to when they choose well.")),
        Section("conduct", _("How we act"), _("Who must, may or should do what.")),
        Section("disagreement", _("Where we differ"), _("What pulls apart, and how it is lived with.")),
        Section("renewal", _("How this changes"), _("When it is looked at again, and by whom.")),
    ),
    Artifact.Kind.CONSTITUTION: (
        Section("role", _("What the system is for"), _("Its task, and whom it serves.")),
        Section("values", _("What it attends to"), _("In which situation, to what, for its own sake.")),
        Section("conduct", _("What it does and does not do"), _("Rules that serve those values.")),
        Section("tensions", _("When values pull apart"), _("Which is the wiser one in which situation.")),
        Section("limits", _("Where people decide"), _("What it leaves to people, and how they correct it.")),
    ),
    Artifact.Kind.BRIEF: (
        Section("question", _("The question"), _("What was asked, and why now.")),
        Section("values", _("What people care about"), _("Values that hold across groups.")),
        Section("recommendations", _("What we recommend"), _("Who should do what.")),
        Section("disagreement", _("Where people differ"), _("What no recommendation settles.")),
    ),
}  # fmt: skip


def sections_of(kind: str) -> Sequence[Section]:
    """The sections of a kind of document, in order."""
    return SECTIONS[kind]


def place_of(kind: str, code: str) -> int:
    """Where a section stands; what has none stands before all."""
    codes = [section.code for section in SECTIONS[kind]]
    return codes.index(code) if code in codes else -1
