"""The shape in which an assembly comes in, from a form, a template or a sample. Free of Django."""

from dataclasses import dataclass, field
from datetime import datetime

from elicitation.interview.drafts import InquiryDraft, Wording


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
    is_sample: bool = False
