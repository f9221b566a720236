"""The shapes in which questions and answers come in. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Wording = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PromptDraft:
    """A prompt before it exists: language tag -> wording for each text."""

    wording: Wording
    kind: str = "text"
    help: Wording = field(default_factory=dict)
    example: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InquiryDraft:
    """An inquiry before it exists."""

    question: Wording
    languages: tuple[str, ...]
    prompts: tuple[PromptDraft, ...]
    contexts: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """An answer on its way in. `key` is the sender's, so that sending twice is sending once. `by_helper`: written down for its author."""

    text: str
    language: str
    key: str
    channel: str = "typed"
    quotes_public: bool = False
    by_helper: bool = False
