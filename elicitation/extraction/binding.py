"""Whether a mood found in a sentence binds anybody, or leads up to another that does. Free of Django."""

import re

from elicitation.extraction.moods import Words


def binds(text: str, mood: re.Match[str], end: int, words: Words) -> bool:
    """Whether a mood can state a rule outside a rulebook: a firm one, or a weak one that something restricts."""
    kind = mood.lastgroup or ""
    if kind.startswith("ruled"):
        return False
    weak = kind.startswith("weak") and not words.restricts.search(text, mood.end(), end)
    return not weak or _permits(text, mood, end, words)


def _permits(text: str, mood: re.Match[str], end: int, words: Words) -> bool:
    """Whether "may" stands after a named subject and before something one can be free to do."""
    before, after = text[max(0, mood.start() - 12) : mood.start()], text[mood.end() : end].strip()
    return bool(
        words.permits.fullmatch(mood.group())
        and not words.pronoun.search(before)
        and not words.supposes.match(after)
    )


def leads_up(text: str, start: int, mood: re.Match[str], words: Words) -> bool:
    """Whether a mood of the sentence that begins at `start` only leads up to its rule.

    It does in a clause of purpose or concession that opens the sentence ("so that all may sleep, ..."), and in one that tells which thing is
    meant ("fees which the board may set ..."). Meant for rulebooks, which say such things before each rule.
    """
    before = text[start : mood.start()]
    if words.leading.match(before) and not words.commas.search(before):
        return True
    told = words.which_end.search(before.rstrip())
    return told is not None and not words.moods.search(told.group())
