"""The shape in which an assembly comes in, from a form, a template or a sample. Free of Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from elicitation.interview.drafts import InquiryDraft, Wording


@dataclass(frozen=True, slots=True)
class StratumDraft:
    """Something people may say of themselves, with the answers there are."""

    wording: Wording
    options: Sequence[Wording]
    targets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """The document an assembly is to lead to."""

    kind: str
    title: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssemblyDraft:
    """An assembly before it exists. Times are aware; `phases` maps a kind to its start and end."""

    slug: str
    title: Wording
    welcome: Wording
    consent: Wording
    languages: tuple[str, ...]
    zone: str
    inquiries: tuple[InquiryDraft, ...]
    phases: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    strata: tuple[StratumDraft, ...] = ()
    document: DocumentDraft | None = None
    is_sample: bool = False
