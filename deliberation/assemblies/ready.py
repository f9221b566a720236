"""Ready templates for an assembly: files of data in beginnings/, one each, and what several share. Everything can be changed before and after founding."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deliberation.assemblies.drafts import StratumDraft
from elicitation.interview.drafts import PromptDraft, Wording

FILES = Path(__file__).parent / "beginnings"
ORDER = ("assembly", "town", "charter", "ai", "school", "research")  # as they are offered
COMMONEST = "town"  # for a sentence that names nothing we know
WORD = re.compile(r"[^\W\d_]+(?:[-'.][^\W\d_]+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a template proposes. `words`: what sentences it is meant for speak of. `document`: the kind and title of what is to come of it."""

    name: Wording
    about: Wording
    words: frozenset[str]
    question: Wording
    welcome: Wording
    consent: Wording
    contexts: tuple[Wording, ...]
    prompts: tuple[PromptDraft, ...]
    document_kind: str
    document_title: Wording
    strata: tuple[StratumDraft, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return tuple(self.question)


@cache
def ready() -> Mapping[str, Ready]:
    """All templates by their keys, in the order they are offered."""
    shared = _told("shared")
    return {key: _template(_told(key), shared) for key in ORDER}


def nearest(sentence: str) -> str:
    """The key of the template whose words a sentence speaks of most; the commonest where it speaks of none."""
    said = {word.casefold() for word in WORD.findall(sentence)}
    scores = {key: len(said & one.words) for key, one in ready().items()}
    best = max(ORDER, key=lambda key: scores[key])
    return best if scores[best] else COMMONEST


def said(wording: Mapping[str, str], language: str) -> str:
    """A wording in a language, or in English."""
    return wording.get(language) or wording["en"]


def _template(told: Mapping[str, Any], shared: Mapping[str, Any]) -> Ready:
    return Ready(
        **{name: told[name] for name in ("name", "about", "question", "welcome", "consent")},
        words=frozenset(word.casefold() for word in told["words"]),
        contexts=tuple(told["contexts"]),
        prompts=tuple(PromptDraft(**_like(one, shared["prompts"])) for one in told["prompts"]),
        document_kind=told["document"]["kind"],
        document_title=told["document"]["title"],
        strata=tuple(StratumDraft(**_like(one, shared["strata"])) for one in told["strata"]),
    )


def _like(told: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, on top of what it is like."""
    own = {name: what for name, what in told.items() if name != "like"}
    return {**shared.get(told.get("like", ""), {}), **own}


def _told(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    return told
