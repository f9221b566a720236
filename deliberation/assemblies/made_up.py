"""Made-up people of a rehearsal: how many, in which language each speaks, and what each says. The words are those of the sample assembly."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

SAMPLE = Path(__file__).parent / "sample" / "riverside.json"
PEOPLE = 12  # ten of a kind and more: so that every page has something to show
ENOUGH_PROMPTS = 3  # who answers more in ten minutes


@cache
def _said() -> dict[str, list[str]]:
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))["answers"]
    return {
        tag: [a["text"] for a in told if a["language"] == tag]
        for tag in {a["language"] for a in told}
    }


def language_of(nth: int, languages: Sequence[str]) -> str:
    """The language the `nth` person speaks: each of the assembly's in turn."""
    return languages[nth % len(languages)]


def words_of(nth: int, place: int, language: str) -> tuple[str, str]:
    """What the `nth` person says to the prompt at `place`, and in which language: English where the sample lacks theirs."""
    said = _said()
    tag = language if language in said else "en"
    pool = said[tag]
    return pool[(nth + PEOPLE * place) % len(pool)], tag


def is_for(nth: int, place: int) -> bool:
    """Whether the `nth` person agrees to the value at `place`: two camps that differ in most, and share the first."""
    return place == 0 or (place % 3 == 0) == (nth % 2 == 0)
